"""A school phones, and the organiser writes down what it says."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.access.models import AuditEntry, Role
from events.mail.models import Letter
from registrations.bookings.places.phoned import note_call
from registrations.bookings.places.refusals import NoRoom
from registrations.bookings.states import ClassState
from tests import factories
from tests import night_factories as nf
from tests.registrations.bookings.places.evening import evening, placed

pytestmark = pytest.mark.django_db


@pytest.fixture
def night():
    """An evening ten days from the real now, with room for 22 in its admission."""
    at = timezone.now()
    days = {"registration_opens_at": -40, "registration_closes_at": -20, "starts_at": 10, "ends_at": 10.2}
    made = evening(wave_capacity=22, **{f"event__{name}": at + timedelta(days=n) for name, n in days.items()})
    made.first.starts_at = made.event.starts_at
    made.first.save()
    return made


@pytest.fixture
def mine(night):
    booking = nf.BookingFactory(night=night, contact_email="lena@skolan.example")
    return placed(night, booking=booking, label="9A", sizes=(10, 10), needs={"quiet": 1})


@pytest.fixture
def organiser(night):
    return factories.grant(factories.UserFactory(name="Olle Organisatör"), Role.ORGANISER, event=night.event).user


@pytest.fixture
def client(client_for, organiser):
    return client_for(organiser)


def url(one) -> str:
    return reverse("registrations:place-phoned", args=[one.booking.night.event.slug, one.pk])


def said(one, **more) -> dict:
    typed = {"pupils": one.pupils, "adults": one.adults, "seen": one.pupils, f"version-{one.pk}": one.version}
    return typed | {f"need_{kind}": count for kind, count in one.needs.items()} | more


def letters() -> int:
    return Letter.objects.filter(to="lena@skolan.example").count()


def test_numbers_and_needs_are_written_down_in_one_act(client, organiser, mine):
    answer = client.post(url(mine), said(mine, pupils=22, need_wheelchair=1))

    assert answer.status_code == 302
    mine.refresh_from_db()
    assert (mine.pupils, mine.needs) == (22, {"quiet": 1, "wheelchair": 1})
    assert set(AuditEntry.objects.about(mine).values_list("actor", flat=True)) == {organiser.pk}


def test_other_needs_alone_are_told_to_the_school(client, mine):
    client.post(url(mine), said(mine, need_quiet=2))

    assert letters() == 1
    client.post(url(mine), said(mine, need_quiet=2))  # a double click
    assert letters() == 1


def test_what_is_as_it_was_promises_no_letter(client, mine):
    answer = client.post(url(mine), said(mine), follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["info"]
    assert letters() == 0


def test_nothing_of_it_is_saved_where_there_is_no_room(night, organiser, mine):
    placed(night, sizes=(2,))
    numbers = {"pupils": 30, "adults": 2, "seen": 20}

    with pytest.raises(NoRoom):
        note_call(school_class=mine, needs={}, diets={}, seen=1, numbers=numbers, by=organiser, at=timezone.now())

    mine.refresh_from_db()
    assert (mine.pupils, mine.needs, letters()) == (20, {"quiet": 1}, 0)


def test_the_page_says_how_many_fit_and_keeps_what_was_typed(client, mine):
    answer = client.post(url(mine), said(mine, pupils=30, need_quiet=3))

    assert (answer.status_code, answer.context["form"]["need_quiet"].value()) == (409, "3")
    assert answer.context["numbers"]["pupils"].value() == "30"
    assert answer.context["refusal"].facts["pupils"] == 22


def test_what_changed_meanwhile_is_shown_and_saving_again_counts(client, mine):
    typed = said(mine, pupils=21)
    mine.pupils, mine.version = 19, 2
    mine.save()

    answer = client.post(url(mine), typed)

    assert (answer.status_code, answer.context["numbers"]["seen"].value()) == (409, 19)
    assert client.post(url(mine), typed | {"seen": 19}).status_code == 302
    mine.refresh_from_db()
    assert mine.pupils == 21


def test_what_can_not_be_read_is_said(client, mine):
    answer = client.post(url(mine), said(mine, pupils="många", need_quiet="-1"))

    assert (answer.status_code, set(answer.context["numbers"].errors)) == (422, {"pupils"})
    assert set(answer.context["form"].errors) == {"need_quiet"}


def test_a_class_that_waits_says_needs_and_no_numbers(client, night):
    one = nf.SchoolClassFactory(booking=nf.BookingFactory(night=night), state=ClassState.WAITING)

    assert client.get(url(one)).context["numbers"] is None
    assert client.post(url(one), {"need_quiet": "1", f"version-{one.pk}": "1"}).status_code == 302


def test_the_booking_leads_there_until_the_class_comes_in(client, night, mine):
    room = reverse("registrations:school-booking", args=[night.event.slug, mine.booking_id])
    assert url(mine) in client.get(room).content.decode()

    night.first.starts_at = timezone.now() - timedelta(minutes=1)
    night.first.save()

    assert url(mine) not in client.get(room).content.decode()
    assert client.get(url(mine)).status_code == 302
