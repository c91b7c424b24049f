"""The organiser moves an admission that has been given out: its schools and hosts are told, and nobody else."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from events.mail.models import Letter
from events.nights.services import ProgrammeDetails, RowDetails, save_programme
from registrations.bookings.states import ClassState
from registrations.exhibitors.states import State
from tests import factories
from tests import night_factories as nf
from tests.factories import NOW
from tests.registrations.bookings.places.evening import evening, placed

pytestmark = pytest.mark.django_db


@pytest.fixture
def night():
    """The company hosts the first of three stations; a second admission has nobody yet."""
    made = evening()
    made.company = factories.ExhibitorFactory(event=made.event, state=State.ACCEPTED, contact_email="host@x.example")
    made.spots[0].host = made.company
    made.spots[0].save()
    made.later = nf.WaveFactory(night=made, starts_at=made.first.starts_at + timedelta(hours=2))
    return made


def move(night, wave, minutes=0, at=NOW, rounds=None, **rules) -> list[str]:
    values = {
        "name": wave.name,
        "starts_at": wave.starts_at + timedelta(minutes=minutes),
        "capacity": wave.capacity,
        "rounds": rounds or wave.rounds,
    }
    details = ProgrammeDetails(rules={"places": night.places, **rules}, waves=[RowDetails(values, wave.pk)])
    return save_programme(event=night.event, details=details, seen=1, by=factories.UserFactory(), at=at).told


def letters() -> list[tuple[str, str]]:
    return list(Letter.objects.order_by("pk").values_list("to", "text"))


def test_school_and_host_are_told_once_with_both_times(night):
    booking = nf.BookingFactory(night=night, contact_email="lena@skolan.example")
    placed(night, booking=booking, label="9A", sizes=(10,))
    placed(night, booking=booking, label="9B", sizes=(10,), state=ClassState.CONFIRMED)

    told = move(night, night.first, minutes=30)

    (school,) = [text for to, text in letters() if to == "lena@skolan.example"]
    (host,) = [text for to, text in letters() if to == "host@x.example"]
    before, now = night.first.starts_at, night.first.starts_at + timedelta(minutes=30)
    for text in (school, host):
        assert clock(before) in text
        assert clock(now) in text
    assert "9A, 9B" in school
    assert [words.split()[0] for words in told] == ["1", "1"]


def clock(moment) -> str:
    return f"{localtime(moment):%H.%M}"


def test_who_comes_in_another_admission_hears_nothing(night):
    placed(night, wave=night.later)

    assert move(night, night.first, minutes=30) == []
    assert letters() == []


def test_longer_rounds_move_the_stations_and_not_the_admission(night):
    placed(night)

    assert len(move(night, night.first, round_minutes=night.round_minutes + 5)) == 2


@pytest.mark.parametrize(
    "what", [{"rounds": 5}, {"team_size": 12}, {}], ids=["one round more", "another rule", "nothing"]
)
def test_what_moves_no_time_writes_no_letter(night, what):
    placed(night)

    assert move(night, night.first, **what) == []


def test_a_class_that_waits_has_no_time_to_be_told_of(night):
    nf.SchoolClassFactory(booking=nf.BookingFactory(night=night), state=ClassState.WAITING)

    assert move(night, night.first, minutes=30) == []


def test_after_the_evening_a_correction_writes_to_nobody(night):
    placed(night)

    assert move(night, night.first, minutes=30, at=night.event.ends_at + timedelta(days=2)) == []
    assert letters() == []
