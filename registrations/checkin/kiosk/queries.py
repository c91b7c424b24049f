"""Who somebody at the kiosk is."""

from dataclasses import dataclass
from datetime import datetime

from registrations.checkin.desk.queries import register_of
from registrations.checkin.kiosk.matching import NONE, match
from registrations.checkin.models import DoorSettings
from registrations.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Answer:
    """``match`` is one, several or none; ``ticket`` is there with one alone."""

    match: str
    ticket: Ticket | None = None


def who_is(door: DoorSettings, name: str, company: str, at: datetime) -> Answer:
    """The visitor or exhibitor with a valid ticket of that whole name; where several share it, of that company."""
    told, key = match(register_of(door, at).people, name, company)
    if key is None:
        return Answer(told)
    # The register may be some seconds old: whoever was blocked in them is not let in.
    ticket = Ticket.objects.valid().with_holders().filter(event=door.event_id, pk=key).first()
    return Answer(told, ticket) if ticket else Answer(NONE)
