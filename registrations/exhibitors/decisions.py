"""What the organiser decides about applications. Places never run over: the event's row is the lock."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.mail.services import write_letter
from events.programme.models import Event
from registrations.exhibitors.hooks import when_decided
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.services import WrongState
from registrations.exhibitors.states import State, can_become
from registrations.tickets.services import cancel_badges, issue_badges

VERBS = {
    State.ACCEPTED: audit.verb("exhibitor.accepted", _("accepted the application")),
    State.WAITING: audit.verb("exhibitor.waiting", _("put the application on the waiting list")),
    State.DECLINED: audit.verb("exhibitor.declined", _("declined the application")),
}


class FairFull(Refusal):
    code = "fair_full"
    message = _(
        "All %(capacity)s places are taken. Put the company on the waiting list, or raise the number of places."
    )


class TooLateToDecide(Refusal):
    code = "too_late_to_decide"
    message = _("The event is over or cancelled: who had a place stays as it was.")


@transaction.atomic
def decide(*, exhibitor: Exhibitor, state: State, by: User, at: datetime, message: str = "") -> Exhibitor:
    """Put one application in ``state`` and tell the company, with the organiser's ``message`` if there is one.

    Deciding the same thing again changes nothing and sends nothing. Raises FairFull, WrongState, TooLateToDecide and what
    ``hooks.when_decided`` refuses; then nothing is written or sent.
    """
    event = Event.objects.locked(exhibitor.event_id)
    exhibitor = (
        Exhibitor.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(pk=exhibitor.pk)
    )
    exhibitor.event = event
    if exhibitor.state == state:
        return exhibitor
    if not event.takes_decisions(at):
        raise TooLateToDecide
    if state not in State.decided() or not can_become(exhibitor.state, state):
        raise WrongState
    if state in State.holding() and not has_room(event):
        raise FairFull(capacity=event.capacity)
    with audit.change(exhibitor, VERBS[state], by=by, at=at):
        exhibitor.state = state
        exhibitor.decided_at = at
        exhibitor.save(update_fields=["state", "decided_at"])
    if state in State.holding():
        issue_badges(exhibitor=exhibitor, at=at)
    else:
        cancel_badges(exhibitor=exhibitor, at=at)
    sentences = [sentence for follow in when_decided if (sentence := follow(exhibitor, by, at))]
    _tell(exhibitor, message, sentences)
    return exhibitor


def has_room(event: Event) -> bool:
    """Whether one more exhibitor fits. True only as long as the caller holds the event's lock."""
    return event.exhibitors.holding_a_place().count() < event.capacity


@dataclass
class Outcome:
    """What became of a decision on many: those it was done to, and the others with the refusal that stopped each."""

    done: list[Exhibitor] = field(default_factory=list)
    refused: list[tuple[Exhibitor, Refusal]] = field(default_factory=list)


def decide_many(*, exhibitors: Iterable[Exhibitor], state: State, by: User, at: datetime, message: str = "") -> Outcome:
    """Decide on each, in the order given, each in its own transaction: one that cannot be done stops none of the rest."""
    outcome = Outcome()
    for exhibitor in exhibitors:
        try:
            outcome.done.append(decide(exhibitor=exhibitor, state=state, by=by, at=at, message=message))
        except Refusal as refusal:
            outcome.refused.append((exhibitor, refusal))
    return outcome


def _tell(exhibitor: Exhibitor, message: str, sentences: list[Callable[[], str]]) -> None:
    language = exhibitor.started_by.language if exhibitor.started_by else ""
    write_letter(
        to=exhibitor.contact_email,
        template=f"registrations/exhibitors/mail/{exhibitor.state}",
        context={"exhibitor": exhibitor, "message": message, "sentences": sentences},
        language=language,
        event=exhibitor.event,
    )
