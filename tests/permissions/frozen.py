"""Who may freeze, share and read frozen follow-ups."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from surveys.followup.frozen.models import FrozenFollowup
from surveys.followup.frozen.services import freeze_followup
from surveys.followup.frozen.shares import make_share_link
from tests.permissions.row import EDITOR, EVERYONE, ORGANISER, READER, TREASURER, Row, World

FOLLOWUP = {ORGANISER, EDITOR, TREASURER, READER}
FOLLOWUP_EDIT = {ORGANISER, EDITOR}


def frozen(world: World) -> FrozenFollowup:
    """The first version of the plan's first year, frozen when it is asked for."""
    plan, now = world.plan, timezone.now()
    found = FrozenFollowup.objects.filter(plan=plan).first()
    return found or freeze_followup(
        plan=plan,
        year=plan.first_year,
        meeting="Direktörsgruppen",
        meeting_on=now.date(),
        seen=0,
        by=None,
        at=now,
    )


def year(world: World) -> dict[str, Any]:
    return {"pk": world.plan.pk, "year": world.plan.first_year}


def version(world: World) -> dict[str, Any]:
    return {**year(world), "number": frozen(world).number}


def link(world: World) -> dict[str, Any]:
    found, _token = _made(world)
    return {**version(world), "link_pk": found.pk}


def token(world: World) -> dict[str, Any]:
    return {"token": _made(world)[1]}


def _made(world: World) -> tuple[Any, str]:
    now = timezone.now()
    return make_share_link(
        frozen=frozen(world), whom="Direktörerna", ends_on=(now + timedelta(days=2)).date(), by=None, at=now
    )


def tomorrow(world: World) -> dict[str, Any]:
    return {"whom": "Direktörerna", "ends_on": (timezone.now() + timedelta(days=1)).date().isoformat()}


ROWS: list[Row] = [
    Row("surveys:frozen-list", FOLLOWUP, year),
    Row("surveys:freeze", FOLLOWUP_EDIT, year),
    Row(
        "surveys:freeze",
        FOLLOWUP_EDIT,
        year,
        "post",
        lambda world: {"meeting": "Direktörsgruppen", "meeting_on": "2027-03-02", "seen": "0"},
        ok=302,
    ),
    Row("surveys:frozen", FOLLOWUP, version),
    Row("surveys:frozen-compare", FOLLOWUP, year),
    *[Row("surveys:paper", FOLLOWUP, lambda world, e=e: {**year(world), "ending": e}) for e in ("json", "xlsx")],
    *[Row("surveys:frozen-paper", FOLLOWUP, lambda world, e=e: {**version(world), "ending": e}) for e in ("json",)],
    Row("surveys:correction", FOLLOWUP_EDIT, version),
    Row("surveys:correction", FOLLOWUP_EDIT, version, "post", lambda world: {"what": "55", "why": "Ett till"}, ok=302),
    Row("surveys:share-links", FOLLOWUP_EDIT, version),
    Row("surveys:share-links", FOLLOWUP_EDIT, version, "post", tomorrow),
    Row("surveys:share-link-revoke", FOLLOWUP_EDIT, link, "post", ok=302),
    # Whoever has the link
    Row("surveys:shared", EVERYONE, token),
    Row("surveys:shared-pdf", EVERYONE, token),
]
