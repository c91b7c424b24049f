import pytest
from django.urls import reverse

from events.mail.models import Letter
from registrations.bookings.decisions import (
    AnsweredAlready,
    Granted,
    NoCommonTime,
    TwoMunicipalities,
    answer_request,
    does_itself,
    name_bus,
)
from registrations.bookings.models import RequestKind, SchoolClass
from registrations.bookings.refusals import EveningOver, NeedsOverPupils, SameLabel
from registrations.bookings.states import ClassState
from tests.factories import NOW, UserFactory
from tests.night_factories import (
    EVENING,
    BookingFactory,
    ChangeRequestFactory,
    NightFactory,
    SchoolClassFactory,
    SchoolFactory,
    WaveFactory,
)

pytestmark = pytest.mark.django_db


def asks(kind, one):
    return ChangeRequestFactory(booking=one.booking, school_class=one, kind=kind)


def answer(request, granted=True, change=None, at=NOW):
    return answer_request(
        request=request, granted=granted, answer="Det går bra.", change=change, by=UserFactory(), at=at
    )


@pytest.mark.parametrize("state", [ClassState.APPLIED, ClassState.WAITING])
def test_yes_to_other_numbers_changes_them(state):
    one = SchoolClassFactory(pupils=20, adults=2, state=state)
    request = asks(RequestKind.NUMBERS, one)

    answer(request, change=Granted(pupils=24, adults=3))

    one.refresh_from_db()
    request.refresh_from_db()
    assert (one.pupils, one.adults, one.version) == (24, 3, 2)
    assert (request.granted, request.answer, request.answered_at) == (True, "Det går bra.", NOW)
    assert "lena@skola.example" in Letter.objects.values_list("to", flat=True)


def test_no_changes_nothing_but_is_told():
    one = SchoolClassFactory(pupils=20)

    answer(asks(RequestKind.NUMBERS, one), granted=False, change=Granted(pupils=24, adults=3))

    one.refresh_from_db()
    assert one.pupils == 20
    assert Letter.objects.exists()


def test_yes_to_fewer_pupils_than_needs_is_refused_whole():
    one = SchoolClassFactory(pupils=20, needs={"quiet": 5})
    request = asks(RequestKind.NUMBERS, one)

    with pytest.raises(NeedsOverPupils):
        answer(request, change=Granted(pupils=4, adults=2))

    request.refresh_from_db()
    assert request.granted is None
    assert not Letter.objects.exists()


def test_yes_to_another_time_changes_when_the_class_can_come():
    one = SchoolClassFactory()
    wave = WaveFactory(night=one.booking.night)

    answer(asks(RequestKind.WAVE, one), change=Granted(waves=frozenset([wave.pk, WaveFactory().pk])))

    assert list(one.possible_waves.all()) == [wave]


@pytest.mark.parametrize(("told_at", "state"), [(None, ClassState.APPLIED), (NOW, ClassState.WAITING)])
def test_yes_to_one_more_class_adds_it_where_it_belongs(told_at, state):
    one = SchoolClassFactory(label="9A", told_at=told_at)
    request = ChangeRequestFactory(booking=one.booking, kind=RequestKind.NEW_CLASS)

    answer(request, change=Granted(label="9D", grade=9, pupils=18, adults=1))

    added = SchoolClass.objects.get(label="9D")
    assert (added.booking, added.pupils, added.adults, added.state) == (one.booking, 18, 1, state)


def test_one_more_class_must_be_another():
    one = SchoolClassFactory(label="9A")
    request = ChangeRequestFactory(booking=one.booking, kind=RequestKind.NEW_CLASS)

    with pytest.raises(SameLabel):
        answer(request, change=Granted(label="Klass 9a", grade=9, pupils=18, adults=1))


def test_what_is_asked_otherwise_is_only_answered():
    one = SchoolClassFactory()

    assert [does_itself(asks(kind, one)) for kind in RequestKind] == [True, True, True, False]
    answer(asks(RequestKind.OTHER, one))


def test_a_request_is_answered_once_and_before_the_evening():
    request = asks(RequestKind.OTHER, SchoolClassFactory())
    with pytest.raises(EveningOver):
        answer(request, at=EVENING.replace(year=2028))
    answer(request)

    with pytest.raises(AnsweredAlready):
        answer(request, granted=False)


def test_a_bus_is_named_for_several_classes():
    booking = BookingFactory()
    chosen = [SchoolClassFactory(booking=booking) for _ in range(2)]
    gone = SchoolClassFactory(booking=booking, state=ClassState.CANCELLED)

    done = name_bus(night=booking.night, pks=[one.pk for one in [*chosen, gone]], bus="Gul", by=UserFactory(), at=NOW)

    assert done == chosen
    assert set(SchoolClass.objects.filter(bus="Gul")) == set(chosen)


def test_a_bus_stays_in_one_municipality_and_has_a_time(django_user_model):
    night = NightFactory()
    early, late = WaveFactory(night=night), WaveFactory(night=night)
    first, second, third = (SchoolClassFactory(booking__night=night) for _ in range(3))
    first.possible_waves.add(early)
    second.possible_waves.add(late)
    elsewhere = SchoolClassFactory(booking__night=night, booking__school=SchoolFactory(municipality_id="1285"))

    def bus(*some):
        return name_bus(night=night, pks=[one.pk for one in some], bus="1", by=UserFactory(), at=NOW)

    with pytest.raises(NoCommonTime):
        bus(first, second)
    with pytest.raises(TwoMunicipalities):
        bus(first, elsewhere)
    assert bus(first, third) == [first, third]


@pytest.fixture
def client(organiser_client, monkeypatch):
    monkeypatch.setattr("events.programme.models.Event.takes_decisions", lambda event, at: True)
    return organiser_client


def test_organiser_answers_on_the_page(client):
    one = SchoolClassFactory(pupils=20)
    request = asks(RequestKind.NUMBERS, one)
    slug = one.booking.night.event.slug
    page = reverse("registrations:school-request", args=[slug, request.pk])
    browser = client(one.booking.night.event)

    without = browser.post(page, {"decision": "grant", "answer": "Ja", "pupils": "", "adults": "2"})
    wordless = browser.post(page, {"decision": "decline", "answer": ""})
    done = browser.post(page, {"decision": "grant", "answer": "Ja", "pupils": "22", "adults": "2"})
    again = browser.post(page, {"decision": "decline", "answer": "Nej"})

    one.refresh_from_db()
    assert [page.status_code for page in (without, wordless, done, again)] == [422, 422, 302, 409]
    assert one.pupils == 22


def test_organiser_names_a_bus_in_the_list(client):
    one = SchoolClassFactory()
    slug = one.booking.night.event.slug
    browser = client(one.booking.night.event)
    page = reverse("registrations:school-bus", args=[slug])

    browser.post(page, {"chosen": [one.pk, "x", "9" * 30], "bus": " Gul  buss "})
    answer = browser.post(page, {"bus": "Gul", "next": "https://elsewhere.example/"})

    one.refresh_from_db()
    assert one.bus == "Gul buss"
    assert answer.url == reverse("registrations:school-list", args=[slug])
