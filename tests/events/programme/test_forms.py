"""What people type about an event, and what the form makes of it."""

from copy import copy

import pytest

from events.programme.forms import EventForm
from events.programme.models import Event, EventState
from events.programme.services import IssuerDetails
from events.venue.services import VenueDetails
from tests import factories
from tests.typed import typed_event

pytestmark = pytest.mark.django_db

NEW_HALL = {
    "venue": "",
    "new_venue_name": "Stadion",
    "new_venue_street": "Stadiongatan 1",
    "new_venue_postal_code": "21762",
    "new_venue_city": "Malmö",
}


@pytest.fixture
def fair() -> Event:
    return factories.EventFactory(state=EventState.DRAFT)


def codes(form: EventForm) -> dict[str, list[str]]:
    return {field: [error.code for error in errors] for field, errors in form.errors.as_data().items()}


def form_of(fair: Event, new: bool = False, **other) -> EventForm:
    instance = Event(area=fair.area) if new else copy(fair)
    return EventForm(typed_event(fair, **other), area=fair.area, instance=instance)


def test_form_of_an_event_as_it_stands_is_valid_and_gives_it_back(fair):
    form = form_of(fair)

    assert form.is_valid()
    details = form.details()
    assert {name: getattr(details, name) for name in form.Meta.fields} == {
        name: getattr(fair, name) for name in form.Meta.fields
    }


def test_form_without_an_address_makes_one_that_is_free(fair):
    factories.EventFactory(slug="massan-i-ostra-hoby-2027")

    form = form_of(fair, new=True, name="Mässan i Östra Hoby", slug="")

    assert form.is_valid()
    assert form.details().slug == "massan-i-ostra-hoby-2027-2"


def test_form_refuses_an_address_that_is_taken(fair):
    other = factories.EventFactory()

    assert codes(form_of(fair, slug=other.slug)) == {"slug": ["unique"]}


def test_form_suggests_a_plain_address_for_one_with_letters_of_its_own(fair):
    form = form_of(fair, slug="Företagsmässan-2027")

    assert codes(form) == {"slug": ["invalid"]}
    assert "foretagsmassan-2027" in form.errors["slug"][0]
    assert 'value="Företagsmässan-2027"' in str(form["slug"])


@pytest.mark.parametrize("slug", ["🎪", "b2b/2027", "b2b 2027", "../manage", "<script>", "%00", "٣٤"])
def test_form_refuses_what_is_no_address(fair, slug):
    assert codes(form_of(fair, slug=slug)) == {"slug": ["invalid"]}


def test_form_keeps_the_address_of_a_published_event(fair):
    fair.state = EventState.PUBLISHED
    fair.save()

    form = form_of(fair, slug="another")

    assert form.is_valid()
    assert form.details().slug == fair.slug


@pytest.mark.parametrize("name", ["Mässan é å ä ö", "🎪 Mässan 🎉", "<script>alert(1)</script>", "x" * 120])
def test_form_takes_any_name(fair, name):
    form = form_of(fair, name=name)

    assert form.is_valid()
    assert form.details().name == name


def test_form_refuses_a_name_of_200_characters_and_keeps_it(fair):
    form = form_of(fair, name="å" * 200)

    assert codes(form) == {"name": ["max_length"]}
    assert "å" * 200 in str(form["name"])


def test_form_refuses_a_name_with_a_null_character(fair):
    assert codes(form_of(fair, name="Mäs\x00san")) == {"name": ["null_characters_not_allowed"]}


@pytest.mark.parametrize(
    ("typed", "code"), [("2026-10-25T02:30", "twice"), ("2027-03-28T02:30", "skipped"), ("soon", "invalid")]
)
def test_form_explains_a_time_that_does_not_exist(fair, typed, code):
    form = form_of(fair, registration_opens_at=typed)

    assert codes(form) == {"registration_opens_at": [code]}


def test_form_shows_a_wrong_order_at_the_later_field(fair):
    form = form_of(fair, ends_at="2027-03-24T08:00", registration_closes_at="2026-12-24T08:00")

    assert codes(form) == {"ends_at": ["order"], "registration_closes_at": ["order"]}


def test_form_refuses_registration_that_opens_after_the_event(fair):
    late = {"registration_opens_at": "2027-04-01T08:00", "registration_closes_at": "2027-04-02T08:00"}

    assert codes(form_of(fair, **late)) == {"registration_opens_at": ["order"]}


@pytest.mark.parametrize(("capacity", "code"), [("0", "min_value"), ("-3", "min_value"), ("många", "invalid")])
def test_form_wants_at_least_one_place(fair, capacity, code):
    assert code in codes(form_of(fair, capacity=capacity))["capacity"]


def test_form_adds_a_new_venue_and_a_new_issuer(fair):
    form = form_of(
        fair, **NEW_HALL, issuer="", new_issuer_name="Malmö stad", new_issuer_organisation_number="2120001124"
    )

    assert form.is_valid(), codes(form)
    assert form.details().venue == VenueDetails("Stadion", "Stadiongatan 1", "217 62", "Malmö")
    assert form.details().issuer == IssuerDetails("Malmö stad", "212000-1124")


def test_form_wants_a_venue_and_an_issuer(fair):
    assert codes(form_of(fair, venue="", issuer="")) == {"venue": ["required"], "issuer": ["required"]}


def test_form_does_not_guess_between_a_chosen_and_a_new_venue(fair):
    form = form_of(fair, **NEW_HALL | {"venue": fair.venue_id})

    assert codes(form) == {"venue": ["both"]}


def test_form_says_what_a_new_venue_lacks(fair):
    form = form_of(fair, venue="", new_venue_name="Stadion", new_venue_postal_code="2176")

    assert codes(form) == {
        "new_venue_postal_code": ["postal_code"],
        "new_venue_street": ["required"],
        "new_venue_city": ["required"],
    }
    assert form.adds_venue


def test_form_refuses_a_wrong_organisation_number(fair):
    form = form_of(fair, issuer="", new_issuer_name="Malmö stad", new_issuer_organisation_number="212000-1125")

    assert codes(form) == {"new_issuer_organisation_number": ["orgnr"]}


def test_form_offers_only_the_areas_own_activities(fair):
    mine = factories.ActivityFactory(plan__area=fair.area)
    foreign = factories.ActivityFactory()

    assert form_of(fair, activity=mine.pk).is_valid()
    assert codes(form_of(fair, activity=foreign.pk)) == {"activity": ["invalid_choice"]}
