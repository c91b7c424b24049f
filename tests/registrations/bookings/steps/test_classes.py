"""The first steps of a booking, as a teacher clicks and types through them: the school and its classes."""

import pytest
from django.test import Client
from django.urls import reverse

from registrations.bookings.models import Booking, SchoolClass
from registrations.schools.models import SchoolStatus
from tests import night_factories as nf
from tests.factories import UserFactory
from tests.registrations.bookings.real_clock import evening
from tests.registrations.bookings.steps.address import step

pytestmark = pytest.mark.django_db


def row(**changes) -> dict[str, str]:
    return {"label": "9A", "grade": "9", "pupils": "24", "adults": "2", "then": "go"} | changes


# --- The school -----------------------------------------------------------------------------------------------------


def test_start_leads_a_stranger_to_sign_in_and_back():
    night = evening()
    path = reverse("registrations:booking-start", args=[night.event.slug])

    response = Client().get(path)

    assert response.status_code == 302
    assert f"next={path}" in response.url


def test_start_finds_schools_with_and_without_scripts(client):
    night = evening()
    nf.SchoolFactory(name="Vikingaskolan")
    nf.SchoolFactory(name="Vikingagymnasiet", status=SchoolStatus.CLOSED)
    path = reverse("registrations:booking-start", args=[night.event.slug])

    page = client.get(path, {"q": "viking"}).content.decode()
    piece = client.get(path, {"q": "viking"}, headers={"HX-Request": "true"}).content.decode()

    assert "Vikingaskolan" in page
    assert "Vikingagymnasiet" not in page
    assert "Vikingaskolan" in piece
    assert "<html" not in piece


def test_start_begins_one_booking_however_often(client):
    night, school = evening(), nf.SchoolFactory()
    path = reverse("registrations:booking-start", args=[night.event.slug])

    first, again = (client.post(path, {"school": school.code}) for _ in range(2))

    booking = Booking.objects.get()
    assert first.url == again.url == reverse("registrations:own-booking", args=[booking.pk])
    assert client.get(first.url).url == step("classes", booking)


def test_the_way_back_from_the_first_step_leads_to_the_choice_of_a_school(client, draft):
    start = reverse("registrations:booking-start", args=[draft.night.event.slug])

    assert f'href="{start}">' in client.get(step("classes", draft)).content.decode().split("booking-foot")[1]


def test_start_is_closed_outside_the_window(client):
    night = evening(closes_in=-1)
    path = reverse("registrations:booking-start", args=[night.event.slug])

    assert "school-search" not in client.get(path).content.decode()
    client.post(path, {"school": nf.SchoolFactory().code})
    assert not Booking.objects.exists()


def test_start_takes_a_constant_number_of_queries(client, django_assert_num_queries):
    night = evening()
    path = reverse("registrations:booking-start", args=[night.event.slug])
    nf.SchoolFactory(name="Parkskolan 0")
    with django_assert_num_queries(8, exact=False) as one:
        client.get(path, {"q": "park"})
    for n in range(3):
        nf.SchoolFactory(name=f"Parkskolan {n + 1}")
    with django_assert_num_queries(len(one)):
        client.get(path, {"q": "park"})


# --- Classes --------------------------------------------------------------------------------------------------------


def test_classes_adds_one_and_goes_on(client, draft):
    response = client.post(step("classes", draft), row())

    one = SchoolClass.objects.get()
    assert response.url == step("needs", draft)
    assert (one.label, one.grade, one.pupils, one.adults) == ("9A", 9, 24, 2)


def test_classes_adds_several_and_goes_on_without_one_more(client, draft):
    response = client.post(step("classes", draft), row(then="more"))
    form = client.get(response.url).context["form"]
    onward = client.post(step("classes", draft), row(label=form.initial["label"], pupils=""))

    assert form.initial == {"label": "9B", "grade": 9, "adults": 2}
    assert onward.url == step("needs", draft)
    assert SchoolClass.objects.count() == 1


@pytest.mark.parametrize("typed", ["0", "-1", "500", "27.5", "27,5", "tjugo", "", "9" * 30, "²"])
def test_classes_keeps_absurd_pupils_in_the_field(client, draft, typed):
    response = client.post(step("classes", draft), row(pupils=typed))

    assert response.status_code == 422
    assert "pupils" in response.context["form"].errors
    assert response.context["form"]["pupils"].value() == typed
    assert not SchoolClass.objects.exists()


def test_classes_refuses_a_grade_outside_the_evenings(client, draft):
    assert client.post(step("classes", draft), row(grade="8")).status_code == 422
    assert client.post(step("classes", draft), row(grade="13")).status_code == 422


def test_classes_refuses_the_same_class_at_its_field(client, draft):
    client.post(step("classes", draft), row())

    response = client.post(step("classes", draft), row(label="åk 9 a"))

    assert response.status_code == 409
    assert "label" in response.context["form"].errors


def test_classes_without_adults_are_asked_about(client, draft):
    client.post(step("classes", draft), row(adults="0"))

    assert [code for code, _one in client.get(step("send", draft)).context["doubts"]] == ["no_adults"]


def test_a_class_too_large_for_any_admission_is_asked_about(client, draft):
    nf.WaveFactory(night=draft.night, capacity=60)
    client.post(step("classes", draft), row(pupils="61"))

    assert [code for code, _one in client.get(step("send", draft)).context["doubts"]] == ["over_wave"]


def test_classes_ask_about_a_colleagues_class(client, draft):
    theirs = nf.BookingFactory(night=draft.night, school=draft.school, owner=UserFactory(email="bo@skola.example"))
    nf.SchoolClassFactory(booking=theirs, label="9A")

    response = client.post(step("classes", draft), row())

    one = draft.classes.get()
    assert response.url == reverse("registrations:booking-twin", args=[draft.pk, one.pk])
    assert str(theirs.people.get().user) in client.get(response.url).content.decode()
    client.post(response.url, {"choice": "keep"})
    one.refresh_from_db()
    assert one.beside_twin


def test_twin_shows_no_name_to_another_employer(client, draft):
    theirs = nf.BookingFactory(
        night=draft.night, school=draft.school, owner=UserFactory(name="Bo", email="bo@x.example")
    )
    nf.SchoolClassFactory(booking=theirs, label="9A")
    one = nf.SchoolClassFactory(booking=draft, label="9A")

    page = client.get(reverse("registrations:booking-twin", args=[draft.pk, one.pk])).content.decode()

    assert "bo@x.example" not in page
    assert "Bo," not in page


def test_twin_asks_to_share_and_drops_nothing_yet(client, draft):
    theirs = nf.BookingFactory(night=draft.night, school=draft.school)
    nf.SchoolClassFactory(booking=theirs, label="9A")
    one = nf.SchoolClassFactory(booking=draft, label="9A")
    path = reverse("registrations:booking-twin", args=[draft.pk, one.pk])

    client.post(path, {"choice": "ask", "booking": theirs.pk})
    stranger = client.post(path, {"choice": "ask", "booking": nf.BookingFactory().pk})

    assert theirs.people.filter(joined_at=None).count() == 1
    assert draft.classes.count() == 1
    assert stranger.status_code == 404


def test_edit_class_saves_by_itself_what_is_sound(client, draft):
    one = nf.SchoolClassFactory(booking=draft, label="9A", pupils=20)
    path = reverse("registrations:booking-class", args=[draft.pk, one.pk])
    typed = row(pupils="tjugo", adults="3") | {f"version-{one.pk}": "1", "autosave": "1"}

    response = client.post(path, typed)

    one.refresh_from_db()
    assert (one.pupils, one.adults, one.version) == (20, 3, 2)
    assert f'name="version-{one.pk}" value="2"' in response.content.decode()
    assert "saved-wrong" in response.content.decode()
