"""Reads frozen follow-ups."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from events.plan.models import ActivityPlan
from surveys.followup.contents import contents_of
from surveys.followup.frozen.comparison import Moved, moved
from surveys.followup.frozen.models import Correction, FrozenFollowup
from surveys.followup.queries import document


def contents_in(frozen: FrozenFollowup) -> dict[str, Any]:
    """The document that ``frozen`` keeps, as plain data."""
    return json.loads(frozen.contents)


def live_contents(plan: ActivityPlan, year: int, *, at: datetime, language: str | None = None) -> dict[str, Any]:
    """The follow-up as it is now, as plain data; in ``language``, or in the active one."""
    with translation.override(language or translation.get_language()):
        return contents_of(document(plan, year, at=at))


def frozen_of(plan: ActivityPlan, year: int) -> QuerySet[FrozenFollowup]:
    """The versions of ``year``, the newest first, without their contents."""
    rows = FrozenFollowup.objects.filter(plan=plan, year=year).select_related("frozen_by").defer("contents")
    return rows.order_by("-number")


@dataclass(frozen=True, slots=True)
class Since:
    """What has happened to a frozen follow-up since: noted by people, and moved by itself."""

    corrections: list[Correction]
    moved: list[Moved]


def since(frozen: FrozenFollowup, *, at: datetime) -> Since:
    """Corrections of ``frozen`` in their order, and the figures that are others now."""
    then = contents_in(frozen)
    now = live_contents(frozen.plan, frozen.year, at=at, language=then["language"])
    return Since(list(frozen.corrections.select_related("by")), moved(then, now))
