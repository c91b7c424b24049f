"""The organiser's room: what the list shows, what it counts, and what it gives away."""

from datetime import timedelta

import pytest
from django.urls import reverse

from events.access.models import Role
from events.municipalities.models import Municipality
from registrations.bookings.models import BookingState
from registrations.bookings.organiser_counts import summary
from registrations.bookings.organiser_exports import food_rows
from registrations.bookings.organiser_pieces import overview_numbers, waiting_decisions
from registrations.bookings.organiser_queries import Filter, classes
from registrations.bookings.organiser_twins import all_twins, open_twins
from registrations.bookings.services import save_contact
from tests import factories
from tests.night_factories import (
    BookingFactory,
    ChangeRequestFactory,
    NightFactory,
    SchoolClassFactory,
    SchoolFactory,
    WaveFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def night():
    return NightFactory(places=100)


def school_class(night, **facts):
    return SchoolClassFactory(booking__night=night, **facts)


def address(night, name="school-list", *more):
    return reverse(f"registrations:{name}", args=[night.event.slug, *more])


def labels(night, **chosen):
    return [one.label for one in classes(night, Filter(**chosen))]


def test_list_shows_sent_bookings_of_the_night_alone(night):
    school_class(night, label="9A")
    school_class(night, label="9B", booking__state=BookingState.DRAFT, booking__sent_at=None)
    SchoolClassFactory(label="9C")

    assert labels(night) == ["9A"]


def test_list_searches_and_filters(night):
    eslov = SchoolFactory(name="Österskolan", municipality=Municipality.objects.get(code="1285"))
    school_class(night, label="9A", booking__school=eslov, bus="Gul")
    school_class(night, label="TE2", grade=11, state="waiting", score=50)
    ChangeRequestFactory(booking=school_class(night, label="9X", booking__school=eslov, score=1).booking)

    assert labels(night, words="öster 9a") == ["9A"]
    assert labels(night, words="gul") == ["9A"]
    assert labels(night, municipality="1285") == ["9A", "9X"]
    assert labels(night, grade=11) == ["TE2"]
    assert labels(night, state="waiting") == ["TE2"]
    assert labels(night, look="unscored") == ["9A"]


def test_contacts_are_searched_for_those_who_may(night):
    school_class(night, label="9A", booking__contact_name="Lena Lärare")

    assert labels(night, words="lena", contacts=True) == ["9A"]
    assert labels(night, words="lena") == []


def test_requests_and_twins_stand_out(night):
    school = SchoolFactory()
    first = school_class(night, label="9A", booking__school=school)
    second = school_class(night, label="klass 9 a", booking__school=school)
    school_class(night, label="9A")
    ChangeRequestFactory(booking=first.booking, school_class=first)
    ChangeRequestFactory(booking=second.booking, school_class=second, granted=True, answered_at=factories.NOW)

    assert labels(night, look="twins", sort="sent") == ["9A", "klass 9 a"]
    assert labels(night, look="requests") == ["9A"]


def test_twins_that_the_school_has_explained_are_settled(night):
    school = SchoolFactory()
    school_class(night, label="9A", booking__school=school)
    school_class(night, label="9a", booking__school=school, beside_twin=True)

    assert open_twins(night) == []
    assert [twins.settled for twins in all_twins(night)] == [True]


@pytest.mark.parametrize("sort", ["school", "municipality", "grade", "pupils", "score", "state", "sent"])
def test_list_sorts_both_ways(night, sort):
    for number, pupils in enumerate((10, 30, 20)):
        school = SchoolFactory(name=f"Skola {pupils}", municipality=Municipality.objects.all()[number])
        school_class(night, label=str(pupils), pupils=pupils, score=pupils, grade=pupils // 10, booking__school=school)

    forwards, backwards = labels(night, sort=sort), labels(night, sort=f"-{sort}")

    assert sorted(forwards) == ["10", "20", "30"]
    if sort in {"pupils", "score", "grade", "school"}:
        assert (forwards, backwards) == (["10", "20", "30"], ["30", "20", "10"])


@pytest.mark.parametrize(
    "query",
    ["?state=x&municipality=%00&grade=999&look=x&sort=x&shown=99999999&q=%00%00", "?shown=-5&grade=-1", "?q=%25_"],
)
def test_list_leaves_nonsense_aside(night, organiser_client, query):
    assert organiser_client(night.event).get(address(night) + query).status_code == 200


def test_list_shows_fifty_and_then_fifty_more(night, organiser_client):
    booking = BookingFactory(night=night)
    for number in range(53):
        SchoolClassFactory(booking=booking, label=f"K{number}")
    client = organiser_client(night.event)

    first = client.get(address(night))
    second = client.get(address(night), {"shown": "100"})

    assert [len(page.context["classes"]) for page in (first, second)] == [50, 53]
    assert (first.context["more"], first.context["next_shown"]) == (3, 100)


@pytest.mark.parametrize("page", ["school-list", "school-twins", "school-requests", "school-booking", "school-export"])
def test_pages_ask_as_much_for_three_classes_as_for_one(
    night, organiser_client, django_assert_max_num_queries, django_assert_num_queries, page
):
    client = organiser_client(night.event)
    wave, booking = WaveFactory(night=night), BookingFactory(night=night)

    def one_more():
        for label in ("9A", "9 A"):
            school = SchoolFactory() if page != "school-booking" else booking.school
            facts = {"booking": booking} if page == "school-booking" else {"booking__school": school}
            one = school_class(night, label=label, needs={"quiet": 1}, **facts)
            one.possible_waves.add(wave)
            ChangeRequestFactory(booking=one.booking, school_class=one)

    more = {"school-booking": [booking.pk], "school-export": ["csv"]}.get(page, [])
    one_more()
    client.get(address(night, page, *more))
    with django_assert_max_num_queries(40) as once:
        client.get(address(night, page, *more))
    one_more()
    one_more()
    with django_assert_num_queries(len(once)):
        client.get(address(night, page, *more))


def test_summary_counts_what_is_in_the_allocation(night):
    wave = WaveFactory(night=night)
    lund = SchoolFactory()
    school_class(night, booking__school=lund, pupils=20, adults=2, needs={"wheelchair": 1}, diets={"vegan": 2})
    school_class(night, booking__school=lund, pupils=10, adults=1, diets={"vegan": 1}, state="confirmed", wave=wave)
    school_class(night, pupils=99, state="cancelled")

    found = summary(night)

    assert (found.classes, found.pupils, found.adults, found.schools) == (2, 30, 3, 1)
    assert len(found.silent) == 11
    assert "Lund" not in found.silent
    assert [(kind.value, kind.count) for kind in found.diets] == [("vegan", 3)]
    assert [row[1:] for row in food_rows(night)] == [(30, 10), (3, 1), (3, 1), (1, 0)]


def test_export_holds_contacts_for_those_who_may(night, client_for):
    school_class(night, booking__contact_email="lena@skola.example", reason="=1+1")
    editor, reader = factories.UserFactory(), factories.UserFactory()
    factories.grant(editor, Role.EDITOR, event=night.event)
    factories.grant(reader, Role.READER, event=night.event)

    theirs = client_for(editor).get(address(night, "school-export", "csv")).content.decode("utf-8-sig")
    readers = client_for(reader).get(address(night, "school-export", "csv")).content.decode("utf-8-sig")

    assert "lena@skola.example" in theirs
    assert "lena@skola.example" not in readers
    assert "'=1+1" in readers


def test_reader_sees_neither_who_books_nor_what_a_class_needs(night, client_for):
    one = school_class(night, booking__contact_email="lena@skola.example", needs={"wheelchair": 1})
    lena = factories.UserFactory(name="Lena Lärare")
    save_contact(
        booking=one.booking, seen=1, contact_phone="0701740699", by=lena, at=night.bookings_open_at + timedelta(days=1)
    )

    def pages(role):
        person = factories.UserFactory()
        factories.grant(person, role, event=night.event)
        client = client_for(person)
        ways = address(night, "school-booking", one.booking_id), address(night, "school-list")
        return [client.get(way).content.decode() for way in ways]

    booking, every = pages(Role.EDITOR)
    assert all(text in booking for text in ("lena@skola.example", "Lena Lärare", "Rullstol"))
    assert 'class="need"' in every
    booking, every = pages(Role.READER)
    assert [text for text in ("lena@skola.example", "Lena Lärare", "Rullstol") if text in booking] == []
    assert 'class="need"' not in every


def test_a_draft_is_the_schools_own(night, organiser_client):
    draft = BookingFactory(night=night, state=BookingState.DRAFT, sent_at=None)

    assert organiser_client(night.event).get(address(night, "school-booking", draft.pk)).status_code == 404


def test_the_room_says_when_the_evening_is_not_planned(organiser_client, night):
    event = factories.EventFactory(kind="night")

    page = organiser_client(event).get(reverse("registrations:school-list", args=[event.slug]))

    assert page.status_code == 200


def test_overview_counts_and_what_waits(night, organiser):
    factories.grant(organiser, Role.ORGANISER, event=night.event)
    school = SchoolFactory()
    first = school_class(night, label="9A", pupils=20, booking__school=school)
    school_class(night, label="9a", pupils=20, booking__school=school, score=50)
    ChangeRequestFactory(booking=first.booking)

    numbers = overview_numbers(night.event, organiser)
    waiting = waiting_decisions(night.event, organiser)

    assert [(number.value, number.of) for number in numbers] == [(40, 100), (1, None)]
    assert [decision.count for decision in waiting] == [1, 1, 1]
    assert overview_numbers(night.event, factories.UserFactory()) == []
    assert waiting_decisions(night.event, factories.UserFactory()) == []
