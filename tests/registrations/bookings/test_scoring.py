import pytest
from django.urls import reverse

from events.access.models import AuditEntry
from events.errors import Stale
from registrations.bookings.organiser_retention import erase_reasons
from registrations.bookings.refusals import EveningOver
from registrations.bookings.scoring import NothingToScore, PointsSettled, score_class, seen_as
from tests.factories import NOW, UserFactory
from tests.night_factories import EVENING, NightFactory, SchoolClassFactory, WaveFactory

pytestmark = pytest.mark.django_db


def score(one, points, note="", seen=None, at=NOW, by=None):
    return score_class(
        school_class=one, score=points, note=note, seen=seen or seen_as(one), by=by or UserFactory(), at=at
    )


def address(one, name="school-score", *more):
    return reverse(f"registrations:{name}", args=[one.booking.night.event.slug, *more])


def test_points_are_kept_with_their_note_but_the_trail_has_no_words():
    one = SchoolClassFactory()

    score(one, 80, "Plan för efterarbetet")

    one.refresh_from_db()
    assert (one.score, one.score_note, one.version) == (80, "Plan för efterarbetet", 1)
    assert AuditEntry.objects.get(verb="booking.scored").changes == {"score": [None, 80]}


def test_points_can_be_changed_and_taken_back():
    one = SchoolClassFactory()
    one = score(one, 80)
    one = score(one, 20)

    assert score(one, None).score is None


def test_a_colleague_who_was_first_is_not_overwritten():
    one = SchoolClassFactory()
    opened = seen_as(one)
    score(one, 80, seen=opened)

    with pytest.raises(Stale):
        score(one, 20, seen=opened)
    one.refresh_from_db()
    assert one.score == 80


def test_a_reason_that_the_school_has_changed_is_read_again():
    one = SchoolClassFactory()
    opened = seen_as(one)
    one.reason = "Nu vet vi mer."
    one.save()

    with pytest.raises(Stale):
        score(one, 80, seen=opened)


def test_the_same_points_twice_are_one():
    one = SchoolClassFactory()
    opened = seen_as(one)

    score(one, 80, seen=opened)
    score(one, 80, seen=opened)

    assert AuditEntry.objects.filter(verb="booking.scored").count() == 1


def test_points_stay_when_the_schools_have_been_told():
    with pytest.raises(PointsSettled):
        score(SchoolClassFactory(told_at=NOW, state="waiting"), 50)
    with pytest.raises(NothingToScore):
        score(SchoolClassFactory(state="cancelled"), 50)
    with pytest.raises(EveningOver):
        score(SchoolClassFactory(), 50, at=EVENING.replace(year=2028))


@pytest.fixture
def open_night(monkeypatch):
    """A night at which pages, which ask the real clock, may decide."""
    monkeypatch.setattr("events.programme.models.Event.takes_decisions", lambda event, at: True)
    return NightFactory()


def test_saving_leads_to_the_next_and_then_says_that_all_are_read(open_night, organiser_client):
    first, second = (SchoolClassFactory(booking__night=open_night) for _ in range(2))
    client = organiser_client(open_night.event)
    start = address(first, "school-scores")

    assert client.get(start).url == address(first, "school-score", first.pk)
    answer = client.post(address(first, "school-score", first.pk), {"score": "65", "seen": seen_as(first)})
    assert client.get(answer.url).url == address(first, "school-score", second.pk)
    answer = client.post(address(first, "school-score", second.pk), {"points": "80", "seen": seen_as(second)})
    page = client.get(answer.url)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.score, second.score) == (65, 80)
    assert page.context["scored"] == 2


def test_skipping_goes_on_and_comes_round(open_night, organiser_client):
    first, second = (SchoolClassFactory(booking__night=open_night) for _ in range(2))
    client = organiser_client(open_night.event)
    start = address(first, "school-scores")

    assert client.get(f"{start}?after={first.pk}").url == address(first, "school-score", second.pk)
    assert client.get(f"{start}?after={second.pk}").url == address(first, "school-score", first.pk)
    assert client.get(f"{start}?after=x").url == address(first, "school-score", first.pk)


def test_a_colleagues_points_are_shown_and_saving_again_is_over_them(open_night, organiser_client):
    one = SchoolClassFactory(booking__night=open_night)
    client = organiser_client(open_night.event)
    opened = seen_as(one)
    score(one, 80, "Bra")

    page = client.post(address(one, "school-score", one.pk), {"score": "20", "seen": opened})
    again = {"score": "20", "note": "", "seen": page.context["form"]["seen"].value()}
    client.post(address(one, "school-score", one.pk), again)

    one.refresh_from_db()
    assert page.status_code == 409
    assert "80" in page.content.decode()
    assert one.score == 20


@pytest.mark.parametrize("points", ["101", "-1", "x", ""])
def test_points_that_are_none_are_said_no_to(open_night, organiser_client, points):
    one = SchoolClassFactory(booking__night=open_night)

    page = organiser_client(open_night.event).post(
        address(one, "school-score", one.pk), {"score": points, "seen": seen_as(one)}
    )

    assert page.status_code == 422


def test_words_are_erased_and_points_stay():
    one = SchoolClassFactory(score=80, score_note="Bra")
    WaveFactory(night=one.booking.night)

    assert erase_reasons(EVENING, 10) == 0
    assert erase_reasons(EVENING.replace(year=2028), 10) == 1
    one.refresh_from_db()
    assert (one.reason, one.score_note, one.score) == ("", "", 80)
    assert erase_reasons(EVENING.replace(year=2028), 10) == 0
