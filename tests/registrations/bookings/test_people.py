from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.access.models import AuditEntry
from events.mail.models import Letter
from registrations.bookings import people, substitutes
from registrations.bookings.models import Booking, BookingRole
from registrations.bookings.refusals import AlreadyInBooking, InvitationWithdrawn, LastOwner, NoLongerThere
from registrations.bookings.states import BookingState, ClassState
from tests import night_factories as nf
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return UserFactory(email="lena@skola.example")


@pytest.fixture
def colleague():
    return UserFactory(email="bo@skola.example")


@pytest.fixture
def booking(teacher) -> Booking:
    booking = nf.BookingFactory(owner=teacher)
    nf.SchoolClassFactory(booking=booking, label="9A")
    return booking


def roles(booking) -> dict:
    return {person.user.email: person.role for person in booking.people.filter(joined_at__isnull=False)}


def test_invitation_leads_the_invited_address_in(booking, teacher, colleague, now):
    people.invite_colleague(booking=booking, email="Bo@Skola.example", by=teacher, at=now)
    token = people.invitation_token(booking, "Bo@Skola.example", timezone.now())
    assert people.read_invitation(token)[:2] == (booking.pk, colleague.email)

    people.join_by_invitation(booking=booking, sent_at=now, by=colleague, at=now)
    people.join_by_invitation(booking=booking, sent_at=now, by=colleague, at=now)

    assert roles(booking) == {teacher.email: BookingRole.OWNER, colleague.email: BookingRole.MEMBER}
    assert list(Letter.objects.order_by("pk").values_list("to", flat=True)) == [colleague.email, teacher.email]


def test_owner_reads_a_nameless_colleagues_address_once(booking, teacher, now):
    people.join_by_invitation(booking=booking, sent_at=now, by=UserFactory(name="", email="bo@skola.example"), at=now)

    assert Letter.objects.get().text.count("bo@skola.example") == 1


def test_invitation_is_not_sent_to_somebody_who_is_in(booking, teacher, now):
    with pytest.raises(AlreadyInBooking):
        people.invite_colleague(booking=booking, email="LENA@skola.example", by=teacher, at=now)


def test_a_made_up_invitation_is_none():
    assert people.read_invitation("pahittad") is None


def test_ask_to_share_writes_to_the_owner_once(booking, teacher, colleague, now):
    people.ask_to_share(booking=booking, by=colleague, at=now)
    people.ask_to_share(booking=booking, by=colleague, at=now)

    assert Letter.objects.get().to == teacher.email
    assert roles(booking) == {teacher.email: BookingRole.OWNER}


def test_answer_yes_drops_the_colleagues_double_and_a_booking_without_classes(booking, teacher, colleague, now):
    theirs = nf.BookingFactory(night=booking.night, school=booking.school, owner=colleague)
    double = nf.SchoolClassFactory(booking=theirs, label="klass 9 A")
    person = people.ask_to_share(booking=booking, by=colleague, at=now)

    people.answer_request(person=person, welcome=True, by=teacher, at=now)

    double.refresh_from_db()
    theirs.refresh_from_db()
    assert roles(booking) == {teacher.email: BookingRole.OWNER, colleague.email: BookingRole.MEMBER}
    assert (double.state, theirs.state) == (ClassState.CANCELLED, BookingState.CANCELLED)


def test_answer_yes_leaves_the_colleagues_other_classes(booking, teacher, colleague, now):
    theirs = nf.BookingFactory(
        night=booking.night, school=booking.school, owner=colleague, state=BookingState.DRAFT, sent_at=None
    )
    nf.SchoolClassFactory(booking=theirs, label="9A")
    other = nf.SchoolClassFactory(booking=theirs, label="9B")
    person = people.ask_to_share(booking=booking, by=colleague, at=now)

    people.answer_request(person=person, welcome=True, by=teacher, at=now)

    assert list(theirs.classes.all()) == [other]


def test_answer_yes_leaves_the_colleagues_other_bookings(booking, teacher, colleague, now):
    """Only a booking that lost its last class just now is closed, and its trail says so."""
    draft = {"night": booking.night, "school": booking.school, "owner": colleague}
    theirs = nf.BookingFactory(**draft)
    nf.SchoolClassFactory(booking=theirs, label="9A")
    begun = nf.BookingFactory(**draft, state=BookingState.DRAFT, sent_at=None)
    person = people.ask_to_share(booking=booking, by=colleague, at=now)

    people.answer_request(person=person, welcome=True, by=teacher, at=now)

    theirs.refresh_from_db()
    begun.refresh_from_db()
    assert (theirs.state, begun.state) == (BookingState.CANCELLED, BookingState.DRAFT)
    assert [entry.verb for entry in AuditEntry.objects.about(theirs)] == ["booking.joined_another"]


def test_answer_no_leaves_everything_and_may_be_asked_again(booking, teacher, colleague, now):
    person = people.ask_to_share(booking=booking, by=colleague, at=now)

    people.answer_request(person=person, welcome=False, by=teacher, at=now)
    people.answer_request(person=person, welcome=True, by=teacher, at=now)  # too late: answered

    assert roles(booking) == {teacher.email: BookingRole.OWNER}
    assert people.ask_to_share(booking=booking, by=colleague, at=now).joined_at is None


def test_hand_over_changes_places(booking, teacher, colleague, now):
    person = people.join_by_invitation(booking=booking, sent_at=now, by=colleague, at=now)

    people.hand_over(person=person, by=teacher, at=now)

    assert roles(booking) == {teacher.email: BookingRole.MEMBER, colleague.email: BookingRole.OWNER}


def test_hand_over_needs_somebody_who_is_there(booking, teacher, colleague, now):
    person = people.join_by_invitation(booking=booking, sent_at=now, by=colleague, at=now)
    people.remove_person(person=person, by=teacher, at=now)

    with pytest.raises(NoLongerThere):
        people.hand_over(person=person, by=teacher, at=now)


def test_remove_person_never_leaves_a_booking_alone(booking, teacher, now):
    with pytest.raises(LastOwner):
        people.remove_person(person=booking.people.get(), by=teacher, at=now)


def test_whoever_is_taken_out_has_no_way_back(booking, teacher, colleague, now):
    """Neither by the invitation that led in, nor by a link made for a substitute; a new invitation works."""
    later = now + timedelta(minutes=1)
    person = people.join_by_invitation(booking=booking, sent_at=now, by=colleague, at=now)
    day = booking.night.event.starts_at.date()
    _link, token = substitutes.make_link(booking=booking, name="Vik", until=day, by=colleague, at=now)

    people.remove_person(person=person, by=teacher, at=now)

    assert substitutes.find_link(token, now) is None
    with pytest.raises(InvitationWithdrawn):
        people.join_by_invitation(booking=booking, sent_at=now, by=colleague, at=later)
    people.join_by_invitation(booking=booking, sent_at=later, by=colleague, at=later)
    assert colleague.email in roles(booking)


def test_whoever_leaves_may_come_back_and_leaves_the_link_behind(booking, teacher, colleague, now):
    person = people.join_by_invitation(booking=booking, sent_at=now, by=colleague, at=now)
    day = booking.night.event.starts_at.date()
    _link, token = substitutes.make_link(booking=booking, name="Vik", until=day, by=colleague, at=now)

    people.remove_person(person=person, by=colleague, at=now)

    assert substitutes.find_link(token, now) is not None
    people.join_by_invitation(booking=booking, sent_at=now, by=colleague, at=now)


def test_an_old_invitation_of_somebody_taken_out_says_that_it_is_too_old(client_for, booking, teacher, colleague, now):
    token = people.invitation_token(booking, colleague.email, now)
    person = people.join_by_invitation(booking=booking, sent_at=now, by=colleague, at=now)
    people.remove_person(person=person, by=teacher, at=now)

    assert client_for(colleague).get(reverse("registrations:booking-join", args=[token])).status_code == 410


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a@lund.se", "b@LUND.se", True),
        ("a@lund.se", "b@malmo.se", False),
        ("a@gmail.com", "b@gmail.com", False),
        ("a@edu.lund.se", "b@lund.se", False),
    ],
)
def test_same_employer_needs_an_address_of_its_own(one, other, same):
    assert people.same_employer(UserFactory.build(email=one), UserFactory.build(email=other)) is same
