"""Places, written with a trail."""

from dataclasses import replace

import pytest

from events.access.models import AuditEntry
from events.errors import Stale
from events.venue import services
from events.venue.models import Venue
from tests import factories

pytestmark = pytest.mark.django_db

HALL = services.VenueDetails(name="Stadion", street="Stadiongatan 1", postal_code="217 62", city="Malmö")


def test_add_venue_leaves_its_trail(organiser, now):
    venue = services.add_venue(details=HALL, by=organiser, at=now)

    assert str(venue) == "Stadion, Malmö"
    assert AuditEntry.objects.about(venue).get().verb == services.ADDED


def test_add_venue_twice_in_one_town_is_refused_but_not_in_another(organiser, now):
    services.add_venue(details=HALL, by=organiser, at=now)

    with pytest.raises(services.VenueExists):
        services.add_venue(details=HALL, by=organiser, at=now)
    services.add_venue(details=replace(HALL, city="Lund"), by=organiser, at=now)

    assert Venue.objects.count() == 2


def test_change_venue_takes_its_version_and_leaves_its_trail(organiser, now):
    venue = services.add_venue(details=HALL, by=organiser, at=now)
    details = replace(HALL, accessibility="Utan trösklar.")

    services.change_venue(venue=venue, details=details, version=1, by=organiser, at=now)

    assert AuditEntry.objects.about(venue).first().changes == {"accessibility": ["", "Utan trösklar."]}
    with pytest.raises(Stale):
        services.change_venue(venue=venue, details=HALL, version=1, by=organiser, at=now)


def test_change_venue_to_the_name_of_another_is_refused(organiser, now):
    venue = services.add_venue(details=HALL, by=organiser, at=now)
    factories.VenueFactory(name="Arenan", city="Malmö")

    with pytest.raises(services.VenueExists):
        services.change_venue(venue=venue, details=replace(HALL, name="Arenan"), version=1, by=organiser, at=now)
