"""The doors of the coming editions: open from today, so that whoever tries a ticket is let in."""

from datetime import date, timedelta

from config.demo.dates import at_clock
from events.programme.models import Event
from registrations.checkin.models import DoorSettings, Gate

FAIR = ("Huvudentrén", "Utställarentrén")
NIGHT = ("Stora porten", "Bussentrén")
OPEN_AFTER = timedelta(hours=2)


def open_doors(event: Event, *, gates: tuple[str, ...], fire_limit: int, today: date) -> None:
    """Gates by the names on their signs, and the door open from the morning of ``today`` until the event is over.

    The exhibitors' gate takes everybody too: a demo has one phone, and it should not be sent to another gate.
    """
    DoorSettings.objects.create(
        event=event, opens_at=at_clock(today, "00:00"), closes_at=event.ends_at + OPEN_AFTER, fire_limit=fire_limit
    )
    Gate.objects.bulk_create(Gate(event=event, name=name) for name in gates)
