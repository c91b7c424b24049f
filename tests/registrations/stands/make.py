"""What the tests of the hall put into it."""

from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.stands.models import Hall, Stand
from tests.factories import ExhibitorFactory
from tests.stand_factories import StandFactory


def a_row(hall: Hall, count: int = 6) -> list[Stand]:
    """A1, A2 … side by side along the upper wall."""
    return [
        StandFactory(hall=hall, number=f"A{place + 1}", x_cm=place * 300, y_cm=0, row=1, col=place + 1)
        for place in range(count)
    ]


def a_company(event: Event, name: str) -> Exhibitor:
    """With a place, and no stand."""
    return ExhibitorFactory(event=event, organisation__name=name, state=State.ACCEPTED)
