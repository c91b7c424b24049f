"""Halls and stands for tests."""

import factory
from factory.django import DjangoModelFactory

from registrations.exhibitors.states import State
from registrations.stands.models import Hall, Stand, StandPlacing
from tests.factories import EventFactory, ExhibitorFactory


class HallFactory(DjangoModelFactory):
    """20 × 15 m, the entrance in the middle of the lower side."""

    class Meta:
        model = Hall

    event = factory.SubFactory(EventFactory)
    name = factory.Sequence(lambda n: f"Hall {n}")
    width_cm = 2000
    depth_cm = 1500


class StandFactory(DjangoModelFactory):
    """3 × 3 m; one after the other in a row, three rows and then back to the first place."""

    class Meta:
        model = Stand

    hall = factory.SubFactory(HallFactory)
    event = factory.SelfAttribute("hall.event")
    number = factory.Sequence(lambda n: f"A{n}")
    x_cm = factory.LazyAttribute(lambda stand: (stand.hall.stands.count() % 6) * 300)
    y_cm = factory.LazyAttribute(lambda stand: (stand.hall.stands.count() // 6 % 3) * 500)
    width_cm = 300
    depth_cm = 300
    hall_width_cm = factory.SelfAttribute("hall.width_cm")
    hall_depth_cm = factory.SelfAttribute("hall.depth_cm")
    row = factory.LazyAttribute(lambda stand: stand.hall.stands.count() // 6 + 1)
    col = factory.LazyAttribute(lambda stand: stand.hall.stands.count() % 6 + 1)


class PlacingFactory(DjangoModelFactory):
    class Meta:
        model = StandPlacing

    stand = factory.SubFactory(StandFactory)
    exhibitor = factory.LazyAttribute(lambda one: ExhibitorFactory(event=one.stand.event, state=State.ACCEPTED))
