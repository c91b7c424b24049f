from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.access.models import AuditEntry
from events.mail.models import Letter
from registrations.bookings import substitutes
from registrations.bookings.models import Booking, SubstituteLink
from registrations.bookings.refusals import LinkRevoked, LinkTooLate
from registrations.bookings.states import BookingState, ClassState
from tests import night_factories as nf
from tests.factories import UserFactory
from tests.registrations.bookings.real_clock import evening

pytestmark = pytest.mark.django_db
EVENING = date(2027, 4, 22)


@pytest.fixture
def teacher():
    return UserFactory(email="lena@skola.example")


@pytest.fixture
def booking(teacher) -> Booking:
    return nf.BookingFactory(owner=teacher)


def make(booking, by, at, **facts):
    return substitutes.make_link(booking=booking, by=by, at=at, **({"name": "Vic", "until": EVENING} | facts))


def test_make_link_stores_no_token_and_revokes_the_old_one(booking, teacher, now):
    old, old_token = make(booking, teacher, now)
    new, token = make(booking, teacher, now, email="vic@skola.example")

    old.refresh_from_db()
    assert old.revoked_at == now
    assert substitutes.find_link(old_token, now) is None
    assert substitutes.find_link(token, now) == new
    assert token not in str(SubstituteLink.objects.values())
    assert token in Letter.objects.get(to="vic@skola.example").text
    assert "Vic" not in str(list(AuditEntry.objects.about(booking).values("changes", "object_name")))


def test_link_works_until_the_end_of_its_last_day_in_stockholm(booking, teacher, now):
    link, token = make(booking, teacher, now)

    assert timezone.localtime(link.expires_at).isoformat() == "2027-04-23T00:00:00+02:00"
    assert link.last_day == EVENING
    assert substitutes.find_link(token, link.expires_at - timedelta(seconds=1)) == link
    assert substitutes.find_link(token, link.expires_at) is None


@pytest.mark.parametrize("until", [date(2027, 2, 28), date(2027, 4, 23)])
def test_make_link_keeps_within_today_and_the_evening(booking, teacher, now, until):
    with pytest.raises(LinkTooLate):
        make(booking, teacher, now, until=until)


def test_change_by_a_link_that_was_revoked_meanwhile_is_refused(booking, teacher, now):
    wave = nf.WaveFactory(night=booking.night)
    one = nf.SchoolClassFactory(booking=booking, state=ClassState.CONFIRMED, wave=wave, pupils=20)
    link, _token = make(booking, teacher, now)
    substitutes.revoke_link(link=link, by=teacher, at=now)
    substitutes.revoke_link(link=link, by=teacher, at=now)
    said = {"pupils": 18, "adults": 2, "seen": 20}

    with pytest.raises(LinkRevoked):
        substitutes.change_numbers_by_link(link=link, school_class=one, at=now, **said)
    with pytest.raises(LinkRevoked):
        substitutes.confirm_by_link(link=link, school_class=one, at=now)

    one.refresh_from_db()
    assert one.pupils == 20


@pytest.fixture
def tonight(teacher):
    """A booking of an evening that lies ahead of the real clock, and a link's token: pages ask the real clock."""
    now = timezone.now()
    night = evening(starts_in=3, closes_in=-10)
    soon = night.event.starts_at
    booking = nf.BookingFactory(night=night, owner=teacher)
    wave = nf.WaveFactory(night=night, starts_at=soon)
    one = nf.SchoolClassFactory(booking=booking, state=ClassState.OFFERED, wave=wave, pupils=20, label="9A")
    _link, token = make(booking, teacher, now, until=timezone.localtime(soon).date())
    return booking, one, token


def read(token: str) -> str:
    """The page in English, as whoever has the link reads it."""
    client = Client()
    client.cookies["torget_language"] = "en"
    return client.get(page(token)).content.decode()


def page(token: str) -> str:
    return reverse("registrations:substitute", args=[token])


def test_page_is_secret_and_kept_by_nobody(tonight):
    response = Client().get(page(tonight[2]))

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "9A" in response.content.decode()
    assert SubstituteLink.objects.get().used_at is not None


def test_page_speaks_of_papers_only_when_a_class_has_a_place(tonight):
    _booking, one, token = tonight
    placed = read(token)
    one.state, one.wave = ClassState.WAITING, None
    one.save()
    waiting = read(token)

    hint = "No class has a place yet"
    assert (hint in placed, "sheets.pdf" in placed, hint in waiting, "sheets.pdf" in waiting) == (
        False,
        True,
        True,
        False,
    )


def test_page_of_a_revoked_link_says_whom_to_ask_and_nothing_of_the_booking(tonight, teacher):
    booking, _one, token = tonight
    substitutes.revoke_link(link=booking.substitute_links.get(), by=teacher, at=timezone.now())

    revoked, unknown = Client().get(page(token)), Client().get(page("x" * 32))

    assert (revoked.status_code, unknown.status_code) == (404, 404)
    assert "The link does not work" in read(token)
    assert "The link does not work" in read("x" * 32)
    assert booking.school.name not in revoked.content.decode()


def test_page_can_not_cancel_or_invite(tonight):
    content = Client().get(page(tonight[2])).content.decode()

    assert "give-back" not in content
    assert "cancel" not in content
    assert "invite" not in content


def test_substitute_confirms_and_changes_the_numbers(tonight):
    booking, one, token = tonight
    client = Client()

    client.post(reverse("registrations:substitute-confirm", args=[token, one.pk]))
    said = {f"c{one.pk}-pupils": "18", f"c{one.pk}-adults": "3", f"c{one.pk}-seen": "20"}
    response = client.post(reverse("registrations:substitute-numbers", args=[token, one.pk]), said)

    one.refresh_from_db()
    assert response.status_code == 302
    assert (one.state, one.pupils, one.adults) == (ClassState.CONFIRMED, 18, 3)
    assert AuditEntry.objects.about(booking).filter(verb="booking.substitute_changed").count() == 1


@pytest.mark.parametrize("typed", ["0", "-1", "500", "27.5", "tjugo", ""])
def test_absurd_numbers_are_refused_at_the_field(tonight, typed):
    _booking, one, token = tonight
    said = {f"c{one.pk}-pupils": typed, f"c{one.pk}-adults": "3", f"c{one.pk}-seen": "20"}

    response = Client().post(reverse("registrations:substitute-numbers", args=[token, one.pk]), said)

    one.refresh_from_db()
    assert (response.status_code, one.pupils) == (422, 20)
    assert f'value="{typed}"' in response.content.decode() or not typed


def test_page_is_gone_when_revoked(tonight, teacher, now):
    booking, _one, token = tonight
    substitutes.revoke_link(link=booking.substitute_links.get(), by=teacher, at=now)

    assert Client().get(page(token)).status_code == 404


def test_guessing_is_slowed_down_and_a_right_link_never(tonight, limits):
    client = Client()
    assert {client.get(page(tonight[2])).status_code for _ in range(30)} == {200}

    answers = [client.get(page(f"gissning{n}")).status_code for n in range(22)]

    assert answers == [404] * 21 + [429]


def test_the_link_is_shown_once(tonight, teacher, client_for):
    booking = tonight[0]
    client = client_for(teacher)
    make_url = reverse("registrations:substitute-make", args=[booking.pk])
    until = client.get(make_url).context["form"].initial["until"]

    response = client.post(make_url, {"name": "Vic", "until": until.isoformat()})
    first = client.get(response.url)
    again = client.get(response.url)

    assert "/substitute/" in first.context["address"]
    assert again.status_code == 302


def test_a_link_of_a_draft_opens_nothing(booking, teacher, now):
    _link, token = make(booking, teacher, now)
    Booking.objects.filter(pk=booking.pk).update(state=BookingState.DRAFT)

    assert substitutes.find_link(token, now) is None
