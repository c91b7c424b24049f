"""A hall of 20 × 15 m with a row of six stands of 3 × 3 m, A1–A6, and companies with a place."""

import pytest

from registrations.stands.models import StandSettings
from tests.registrations.stands.make import a_company, a_row
from tests.stand_factories import HallFactory


@pytest.fixture
def hall(db):
    return HallFactory(name="Hall A")


@pytest.fixture
def row(hall):
    return a_row(hall)


@pytest.fixture
def choosing(hall, now):
    """Companies may choose until the evening before."""
    return StandSettings.objects.create(event=hall.event, choice_open_until_at=hall.event.starts_at)


@pytest.fixture
def companies(hall):
    return [a_company(hall.event, name) for name in ("Anka AB", "Bofink AB", "Duva AB")]
