"""A booking's own page, the people who share it, and what /me/ and the privacy page say."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from events.mail.models import Letter
from events.programme import services as event_services
from events.programme.models import EventState
from events.retention.rules import all_rules
from registrations.allocation import hand
from registrations.bookings import people, pieces, retention, scoring, services
from registrations.bookings.models import Booking, SchoolClass
from registrations.bookings.queries import ORGANISERS_ALONE, history_of, schools_history_of
from registrations.bookings.states import BookingState, ClassState
from tests import night_factories as nf
from tests.factories import UserFactory
from tests.registrations.bookings.real_clock import evening

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return UserFactory(name="Lena Lärare", email="lena@skola.example")


@pytest.fixture
def client(client_for, teacher):
    return client_for(teacher)


def booked(teacher, **facts) -> Booking:
    night = facts.pop("night", None) or evening()
    booking = nf.BookingFactory(night=night, owner=teacher, **facts)
    nf.SchoolClassFactory(booking=booking, label="9A")
    return booking


def own(booking: Booking) -> str:
    return reverse("registrations:own-booking", args=[booking.pk])


def test_own_page_changes_and_cancels_while_booking_is_open(client, teacher):
    booking = booked(teacher)
    one = booking.classes.get()

    page = client.get(own(booking)).content.decode()

    assert reverse("registrations:booking-class", args=[booking.pk, one.pk]) in page
    assert reverse("registrations:booking-change", args=[booking.pk]) not in page


def test_own_page_asks_for_a_change_after_the_deadline_and_shows_the_answer(client, teacher):
    booking = booked(teacher, night=evening(closes_in=-1))
    one = booking.classes.get()
    path = reverse("registrations:booking-change", args=[booking.pk])

    page = client.get(own(booking)).content.decode()
    assert f'"{reverse("registrations:booking-class", args=[booking.pk, one.pk])}"' not in page
    assert path in page
    client.post(path, {"kind": "numbers", "school_class": one.pk, "text": "Vi blir 20."})
    booking.requests.update(granted=True, answer="Det går bra.", answered_at=timezone.now())

    page = client.get(own(booking)).content.decode()
    assert "Vi blir 20." in page
    assert "Det går bra." in page


def test_own_page_of_a_cancelled_evening_offers_nothing(client, teacher):
    booking = booked(teacher, night=evening(event__state=EventState.CANCELLED))
    one = booking.classes.get()

    page = client.get(own(booking)).content.decode()

    assert "next-step" not in page
    for name, args in (("booking-class", [one.pk]), ("booking-class-cancel", [one.pk]), ("substitute-make", [])):
        assert reverse(f"registrations:{name}", args=[booking.pk, *args]) not in page


@pytest.mark.parametrize("state", [ClassState.APPLIED, ClassState.OFFERED, ClassState.CONFIRMED, ClassState.WAITING])
def test_nobody_comes_or_waits_when_the_evening_is_cancelled(client, teacher, state):
    booking = booked(teacher, night=evening(event__state=EventState.CANCELLED))
    wave = nf.WaveFactory(night=booking.night) if state in ClassState.holding() else None
    SchoolClass.objects.update(state=state, wave=wave)

    pages = [client.get(path).content.decode() for path in (own(booking), reverse("events:home"))]

    for page in pages:
        assert str(EventState.CANCELLED.label) in page
        assert str(state.label) not in page
        assert "Ni behöver inte göra något" not in page


def test_start_of_a_cancelled_evening_says_so(client):
    night = evening(event__state=EventState.CANCELLED)

    page = client.get(reverse("registrations:booking-start", args=[night.event.slug])).content.decode()

    assert "Evenemanget är inställt" in page
    assert "Skolor kan inte boka just nu" not in page


@pytest.mark.parametrize("state", [ClassState.OFFERED, ClassState.CONFIRMED, ClassState.WAITING, ClassState.GIVEN_BACK])
def test_own_page_shows_a_told_class_with_its_place(client, teacher, state):
    booking = booked(teacher, night=evening(closes_in=-1))
    wave = nf.WaveFactory(night=booking.night) if state in ClassState.holding() else None
    SchoolClass.objects.update(state=state, wave=wave)

    response = client.get(own(booking))

    assert f'id="place-{booking.classes.get().pk}"' in response.content.decode()
    assert bool(response.context["to_answer"]) is (state == ClassState.OFFERED)


def test_own_page_promises_no_answer_to_who_has_had_one(client, teacher):
    booking = booked(teacher)
    before = client.get(own(booking)).content.decode()
    booking.classes.update(state=ClassState.GIVEN_BACK)
    after = client.get(own(booking)).content.decode()

    promise = "Ni får svar senast"
    assert (promise in before, promise in after) == (True, False)


def test_own_page_says_that_an_answer_is_late(client, teacher):
    booking = booked(teacher)
    night = booking.night
    night.answers_on = timezone.localdate() - timedelta(days=1)
    night.save()

    assert "Ni får svar senast" not in client.get(own(booking)).content.decode()


def test_own_page_keeps_what_the_organiser_weighs_to_the_organiser(client, teacher, organiser):
    booking = booked(teacher)
    one = booking.classes.get()
    at = timezone.now()
    scoring.score_class(school_class=one, score=7, note="", seen=scoring.seen_as(one), by=organiser, at=at)
    hand.place_by_hand(school_class=one, gets_a_place=False, wave=None, note="", by=organiser, at=at)
    hand.release(school_class=one, by=organiser, at=at)
    rows = [one]

    theirs = {entry.verb for entry in schools_history_of(booking, rows)}
    all_of_it = {entry.verb for entry in history_of(booking, rows)}

    assert all_of_it - theirs == ORGANISERS_ALONE == {scoring.SCORED, hand.PLACED, hand.RELEASED}
    assert organiser.name not in client.get(own(booking)).content.decode()


def test_own_page_takes_as_many_queries_for_three_classes_as_for_one(client, teacher, django_assert_num_queries):
    booking = booked(teacher)
    client.get(own(booking))
    with django_assert_num_queries(25, exact=False) as one:
        client.get(own(booking))
    nf.SchoolClassFactory.create_batch(2, booking=booking)
    with django_assert_num_queries(len(one)):
        client.get(own(booking))


def test_own_page_of_a_draft_that_was_never_sent_says_so(client, teacher):
    draft = nf.BookingFactory(night=evening(closes_in=-1), state=BookingState.DRAFT, sent_at=None, owner=teacher)

    response = client.get(own(draft))

    assert response.status_code == 200
    assert draft.night.event.contact_email in response.content.decode()


def test_cancelling_asks_first(client, teacher):
    booking = booked(teacher)
    one = booking.classes.get()
    path = reverse("registrations:booking-class-cancel", args=[booking.pk, one.pk])

    client.get(path)
    one.refresh_from_db()
    assert one.state == ClassState.APPLIED
    client.post(path)
    one.refresh_from_db()
    assert one.state == ClassState.CANCELLED


def test_a_draft_that_is_thrown_away_leads_home(client, teacher):
    booking = nf.BookingFactory(night=evening(), state=BookingState.DRAFT, sent_at=None, owner=teacher)

    response = client.post(reverse("registrations:booking-cancel", args=[booking.pk]))

    assert response.url == reverse("events:home")
    assert not Booking.objects.exists()


def test_an_invitation_works_for_its_address_alone(client, client_for, teacher):
    booking = booked(teacher)
    client.post(reverse("registrations:booking-invite", args=[booking.pk]), {"email": "bo@skola.example"})
    link = re.search(r"/bookings/join/\S+/", Letter.objects.get().text).group()
    bo, stranger = UserFactory(email="bo@skola.example"), UserFactory()

    assert client_for(stranger).post(link).status_code == 200
    assert client_for(bo).get(link).status_code == 200
    assert booking.people.count() == 1
    assert client_for(bo).post(link).url == own(booking)
    assert client_for(bo).get(own(booking)).status_code == 200
    assert client_for(stranger).get(own(booking)).status_code == 404


def test_somebody_who_only_asked_sees_nothing(client_for, teacher):
    booking = booked(teacher)
    asker = UserFactory()
    people.ask_to_share(booking=booking, by=asker, at=timezone.now())

    assert client_for(asker).get(own(booking)).status_code == 404
    assert booking.school.name in client_for(asker).get(reverse("events:home")).content.decode()


def test_next_steps_are_drafts_and_colleagues_who_ask(client, teacher, rf):
    draft = nf.BookingFactory(night=evening(), state=BookingState.DRAFT, sent_at=None, owner=teacher)
    nf.BookingFactory(night=evening(closes_in=-1), state=BookingState.DRAFT, sent_at=None, owner=teacher)
    booking = booked(teacher)
    people.ask_to_share(booking=booking, by=UserFactory(), at=timezone.now())

    steps = pieces.next_steps(teacher, rf.get("/me/"))

    assert [step.url for step in steps] == [own(draft), own(booking) + "#people"]
    assert client.get(reverse("events:home")).status_code == 200


def test_home_takes_as_many_queries_for_three_bookings_as_for_one(client, teacher, django_assert_num_queries):
    booked(teacher)
    client.get(reverse("events:home"))
    with django_assert_num_queries(30, exact=False) as one:
        client.get(reverse("events:home"))
    booked(teacher)
    booked(teacher)
    with django_assert_num_queries(len(one)):
        client.get(reverse("events:home"))


def test_cancelling_the_evening_writes_to_every_booking(teacher, organiser, now):
    night = nf.NightFactory()
    booked(teacher, night=night)
    booked(UserFactory(), night=night, state=BookingState.CANCELLED)

    event_services.cancel_event(event=night.event, by=organiser, at=now)

    assert sorted(Letter.objects.values_list("to", flat=True)) == ["lena@skola.example"]
    assert pieces.registered(night.event) == 1


# --- How long -------------------------------------------------------------------------------------------------------


def test_needs_are_forgotten_thirty_days_after_the_evening(now):
    one = nf.SchoolClassFactory(needs={"wheelchair": 1}, diets={"vegan": 2})
    ends = one.booking.night.event.ends_at

    assert retention.erase_needs(ends, 10) == 0
    assert retention.erase_needs(ends + timedelta(seconds=1), 10) == 1
    assert retention.erase_needs(ends + timedelta(seconds=1), 10) == 0
    one.refresh_from_db()
    assert (one.needs, one.diets) == ({}, {})


def test_contacts_go_and_the_school_stays(teacher, now):
    booking = booked(teacher, night=nf.NightFactory())
    services.ask_for_change(booking=booking, kind="other", text="Ring Lena.", school_class=None, by=teacher, at=now)
    after = booking.night.event.ends_at + timedelta(seconds=1)

    assert retention.erase_contacts(after, 10) == 2
    assert retention.erase_contacts(after, 10) == 0
    booking.refresh_from_db()
    assert (booking.contact_name, booking.contact_email, booking.contact_phone) == ("", "", "")
    assert booking.requests.get().text == ""
    assert booking.classes.count() == 1


def test_drafts_are_thrown_away_whole_and_sent_bookings_kept(teacher, now):
    draft = nf.BookingFactory(state=BookingState.DRAFT, sent_at=None, started_at=now)
    nf.SchoolClassFactory(booking=draft)
    sent = booked(teacher, night=nf.NightFactory())

    assert retention.erase_drafts(now, 10) == 0
    assert retention.erase_drafts(now + timedelta(seconds=1), 10) == 1
    assert list(Booking.objects.all()) == [sent]


def test_the_privacy_page_prints_the_rules(client):
    page = client.get(reverse("events:privacy")).content.decode()

    for rule in (retention.BOOKING_CONTACTS, retention.NEEDS, retention.DRAFTS):
        assert rule in all_rules()
        assert escape(str(rule.what)) in page
