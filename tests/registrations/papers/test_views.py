"""The room with the papers, and who gets which file."""

import pytest
from django.urls import reverse

from events.access.models import Role
from registrations.allocation.models import ProposalState
from registrations.bookings.states import ClassState
from registrations.exhibitors.states import State
from registrations.organisations.models import MembershipRole, MembershipState
from registrations.papers.files import pdf_name
from tests import factories, night_factories
from tests.factories import NOW
from tests.registrations.papers.evening import make_evening, more_classes

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening():
    return make_evening()


def page(name: str) -> str:
    return reverse(f"registrations:{name}", args=["natten"])


def host_client(evening, client_for):
    member = factories.MembershipFactory(
        organisation=evening.weld.host.organisation, role=MembershipRole.MEMBER, state=MembershipState.ACTIVE
    )
    return client_for(member.user)


def test_room_is_empty_before_places_are_published(organiser_client):
    night = night_factories.NightFactory(event__slug="natten")

    response = organiser_client(night.event).get(page("papers"))

    assert response.status_code == 200
    assert b".pdf" not in response.content


def test_room_of_an_evening_that_nobody_planned_is_empty(organiser_client):
    event = factories.EventFactory(kind="night", slug="natten")

    assert organiser_client(event).get(page("papers")).status_code == 200


def test_room_says_how_old_the_papers_are(evening, organiser_client):
    night_factories.ProposalFactory(night=evening.night, state=ProposalState.DONE, published_at=NOW)

    response = organiser_client(evening.night.event).get(page("papers"))

    assert response.context["as_of"].published_at == NOW
    assert "1 mars" in response.content.decode().replace("\u00a0", " ")


def test_room_leads_to_all_and_each(evening, organiser_client):
    text = organiser_client(evening.night.event).get(page("papers")).content.decode()

    for name in ("class-sheets", "station-lists", "bus-lists", "wall-plan"):
        assert page(f"papers-{name}") in text
    for query in (
        "?municipality=1281",
        f"?station={evening.weld.pk}",
        f"?wave={evening.wave.pk}",
        f"?class={evening.placed.pk}",
    ):
        assert query in text


@pytest.mark.parametrize("more", [0, 2])
def test_room_asks_as_much_however_much_there_is(more, evening, organiser_client, django_assert_max_num_queries):
    more_classes(evening, more)
    client = organiser_client(evening.night.event)
    client.get(page("papers"))

    with django_assert_max_num_queries(14):
        client.get(page("papers"))


@pytest.mark.parametrize("name", ["class-sheets", "station-lists", "bus-lists", "wall-plan"])
def test_papers_are_files_that_nobody_keeps(name, evening, organiser_client):
    response = organiser_client(evening.night.event, Role.DOOR).get(page(f"papers-{name}"))

    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content).startswith(b"%PDF")


@pytest.mark.parametrize("name", ["class-sheets", "bus-lists"])
def test_nothing_to_print_leads_back_to_the_room(name, organiser_client):
    night = night_factories.NightFactory(event__slug="natten")

    response = organiser_client(night.event).get(page(f"papers-{name}"))

    assert (response.status_code, response["Location"]) == (302, page("papers"))


@pytest.mark.parametrize("query", ["class=x", "class=1e9", "class=²", "class=99999999999999999999"])
def test_nonsense_in_the_address_is_not_found(query, evening, organiser_client):
    client = organiser_client(evening.night.event)

    assert client.get(f"{page('papers-class-sheets')}?{query}").status_code == 404


def test_municipality_chooses_and_names_the_file(evening, organiser_client):
    client = organiser_client(evening.night.event)

    lund = client.get(page("papers-class-sheets") + "?municipality=1281")
    nobody = client.get(page("papers-class-sheets") + "?municipality=0000")

    assert 'filename="klassblad-natten-lund.pdf"' in lund["Content-Disposition"]
    assert nobody.status_code == 302


def test_teacher_gets_the_sheets_of_the_own_booking(evening, client_for):
    teacher = evening.placed.booking.people.get().user
    more_classes(evening, 1)

    response = client_for(teacher).get(reverse("registrations:booking-sheets", args=[evening.placed.booking_id]))

    assert 'filename="klassblad-natten-angskolan.pdf"' in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"


def test_teacher_without_a_place_is_sent_back(evening, client_for):
    waiting = night_factories.SchoolClassFactory(booking__night=evening.night, state=ClassState.WAITING)
    teacher = waiting.booking.people.get().user

    response = client_for(teacher).get(reverse("registrations:booking-sheets", args=[waiting.booking_id]))

    assert response.status_code == 302


def test_class_of_another_booking_is_not_printed(evening, client_for):
    other = night_factories.SchoolClassFactory(
        booking__night=evening.night, state=ClassState.OFFERED, wave=evening.wave
    )
    teacher = other.booking.people.get().user
    address = reverse("registrations:booking-sheets", args=[other.booking_id])

    assert client_for(teacher).get(f"{address}?class={evening.placed.pk}").status_code == 302


def test_host_gets_the_own_list(evening, client_for):
    client = host_client(evening, client_for)

    response = client.get(reverse("registrations:station-sheet", args=[evening.weld.pk]))

    assert 'filename="stationslista-natten-svetsa.pdf"' in response["Content-Disposition"]


def test_host_gets_no_other_list(evening, client_for):
    client = host_client(evening, client_for)

    assert client.get(reverse("registrations:station-sheet", args=[evening.robot.pk])).status_code == 404


def test_host_who_withdrew_gets_no_list(evening, client_for):
    evening.weld.host.state = State.WITHDRAWN
    evening.weld.host.save()

    response = host_client(evening, client_for).get(reverse("registrations:station-sheet", args=[evening.weld.pk]))

    assert response.status_code == 302


def test_file_names_are_plain_letters():
    assert (
        pdf_name("klassblad", "natten", "Östra Ängskolan & vänner/..") == "klassblad-natten-ostra-angskolan-vanner.pdf"
    )
    assert len(pdf_name("klassblad", "x" * 300)) <= 84
