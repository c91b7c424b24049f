"""Letters about tasks: one digest a week by the clock, and nudges that the organiser sends. Each is stamped, under a lock."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.mail.services import write_letter
from events.moments import STOCKHOLM
from events.programme.models import Event, EventState
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.tasks.models import Task, TaskLetter
from registrations.tasks.queries import Row, row_of, table
from registrations.tasks.reminding import digest_day

NUDGED = audit.verb("task.nudged", _("reminded the company of its tasks"))
MAIL = "registrations/tasks/mail"


class NoPlace(Refusal):
    code = "no_place"
    message = _("They have no place at the event any longer.")


class NothingLeft(Refusal):
    code = "nothing_left"
    message = _("They have nothing left to do.")


class WrittenToday(Refusal):
    code = "written_today"
    message = _("They have had a letter about their tasks today already.")


class NobodyToWriteTo(Refusal):
    code = "nobody_to_write_to"
    message = _("They have no contact person with an e-mail address.")


class EventNotComing(Refusal):
    code = "event_not_coming"
    message = _("The event is over, cancelled or not published: nobody is written to.")


@dataclass
class Outcome:
    """Who is written to, and who is left out, each with the refusal that says why."""

    done: list[Row] = field(default_factory=list)
    refused: list[tuple[Row, Refusal]] = field(default_factory=list)


def is_coming(event: Event, at: datetime) -> bool:
    """Whether companies may be written to about ``event``."""
    return event.state == EventState.PUBLISHED and not event.is_over(at)


def events_with_digests(at: datetime) -> list[Event]:
    """The events of which a digest is due at ``at``; none but on Mondays."""
    monday = digest_day(at.astimezone(STOCKHOLM))
    if monday is None:
        return []
    asking = Task.objects.switched_on().values("event")
    coming = Event.objects.filter(pk__in=asking, state=EventState.PUBLISHED, ends_at__gt=at).order_by("pk")
    return [event for event in coming if due_digests(event, at)]


def due_digests(event: Event, at: datetime) -> list[Exhibitor]:
    """Those of ``event`` that have something left and no digest this week yet; four queries."""
    monday = digest_day(at.astimezone(STOCKHOLM))
    if monday is None or not is_coming(event, at):
        return []
    had = set(TaskLetter.objects.filter(_is_digest(monday), exhibitor__event=event).values_list("exhibitor", flat=True))
    rows = table(event, localtime(at).date())
    return [row.exhibitor for row in rows if row.left and row.exhibitor.contact_email and row.exhibitor.pk not in had]


@transaction.atomic
def send_digest(*, exhibitor: Exhibitor, at: datetime) -> bool:
    """Write what is left to ``exhibitor``, if a digest is due to it; whether one was written. Never twice in a week."""
    monday = digest_day(at.astimezone(STOCKHOLM))
    exhibitor = _locked(exhibitor)
    if monday is None or _refusal(exhibitor, at):
        return False
    row = row_of(exhibitor, localtime(at).date())
    if not row.left or TaskLetter.objects.filter(_is_digest(monday), exhibitor=exhibitor).exists():
        return False
    TaskLetter.objects.create(exhibitor=exhibitor, kind=TaskLetter.Kind.DIGEST, on=monday, sent_at=at)
    _write("digest", row)
    return True


@transaction.atomic
def nudge(*, exhibitor: Exhibitor, message: str, by: User, at: datetime) -> Row:
    """Remind ``exhibitor`` of what is left, with a line of the organiser's own, at most once a day.

    Raises NoPlace, NothingLeft, WrittenToday (a digest counts), NobodyToWriteTo, EventNotComing.
    """
    exhibitor = _locked(exhibitor)
    row = row_of(exhibitor, localtime(at).date())
    if refusal := refusal_of(row, at):
        raise refusal
    today = localtime(at).date()
    TaskLetter.objects.create(exhibitor=exhibitor, kind=TaskLetter.Kind.NUDGE, on=today, sent_at=at, sent_by=by)
    audit.record(exhibitor, NUDGED, by=by, at=at, changes={"tasks": [None, len(row.left)]})
    _write("nudge", row, message=message)
    return row


def nudge_many(*, exhibitors: Iterable[Exhibitor], message: str, by: User, at: datetime) -> Outcome:
    """Nudge each, each in its own transaction: one that cannot be written to stops none of the rest."""
    outcome = Outcome()
    for exhibitor in exhibitors:
        try:
            outcome.done.append(nudge(exhibitor=exhibitor, message=message, by=by, at=at))
        except Refusal as refusal:
            outcome.refused.append((Row(exhibitor, []), refusal))
    return outcome


def preview(rows: Iterable[Row], at: datetime) -> Outcome:
    """Whom ``nudge_many`` would write to now, and whom not."""
    outcome = Outcome()
    for row in rows:
        refusal = refusal_of(row, at)
        if refusal:
            outcome.refused.append((row, refusal))
        else:
            outcome.done.append(row)
    return outcome


def letter_text(row: Row, message: str) -> tuple[str, str]:
    """The nudge as ``row``'s company will read it: subject and text, in its language."""
    context = {"BASE_URL": settings.BASE_URL, "event": row.exhibitor.event, **_context(row, message)}
    with translation.override(_language(row.exhibitor) or settings.LANGUAGE_CODE):
        subject = render_to_string(f"{MAIL}/nudge.subject.txt", context)
        return " ".join(subject.split()), render_to_string(f"{MAIL}/nudge.txt", context).strip()


def refusal_of(row: Row, at: datetime) -> Refusal | None:
    """Why ``row``'s company is not nudged at ``at``; ``None`` when it may be."""
    refusal = _refusal(row.exhibitor, at)
    if refusal is None and not row.left:
        refusal = NothingLeft()
    if refusal is None and row.written_at and localtime(row.written_at).date() == localtime(at).date():
        refusal = WrittenToday()
    return refusal


def _refusal(exhibitor: Exhibitor, at: datetime) -> Refusal | None:
    if not is_coming(exhibitor.event, at):
        return EventNotComing()
    if exhibitor.state not in State.holding():
        return NoPlace()
    return None if exhibitor.contact_email else NobodyToWriteTo()


def _locked(exhibitor: Exhibitor) -> Exhibitor:
    rows = Exhibitor.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("event", "organisation", "started_by").get(pk=exhibitor.pk)


def _is_digest(monday: date) -> Q:
    return Q(kind=TaskLetter.Kind.DIGEST, on=monday)


def _write(name: str, row: Row, message: str = "") -> None:
    write_letter(
        to=row.exhibitor.contact_email,
        template=f"{MAIL}/{name}",
        context=_context(row, message),
        language=_language(row.exhibitor),
        event=row.exhibitor.event,
    )


def _context(row: Row, message: str) -> dict[str, Any]:
    return {"exhibitor": row.exhibitor, "left": row.left, "late": row.late, "message": message}


def _language(exhibitor: Exhibitor) -> str:
    return exhibitor.started_by.language if exhibitor.started_by else ""
