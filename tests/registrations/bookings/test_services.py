from datetime import timedelta

import pytest

from events.access.models import AuditEntry
from events.errors import Stale
from events.mail.models import Letter
from events.programme.models import EventState
from registrations.bookings import services
from registrations.bookings.models import Booking, BookingRole, ChangeRequest, SchoolClass
from registrations.bookings.refusals import (
    BookingsClosed,
    ChangesClosed,
    EveningOver,
    Incomplete,
    SchoolClosed,
    TwinFound,
    WrongState,
)
from registrations.bookings.states import BookingState, ClassState
from registrations.schools.models import SchoolStatus
from tests import night_factories as nf
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return UserFactory(name="Lena Lärare", email="lena@skola.example")


@pytest.fixture
def draft(teacher) -> Booking:
    booking = nf.BookingFactory(state=BookingState.DRAFT, sent_at=None, owner=teacher)
    nf.SchoolClassFactory(booking=booking, label="9A")
    return booking


def test_start_booking_fills_in_who_starts_it(teacher, now):
    night, school = nf.NightFactory(), nf.SchoolFactory()

    booking = services.start_booking(night=night, school=school, by=teacher, at=now)

    assert (booking.contact_name, booking.contact_email) == ("Lena Lärare", "lena@skola.example")
    assert [(person.user, person.role) for person in booking.people.all()] == [(teacher, BookingRole.OWNER)]


def test_start_booking_twice_is_one(teacher, now):
    night, school = nf.NightFactory(), nf.SchoolFactory()

    first = services.start_booking(night=night, school=school, by=teacher, at=now)
    again = services.start_booking(night=night, school=school, by=teacher, at=now + timedelta(days=30))

    assert first == again


def test_start_booking_lets_a_colleague_have_one_too(teacher, now):
    night, school = nf.NightFactory(), nf.SchoolFactory()
    services.start_booking(night=night, school=school, by=teacher, at=now)

    services.start_booking(night=night, school=school, by=UserFactory(), at=now)

    assert Booking.objects.count() == 2


@pytest.mark.parametrize("days", [-20, 15])
def test_start_booking_keeps_to_the_evenings_own_window(teacher, now, days):
    with pytest.raises(BookingsClosed):
        services.start_booking(
            night=nf.NightFactory(), school=nf.SchoolFactory(), by=teacher, at=now + timedelta(days=days)
        )


def test_start_booking_refuses_a_closed_school(teacher, now):
    school = nf.SchoolFactory(status=SchoolStatus.CLOSED)

    with pytest.raises(SchoolClosed):
        services.start_booking(night=nf.NightFactory(), school=school, by=teacher, at=now)


def test_save_contact_and_the_bus(draft, teacher, now):
    one, other = draft.classes.get(), nf.SchoolClassFactory(booking=draft, label="9B")

    services.save_contact(booking=draft, seen=1, by=teacher, at=now, same_bus=True, contact_name="Åsa")

    one.refresh_from_db()
    other.refresh_from_db()
    assert one.bus == other.bus == f"B{draft.pk}"
    with pytest.raises(Stale):
        services.save_contact(booking=draft, seen=1, by=teacher, at=now, contact_name="Bo")
    services.save_contact(booking=draft, seen=1, by=teacher, at=now, contact_name="Åsa")


@pytest.mark.parametrize("buses", [("Gul", "Gul"), ("Gul", "")])
def test_save_contact_leaves_the_organisers_bus_alone(draft, teacher, now, buses):
    """The page shows the box ticked when all classes share a bus; a new phone number says nothing about it."""
    rows = [draft.classes.get(), nf.SchoolClassFactory(booking=draft, label="9B")]
    for one, bus in zip(rows, buses, strict=True):
        SchoolClass.objects.filter(pk=one.pk).update(bus=bus)

    services.save_contact(
        booking=draft, seen=1, by=teacher, at=now, same_bus=len(set(buses)) == 1, contact_phone="0701740699"
    )

    assert tuple(draft.classes.order_by("pk").values_list("bus", flat=True)) == buses


def test_save_contact_leaves_the_bus_of_a_placed_class_alone(draft, teacher, now):
    """Places are published while schools can still book: another bus would break the admissions that were told."""
    placed = draft.classes.get()
    nf.SchoolClassFactory(booking=draft, label="9B")
    wave = nf.WaveFactory(night=draft.night)
    SchoolClass.objects.filter(pk=placed.pk).update(state=ClassState.OFFERED, wave=wave)

    with pytest.raises(ChangesClosed):
        services.save_contact(booking=draft, seen=1, by=teacher, at=now, same_bus=True)

    services.save_contact(booking=draft, seen=1, by=teacher, at=now, same_bus=False, contact_phone="0701740699")
    assert set(draft.classes.values_list("bus", flat=True)) == {""}


def test_send_booking_sends_one_receipt_however_often(draft, teacher, now):
    services.send_booking(booking=draft, by=teacher, at=now)
    services.send_booking(booking=draft, by=teacher, at=now)

    draft.refresh_from_db()
    assert (draft.state, draft.sent_at) == (BookingState.SENT, now)
    letter = Letter.objects.get()
    assert letter.to == "lena@skola.example"
    assert "9A" in letter.text
    assert "25 mars 2027" in letter.text.replace("\u00a0", " ")
    assert [entry.verb for entry in AuditEntry.objects.about(draft)] == ["booking.sent"]


@pytest.mark.parametrize(
    ("name", "contact", "then"),
    [
        ("", "LENA@skola.example", "Lena Lärare"),
        ("", "rektor@skola.example", ""),
        ("Lena L", "lena@skola.example", "Lena L"),
    ],
)
def test_send_booking_lends_a_nameless_teacher_the_contacts_name(draft, teacher, now, name, contact, then):
    teacher.name, draft.contact_name, draft.contact_email = name, "Lena Lärare", contact
    teacher.save()
    draft.save()

    services.send_booking(booking=draft, by=teacher, at=now)

    teacher.refresh_from_db()
    assert teacher.name == then


def test_send_booking_says_what_is_missing(teacher, now):
    booking = nf.BookingFactory(state=BookingState.DRAFT, sent_at=None, owner=teacher, contact_phone="")

    with pytest.raises(Incomplete) as refusal:
        services.send_booking(booking=booking, by=teacher, at=now)

    assert refusal.value.missing == ["classes", "contact"]


def test_send_booking_is_refused_when_booking_has_closed(draft, teacher, now):
    with pytest.raises(BookingsClosed):
        services.send_booking(booking=draft, by=teacher, at=now + timedelta(days=14))


def test_send_booking_asks_about_a_class_that_a_colleague_has_booked(draft, teacher, now):
    other = nf.BookingFactory(night=draft.night, school=draft.school)
    nf.SchoolClassFactory(booking=other, label="åk 9 a")

    with pytest.raises(TwinFound):
        services.send_booking(booking=draft, by=teacher, at=now)

    services.keep_beside_twin(school_class=draft.classes.get(), by=teacher, at=now)
    assert services.send_booking(booking=draft, by=teacher, at=now).state == BookingState.SENT


@pytest.mark.parametrize(
    "other",
    [
        {"state": BookingState.DRAFT, "sent_at": None},
        {"state": BookingState.CANCELLED},
        {"school": None},
        {"night": None},
    ],
)
def test_send_booking_minds_only_sent_classes_of_the_school(draft, teacher, now, other):
    facts = {"night": draft.night, "school": draft.school} | other
    facts = {name: value for name, value in facts.items() if value is not None or name == "sent_at"}
    nf.SchoolClassFactory(booking=nf.BookingFactory(**facts), label="9A")

    assert services.send_booking(booking=draft, by=teacher, at=now).state == BookingState.SENT


def test_cancel_booking_throws_a_draft_away(draft, teacher, now):
    services.cancel_booking(booking=draft, by=teacher, at=now)

    assert not Booking.objects.exists()
    assert not Letter.objects.exists()


def test_cancel_booking_cancels_every_class_and_tells(teacher, now):
    booking = nf.BookingFactory(owner=teacher)
    one = nf.SchoolClassFactory(booking=booking)

    services.cancel_booking(booking=booking, by=teacher, at=now + timedelta(days=30))
    services.cancel_booking(booking=booking, by=teacher, at=now + timedelta(days=30))

    booking.refresh_from_db()
    one.refresh_from_db()
    assert (booking.state, one.state) == (BookingState.CANCELLED, ClassState.CANCELLED)
    assert Letter.objects.count() == 1


def test_cancel_booking_wants_places_given_back_first(teacher, now):
    booking = nf.BookingFactory(owner=teacher)
    wave = nf.WaveFactory(night=booking.night)
    nf.SchoolClassFactory(booking=booking, state=ClassState.OFFERED, wave=wave)

    with pytest.raises(WrongState):
        services.cancel_booking(booking=booking, by=teacher, at=now)


def test_ask_for_change_reaches_the_organiser_once(teacher, now):
    booking = nf.BookingFactory(owner=teacher)
    asked = {"booking": booking, "kind": "numbers", "text": "Vi blir 20.", "school_class": None, "by": teacher}

    services.ask_for_change(**asked, at=now)
    services.ask_for_change(**asked, at=now)

    assert ChangeRequest.objects.count() == 1
    assert Letter.objects.get().to == booking.night.event.contact_email
    assert "Vi blir 20." not in str(AuditEntry.objects.about(booking).get().changes)


def test_nothing_is_asked_or_cancelled_when_the_evening_is_cancelled(teacher, now):
    booking = nf.BookingFactory(owner=teacher, night__event__state=EventState.CANCELLED)

    with pytest.raises(EveningOver):
        services.ask_for_change(booking=booking, kind="other", text="?", school_class=None, by=teacher, at=now)
    with pytest.raises(EveningOver):
        services.cancel_booking(booking=booking, by=teacher, at=now)
