"""An evening worked out by hand, forty minutes after the first of three admissions.

Stockholm's clock   announced  what happened
17.00  9A Malmö     26         16.58 all at the north gate; 17.30 five went home
       9B Malmö     24         17.02 twenty, 17.36 three more at the south gate
       9C Lund      20         17.05 twenty-two, with a reason
       9D Lund      18         nobody
17.45  9E Malmö     25         17.38 at the south gate, corrected to twenty-four
       9F Lund      21         17.37 let in by mistake at the south gate, and undone
18.30  9G Lund      15         nobody yet
       a host from Malmö: in at 17.20, out at 17.31
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from events.nights.models import Night
from registrations.bookings.models import SchoolClass
from registrations.bookings.states import ClassState
from registrations.exhibitors.states import State
from registrations.tickets.models import Ticket
from registrations.tickets.services import issue_class_ticket
from tests import factories, night_factories
from tests.door_factories import DeviceFactory, open_door, record_of, send

SIZES = {"9A": 26, "9B": 24, "9C": 20, "9D": 18, "9E": 25, "9F": 21, "9G": 15}


@dataclass
class Evening:
    night: Night
    classes: dict[str, SchoolClass]
    tickets: dict[str, Ticket]
    now: datetime

    @property
    def event(self):
        return self.night.event


def evening(first: datetime = night_factories.EVENING) -> Evening:
    """The evening whose first admission is at aware time ``first``, and what had happened 40 minutes later."""

    def at(minute: int) -> datetime:
        return first + timedelta(minutes=minute)

    night = night_factories.NightFactory(
        event__starts_at=first,
        event__ends_at=at(300),
        event__registration_opens_at=first - timedelta(days=60),
        event__registration_closes_at=first - timedelta(days=30),
    )
    event = night.event
    open_door(event, fire_limit=100)
    north, south = (factories.GateFactory(event=event, name=name) for name in ("Norra", "Södra"))
    waves = [
        night_factories.WaveFactory(night=night, name=f"Insläpp {number}", starts_at=at(45 * (number - 1)))
        for number in (1, 2, 3)
    ]
    towns = {
        code: night_factories.BookingFactory(
            night=night, school=night_factories.SchoolFactory(municipality_id=code, name=name)
        )
        for code, name in (("1280", "Malmöskolan"), ("1281", "Lundaskolan"))
    }
    classes = {
        label: night_factories.SchoolClassFactory(
            booking=towns["1280" if label in {"9A", "9B", "9E"} else "1281"],
            label=label,
            pupils=pupils,
            state=ClassState.CONFIRMED,
            wave=waves[0 if label < "9E" else 1 if label < "9G" else 2],
        )
        for label, pupils in SIZES.items()
    }
    tickets = {label: issue_class_ticket(school_class=row, at=first) for label, row in classes.items()}
    host = factories.StandStaffFactory(
        exhibitor__event=event, exhibitor__state=State.ACCEPTED, exhibitor__organisation__municipality_id="1280"
    )
    tickets["host"] = factories.TicketFactory(visitor=None, staff=host, event=event, kind=Ticket.Kind.EXHIBITOR)

    def enter(who: str, minute: int, heads: int, gate=north, **also) -> dict:
        return record_of(tickets[who], at=at(minute), headcount=heads, gate=gate.pk, **also)

    corrected, mistaken = enter("9E", 38, 25, south), enter("9F", 37, 21, south)
    send(
        event,
        enter("9A", -2, 26),
        enter("9A", 30, 5, act="leave"),
        enter("9B", 2, 20),
        enter("9B", 36, 3, south),
        enter("9C", 5, 22, reason="Två från en annan klass"),
        corrected,
        record_of(at=at(39), act="correct", ref=corrected["nonce"], headcount=24),
        mistaken,
        record_of(at=at(38), act="undo", ref=mistaken["nonce"]),
        enter("host", 20, 1),
        enter("host", 31, 1, act="leave"),
        at=at(40),
    )
    DeviceFactory(gate=north, ends_at=at(600))  # never heard of: in trouble
    return Evening(night, classes, tickets, at(40))
