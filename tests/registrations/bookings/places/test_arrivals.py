"""What is told of who came: in one go, in parts, more than announced, nobody; to the school and to the organiser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.bookings.organiser_queries import Attendance, Filter, attendance, classes
from registrations.bookings.places.arrivals import Arrival, Part, arrivals_of, nobody_came
from registrations.bookings.states import ClassState
from registrations.schools.queries import evenings_of
from registrations.tickets.services import issue_class_ticket
from tests import factories, night_factories
from tests.door_factories import let_in, open_door, record_of, send
from tests.registrations.checkin.board.evening import evening

pytestmark = pytest.mark.django_db
PLACE = {"state": ClassState.CONFIRMED}


@pytest.fixture
def night():
    """The evening by hand that the board is tested with."""
    return evening()


def in_english(client):
    client.cookies["torget_language"] = "en"
    return client


def minute(night, number: int):
    return night.now + timedelta(minutes=number - 40)


def test_each_class_has_how_many_came_when_and_in_which_parts(night):
    found = arrivals_of(night.classes.values())

    assert {row.label: found[row.pk] for row in night.classes.values() if row.pk in found} == {
        "9A": Arrival(26, 26, minute(night, -2)),
        "9B": Arrival(23, 24, minute(night, 2), (Part(minute(night, 2), 20), Part(minute(night, 36), 3))),
        "9C": Arrival(22, 20, minute(night, 5)),
        "9E": Arrival(24, 25, minute(night, 38)),
    }
    assert found[night.classes["9C"].pk].more == 2


@pytest.mark.parametrize(("labels", "queries"), [("9D", 1), ("9A", 2), ("9A 9B 9C 9E", 2)])
def test_arrivals_take_as_many_queries_for_many_as_for_one(night, labels, queries, django_assert_num_queries):
    rows = [night.classes[label] for label in labels.split()]

    with django_assert_num_queries(queries):
        arrivals_of(rows)


def test_nobody_came_is_said_when_the_evening_is_over_and_the_door_has_counted(night):
    rows = list(night.classes.values())
    over = night.event.ends_at

    early = nobody_came(rows, arrivals_of(rows), over - timedelta(seconds=1))
    late = nobody_came(rows, arrivals_of(rows), over)

    assert early == set()
    assert late == {night.classes[label].pk for label in ("9D", "9F", "9G")}


def test_where_the_door_counted_nobody_it_says_of_no_class_that_it_did_not_come():
    night = night_factories.NightFactory()
    wave = night_factories.WaveFactory(night=night)
    row = night_factories.SchoolClassFactory(booking__night=night, wave=wave, **PLACE)

    assert nobody_came([row], {}, night.event.ends_at + timedelta(days=1)) == set()


@pytest.fixture
def over():
    """The same evening, over since yesterday by the real clock."""
    return evening(timezone.now() - timedelta(days=1))


def test_teacher_reads_how_each_class_came(over, client_for):
    booking = over.classes["9B"].booking

    page = (
        in_english(client_for(booking.people.get().user))
        .get(reverse("registrations:own-booking", args=[booking.pk]))
        .text
    )

    assert "23 of 24 announced pupils came" in page
    assert "They came in parts:" in page
    assert "24 of 25 announced pupils came" in page
    assert "Nobody came" not in page


def test_teacher_reads_that_more_came_and_that_nobody_did(over, client_for):
    booking = over.classes["9C"].booking

    page = (
        in_english(client_for(booking.people.get().user))
        .get(reverse("registrations:own-booking", args=[booking.pk]))
        .text
    )

    assert "22 of 20 announced pupils came" in page
    assert "That is 2 more than were announced." in page
    assert page.count("The door let nobody of the class in.") == 3


def test_organiser_reads_the_same_of_the_booking(over, organiser_client):
    booking = over.classes["9C"].booking
    url = reverse("registrations:school-booking", args=[over.event.slug, booking.pk])

    page = in_english(organiser_client(over.event)).get(url).text

    assert "22 of 20 announced pupils came" in page
    assert page.count("The door let nobody of the class in.") == 3


def test_organisers_list_has_a_column_and_a_sum_for_what_is_chosen(over, organiser_client):
    url = reverse("registrations:school-list", args=[over.event.slug])
    client = in_english(organiser_client(over.event))

    page = client.get(url).text
    lund = client.get(f"{url}?municipality=1281").text
    by_count = classes(over.night, Filter(sort="-came"))

    assert 'data-label="Came" class="number">23</td>' in page
    assert "95 of 149 announced pupils came (64%)." in page
    assert "22 of 74 announced pupils came (30%)." in lund
    assert [row.label for row in by_count][:4] == ["9A", "9E", "9B", "9C"]


def test_list_has_no_such_column_before_the_door_has_counted(organiser_client):
    night = night_factories.NightFactory()
    night_factories.SchoolClassFactory(booking__night=night)

    page = (
        in_english(organiser_client(night.event))
        .get(reverse("registrations:school-list", args=[night.event.slug]))
        .text
    )

    assert 'data-label="Came"' not in page
    assert attendance(night, Filter()) is None


def test_file_has_the_column(over, organiser_client):
    url = reverse("registrations:school-export", args=[over.event.slug, "csv"])

    head, *lines = in_english(organiser_client(over.event)).get(url).content.decode("utf-8-sig").splitlines()

    label, came = (head.split(";").index(name) for name in ("Class", "Came"))
    assert {line.split(";")[label]: line.split(";")[came] for line in lines} == {
        "9A": "26", "9B": "23", "9C": "22", "9D": "", "9E": "24", "9F": "", "9G": ""
    }  # fmt: skip


def test_what_was_undone_counts_nowhere(night):
    only = Filter(words="Malmöskolan")
    ticket = night.tickets["9A"]
    wrong = record_of(ticket, at=night.now, headcount=4, reason="Fyra till")
    send(night.event, wrong, at=night.now)
    before = attendance(night.night, only)
    send(night.event, record_of(at=night.now, act="undo", ref=wrong["nonce"]), at=night.now)

    # 21 of 26 were in when four more came: 25 at once is still not more than the 26 who were in before.
    assert (before, attendance(night.night, only)) == (Attendance(75, 73), Attendance(75, 73))
    assert arrivals_of([night.classes["9A"]])[night.classes["9A"].pk].parts == ()


def test_a_schools_evenings_say_how_many_came(night):
    school = night.classes["9C"].booking.school

    (event,) = evenings_of(school, type(night.event).objects.all())

    assert (event.classes, event.pupils, event.came) == (4, 74, 22)


def test_a_school_without_the_door_has_no_number():
    night = night_factories.NightFactory()
    wave = night_factories.WaveFactory(night=night)
    row = night_factories.SchoolClassFactory(booking__night=night, wave=wave, **PLACE)
    issue_class_ticket(school_class=row, at=factories.NOW)
    open_door(night.event)

    (before,) = evenings_of(row.booking.school, type(night.event).objects.all())
    let_in(row.ticket, heads=19)
    (after,) = evenings_of(row.booking.school, type(night.event).objects.all())

    assert (before.came, after.came) == (None, 19)
