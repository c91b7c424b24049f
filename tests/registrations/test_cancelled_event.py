"""What becomes of the registered when an event is cancelled or taken back."""

import pytest

from events.mail.models import Letter
from events.programme import services
from registrations.exhibitors.states import State
from registrations.visitors.models import VisitorState
from tests import factories

pytestmark = pytest.mark.django_db


def test_cancel_event_tells_everybody_who_had_registered(organiser, now):
    event = factories.EventFactory()
    for state in State:
        applied_at = None if state == State.DRAFT else now
        contact = f"{state.value}@foretaget.example"
        factories.ExhibitorFactory(event=event, state=state, applied_at=applied_at, contact_email=contact)
    factories.VisitorFactory(event=event, email="kommer@bageriet.example")
    factories.VisitorFactory(event=event, email="har-avbokat@bageriet.example", state=VisitorState.CANCELLED)

    services.cancel_event(event=event, by=organiser, at=now)

    assert sorted(Letter.objects.values_list("to", flat=True)) == [
        "accepted@foretaget.example",
        "applied@foretaget.example",
        "kommer@bageriet.example",
        "waiting@foretaget.example",
    ]


@pytest.mark.parametrize("who", ["exhibitor", "visitor"])
def test_unpublish_event_is_refused_once_somebody_has_registered(organiser, now, who):
    event = factories.EventFactory()
    if who == "exhibitor":
        factories.ExhibitorFactory(event=event)
    else:
        factories.VisitorFactory(event=event)

    with pytest.raises(services.HasRegistrations):
        services.unpublish_event(event=event, by=organiser, at=now)

    event.refresh_from_db()
    assert event.state == event.State.PUBLISHED


def test_unpublish_event_hides_one_that_nobody_has_registered_for(organiser, now):
    event = factories.EventFactory()
    factories.ExhibitorFactory(event=event, state=State.WITHDRAWN)

    services.unpublish_event(event=event, by=organiser, at=now)

    event.refresh_from_db()
    assert event.state == event.State.DRAFT
