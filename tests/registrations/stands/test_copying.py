"""Next year's hall: the same floor with nobody on it, and its own copy of the plan."""

import pytest
from django.core.files.base import ContentFile

from registrations.stands import copying, layout
from registrations.stands.models import Hall, StandPlacing
from tests.factories import EventFactory
from tests.stand_factories import PlacingFactory

pytestmark = pytest.mark.django_db


def test_floor_comes_along_and_the_companies_do_not(row, hall, organiser, now):
    PlacingFactory(stand=row[0])
    layout.block(stand=row[1], reason="Nödutgång", by=organiser, at=now)
    hall.plan.save("plan.svg", ContentFile(b"<svg/>"))
    next_year = EventFactory(venue=hall.event.venue)

    copying.copy_halls(hall.event, next_year, organiser, now)

    copy = Hall.objects.get(event=next_year)
    assert [stand.number for stand in copy.stands.order_by("col")] == ["A1", "A2", "A3", "A4", "A5", "A6"]
    assert not copy.stands.filter(blocked_at__isnull=False).exists()
    assert StandPlacing.objects.count() == 1
    assert copy.plan.name != hall.plan.name
    assert copy.plan.read() == b"<svg/>"


def test_other_premises_have_other_halls(row, hall, organiser, now):
    elsewhere = EventFactory()

    copying.copy_halls(hall.event, elsewhere, organiser, now)

    assert not Hall.objects.filter(event=elsewhere).exists()
