"""Events made, changed, published, cancelled; each with its trail."""

from dataclasses import replace
from datetime import timedelta

import pytest

from events.access.models import AuditEntry
from events.errors import Stale
from events.programme import services
from events.programme.models import Event, EventState, Issuer
from events.programme.services import EventDetails, IssuerDetails
from events.venue.models import Venue
from events.venue.services import VenueDetails, VenueExists
from tests import factories

pytestmark = pytest.mark.django_db

HALL = VenueDetails(name="Stadion", street="Stadiongatan 1", postal_code="217 62", city="Malmö")


@pytest.fixture
def area():
    return factories.AreaFactory()


@pytest.fixture
def details() -> EventDetails:
    fair = factories.EventFactory.build()
    return EventDetails(
        kind=fair.kind,
        slug="b2b-2027",
        name="B2B-mässan 2027",
        summary=fair.summary,
        starts_at=fair.starts_at,
        ends_at=fair.ends_at,
        registration_opens_at=fair.registration_opens_at,
        registration_closes_at=fair.registration_closes_at,
        capacity=140,
        contact_email="massan@torget.example",
        venue=factories.VenueFactory(),
        issuer=factories.IssuerFactory(),
    )


def make(area, details, organiser, now, **other) -> Event:
    return services.create_event(area=area, details=details, by=organiser, at=now, **other)


def verbs_of(event) -> list[str]:
    return list(AuditEntry.objects.about(event).values_list("verb", flat=True))


def test_create_event_makes_a_draft_with_its_trail(area, details, organiser, now):
    event = make(area, details, organiser, now)

    assert (event.state, event.area, event.name) == (EventState.DRAFT, area, "B2B-mässan 2027")
    entry = AuditEntry.objects.about(event).get()
    assert (entry.verb, entry.actor, entry.at, entry.event) == (services.CREATED, organiser, now, event)
    assert entry.changes["name"] == [None, "B2B-mässan 2027"]


def test_create_event_makes_venue_and_issuer_with_it(area, details, organiser, now):
    details = replace(details, venue=HALL, issuer=IssuerDetails("Malmö stad", "212000-1124", "gdpr@malmo.example"))

    event = make(area, details, organiser, now)

    assert (event.venue.name, event.venue.city) == ("Stadion", "Malmö")
    assert (event.issuer.name, event.issuer.organisation_number) == ("Malmö stad", "212000-1124")
    assert verbs_of(event.venue) == ["venue.added"]
    assert verbs_of(event.issuer) == [services.ISSUER_ADDED]


def test_create_event_with_a_taken_address_leaves_nothing_behind(area, details, organiser, now):
    factories.EventFactory(slug="b2b-2027")
    venues = Venue.objects.count()

    with pytest.raises(services.SlugTaken):
        make(area, replace(details, venue=HALL), organiser, now)

    assert (Event.objects.count(), Venue.objects.count()) == (1, venues)


def test_create_event_with_a_venue_that_is_there_is_refused(area, details, organiser, now):
    factories.VenueFactory(name="Stadion", city="Malmö")

    with pytest.raises(VenueExists):
        make(area, replace(details, venue=HALL), organiser, now)

    assert not Event.objects.exists()


def test_create_event_with_an_issuer_that_is_there_is_refused(area, details, organiser, now):
    factories.IssuerFactory(name="Malmö stad")

    with pytest.raises(services.IssuerExists):
        make(area, replace(details, issuer=IssuerDetails("Malmö stad")), organiser, now)

    assert Issuer.objects.filter(name="Malmö stad").count() == 1


def test_create_event_as_a_copy_remembers_where_from(area, details, organiser, now):
    earlier = factories.EventFactory(area=area)

    event = make(area, details, organiser, now, copied_from=earlier)

    assert event.copied_from == earlier
    assert verbs_of(event) == [services.COPIED]


def test_change_event_records_before_and_after_and_moves_the_version(area, details, organiser, now):
    event = make(area, details, organiser, now)

    changed = services.change_event(
        event=event, details=replace(details, capacity=150), version=event.version, by=organiser, at=now
    )

    assert (changed.capacity, changed.version) == (150, 2)
    entry = AuditEntry.objects.about(event).first()
    assert (entry.verb, entry.changes) == (services.CHANGED, {"capacity": [140, 150]})


def test_change_event_to_the_same_leaves_no_trail(area, details, organiser, now):
    event = make(area, details, organiser, now)

    services.change_event(event=event, details=details, version=event.version, by=organiser, at=now)

    assert verbs_of(event) == [services.CREATED]


def test_change_event_seen_in_an_older_version_is_stale(area, details, organiser, now):
    event = make(area, details, organiser, now)
    services.change_event(event=event, details=replace(details, capacity=150), version=1, by=organiser, at=now)

    with pytest.raises(Stale):
        services.change_event(event=event, details=replace(details, capacity=99), version=1, by=organiser, at=now)

    event.refresh_from_db()
    assert event.capacity == 150


def test_change_event_moves_a_known_address_only_in_a_draft(area, details, organiser, now):
    event = make(area, details, organiser, now)
    moved = replace(details, slug="massan-2027")
    event = services.change_event(event=event, details=moved, version=1, by=organiser, at=now)
    assert event.slug == "massan-2027"

    event = services.publish_event(event=event, by=organiser, at=now)
    with pytest.raises(services.SlugIsOut):
        services.change_event(event=event, details=details, version=event.version, by=organiser, at=now)


@pytest.mark.parametrize(
    ("before", "act", "after", "verb"),
    [
        (EventState.DRAFT, services.publish_event, EventState.PUBLISHED, services.PUBLISHED),
        (EventState.PUBLISHED, services.unpublish_event, EventState.DRAFT, services.UNPUBLISHED),
        (EventState.PUBLISHED, services.cancel_event, EventState.CANCELLED, services.CANCELLED),
        (EventState.CANCELLED, services.restore_event, EventState.PUBLISHED, services.RESTORED),
    ],
)
def test_state_moves_with_its_trail_and_only_once(before, act, after, verb, organiser, now):
    event = factories.EventFactory(state=before)

    assert act(event=event, by=organiser, at=now).state == after
    with pytest.raises(services.NotFromHere):
        act(event=event, by=organiser, at=now)

    entry = AuditEntry.objects.about(event).get()
    assert (entry.verb, entry.changes) == (verb, {"state": [before, after]})


def test_draft_is_not_cancelled_for_that_would_show_it(organiser, now):
    event = factories.EventFactory(state=EventState.DRAFT)

    with pytest.raises(services.NotFromHere):
        services.cancel_event(event=event, by=organiser, at=now + timedelta(days=1))
