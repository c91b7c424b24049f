"""Writes the document's words."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal, Stale
from events.plan.models import ActivityPlan
from surveys.followup.words.models import Part, Words

WRITTEN = audit.verb("words.written", _("wrote in the follow-up"))


class YearOutside(Refusal):
    code = "year_outside"
    message = _("The year is not one of the plan's.")


@transaction.atomic
def write_words(
    *, plan: ActivityPlan, year: int, part: Part, text: str, seen: int, by: User | None, at: datetime
) -> Words | None:
    """Let ``text`` stand as ``part`` of the follow-up of ``year``; ``seen`` is the version it was written upon.

    A part that nobody has written is version 0; ``None`` where it stays so, because nothing was typed. Raises Stale
    when somebody has written since, and YearOutside.
    """
    if year not in plan.years:
        raise YearOutside
    ActivityPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)  # two first writers wait for each other
    row = Words.objects.of(plan, year).filter(part=part).first()
    if (row.version if row else 0) != seen:
        raise Stale
    text = text.replace("\r\n", "\n").strip()
    if row is None:
        if not text:
            return None
        row = Words.objects.create(plan=plan, year=year, part=part, text=text)
        audit.created(row, WRITTEN, by=by, at=at)
        return row
    if row.text == text:
        return row
    with audit.change(row, WRITTEN, by=by, at=at):
        row.text = text
        row.version += 1
        row.save(update_fields=["text", "version"])
    return row
