import pytest
from django.urls import reverse

from events.mail.models import Letter
from registrations.bookings.merging import HasAPlace, NotTwins, merge_classes
from registrations.bookings.models import BookingRole, BookingState
from registrations.bookings.states import ClassState
from tests.factories import NOW, UserFactory
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
def twins():
    """9A of one school, booked by Lena and by Eva, who has 9B too."""
    night, school = NightFactory(), SchoolFactory()
    lena, eva = (UserFactory(email=f"{name}@skola.example") for name in ("lena", "eva"))
    first = BookingFactory(night=night, school=school, owner=lena, contact_email="lena@skola.example")
    second = BookingFactory(night=night, school=school, owner=eva, contact_email="Eva@skola.example")
    SchoolClassFactory(booking=second, label="9B")
    return SchoolClassFactory(booking=first, label="9A"), SchoolClassFactory(booking=second, label="Klass 9 a")


def merge(keep, drop):
    return merge_classes(keep=keep, drop=drop, by=UserFactory(), at=NOW)


def test_the_other_class_is_cancelled_and_its_people_join(twins):
    keep, drop = twins
    request = ChangeRequestFactory(booking=drop.booking, school_class=drop)

    merge(keep, drop)

    drop.refresh_from_db()
    request.refresh_from_db()
    people = {(row.user.email, row.role) for row in keep.booking.people.all()}
    assert (drop.state, drop.merged_into) == (ClassState.CANCELLED, keep)
    assert people == {("lena@skola.example", BookingRole.OWNER), ("eva@skola.example", BookingRole.MEMBER)}
    assert (request.school_class, request.booking) == (keep, keep.booking)
    assert drop.booking.state == BookingState.SENT


def test_both_sides_get_one_letter(twins):
    merge(*twins)

    assert sorted(Letter.objects.values_list("to", flat=True)) == ["eva@skola.example", "lena@skola.example"]


def test_a_booking_without_classes_is_closed(twins):
    drop, keep = twins

    merge(keep, drop)

    drop.booking.refresh_from_db()
    assert drop.booking.state == BookingState.CANCELLED


def test_a_class_with_a_place_is_not_taken_away(twins):
    keep, drop = twins
    drop.state, drop.wave = ClassState.OFFERED, WaveFactory(night=keep.booking.night)
    drop.save()

    with pytest.raises(HasAPlace):
        merge(keep, drop)
    assert not Letter.objects.exists()


def test_only_living_classes_of_one_school_are_merged(twins):
    keep, drop = twins
    with pytest.raises(NotTwins):
        merge(keep, keep)
    with pytest.raises(NotTwins):
        merge(keep, SchoolClassFactory(booking__night=keep.booking.night))
    merge(keep, drop)
    with pytest.raises(NotTwins):
        merge(keep, drop)
    with pytest.raises(NotTwins):
        merge(drop, keep)


def test_organiser_keeps_one(twins, organiser_client, monkeypatch):
    monkeypatch.setattr("events.programme.models.Event.takes_decisions", lambda event, at: True)
    keep, drop = twins
    client = organiser_client(keep.booking.night.event)
    page = reverse("registrations:school-twins", args=[keep.booking.night.event.slug])

    shown = client.get(page)
    first = client.post(page, {"keep": keep.pk, "drop": drop.pk})
    again = client.post(page, {"keep": keep.pk, "drop": drop.pk})

    assert [len(group.classes) for group in shown.context["groups"]] == [2]
    assert (first.status_code, again.status_code) == (302, 409)
