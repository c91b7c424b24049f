"""The visitor's pages and the organiser's list."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from events.access.models import Role
from events.mail.models import Letter
from events.programme.models import Event, EventState
from registrations.visitors.models import Visitor, VisitorState
from tests import factories
from tests.door_factories import let_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["torget_language"] = "en"


@pytest.fixture
def event():
    """A fair that is open at the real now: pages ask the real clock."""
    return open_fair()


def open_fair(**also) -> Event:
    now = timezone.now()
    times = {
        "registration_opens_at": now - timedelta(days=1),
        "registration_closes_at": now + timedelta(days=1),
        "starts_at": now + timedelta(days=10),
        "ends_at": now + timedelta(days=10, hours=7),
    }
    return factories.EventFactory(**{**times, **also})


def form(**told) -> dict:
    asked = {"name": "Åsa Öberg", "company": "Bageriet", "email": "asa@bageriet.example", "nonce": str(uuid4())}
    return asked | told


def sign_up_url(event: Event) -> str:
    return reverse("registrations:visitor-signup", args=[event.slug])


def test_form_carries_a_nonce_of_its_own(client, event):
    pages = [client.get(sign_up_url(event)).content.decode() for _ in range(2)]

    nonces = {re.search(r'name="nonce" value="([0-9a-f-]{36})"', page).group(1) for page in pages}
    assert len(nonces) == 2


def test_sign_up_leads_to_the_ticket(client, event):
    response = client.post(sign_up_url(event), form())

    ticket = Visitor.objects.get().ticket
    assert response.headers["Location"] == reverse("registrations:ticket", args=[ticket.code])
    assert "Åsa Öberg" in client.get(response.headers["Location"]).content.decode()


def test_letter_is_in_the_language_of_the_page(client, event):
    client.post(sign_up_url(event), form())

    assert Letter.objects.get().subject == f"Your ticket to {event.name}"


def test_known_address_is_told_so_and_shown_no_ticket(client, event):
    client.post(sign_up_url(event), form())
    code = Visitor.objects.get().ticket.code

    page = client.post(sign_up_url(event), form()).content.decode()

    assert "You are already signed up" in page
    assert code not in page
    assert Letter.objects.count() == 2


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"email": "asa@"}, "Enter a valid email address."),
        ({"name": ""}, "This field is required."),
        ({"name": "å" * 121}, "at most 120 characters (it has 121)"),
        ({"name": "Köp på www.example.com"}, "Write a name, not a web address."),
        ({"company": "https://example.com"}, "Write a name, not a web address."),
    ],
)
def test_bad_input_is_explained_and_nothing_typed_is_lost(told, says, client, event):
    response = client.post(sign_up_url(event), form(**told))

    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert "Öberg" in page or "name" in told
    assert Visitor.objects.count() == 0


def test_script_in_a_name_stays_text(client, event):
    response = client.post(sign_up_url(event), form(name="<script>alert(1)</script>"), follow=True)

    assert "<script>alert(1)" not in response.content.decode()
    assert "&lt;script&gt;alert(1)" in response.content.decode()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"state": EventState.CANCELLED}, "The event is cancelled"),
        ({"visitor_capacity": 0}, "Every place is taken"),
        ({"registration_opens_at": timezone.now() + timedelta(hours=1)}, "Sign-up has not opened yet"),
        (
            {
                "starts_at": timezone.now() - timedelta(days=2),
                "ends_at": timezone.now() - timedelta(days=1),
                "registration_opens_at": timezone.now() - timedelta(days=30),
                "registration_closes_at": timezone.now() - timedelta(days=10),
            },
            "The event is over",
        ),
    ],
)
def test_closed_sign_up_says_why_and_shows_no_form(change, says, client):
    event = open_fair(**change)

    page, posted = client.get(sign_up_url(event)), client.post(sign_up_url(event), form())

    assert says in page.content.decode()
    assert 'name="email"' not in page.content.decode()
    assert (page.status_code, posted.status_code) == (200, 409)
    assert Visitor.objects.count() == 0


@pytest.mark.parametrize("change", [{"state": EventState.DRAFT}, {"kind": Event.Kind.COURSE}])
def test_event_without_visitors_has_no_page(change, client):
    assert client.get(sign_up_url(open_fair(**change))).status_code == 404


def test_too_many_sign_ups_from_one_place_are_slowed_down(client, event, limits):

    answers = [
        client.post(sign_up_url(event), form(email=f"person{n}@foretaget.example")).status_code for n in range(21)
    ]

    assert answers == [302] * 20 + [429]


def test_one_address_is_not_written_to_again_and_again(client, event, limits):

    spellings = ["asa@bageriet.example", "ASA@Bageriet.example", "  asa@bageriet.example", "Asa@BAGERIET.example "]
    answers = [client.post(sign_up_url(event), form(email=(spellings * 2)[n])).status_code for n in range(7)]

    assert (answers[0], answers[-1]) == (302, 429)
    assert Letter.objects.count() == 6


def test_cancelling_asks_first(client, event):
    ticket = factories.TicketFactory(visitor__event=event)
    url = reverse("registrations:visit-cancel", args=[ticket.code])

    page = client.get(url).content.decode()
    ticket.visitor.refresh_from_db()
    before = ticket.visitor.state
    after_page = client.post(url, follow=True).content.decode()
    ticket.visitor.refresh_from_db()

    assert "Cancel your visit?" in page
    assert (before, ticket.visitor.state) == (VisitorState.REGISTERED, VisitorState.CANCELLED)
    assert "This ticket is cancelled" in after_page


def test_who_has_come_in_cannot_cancel(client, event):
    ticket = factories.TicketFactory(visitor__event=event)
    let_in(ticket, at=timezone.now())
    url = reverse("registrations:visit-cancel", args=[ticket.code])

    offered = url in client.get(reverse("registrations:ticket", args=[ticket.code])).content.decode()
    after = client.post(url, follow=True).content.decode()

    ticket.refresh_from_db()
    assert offered is False
    assert "You have come in" in after
    assert (ticket.state, ticket.visitor.state) == ("valid", VisitorState.REGISTERED)


def test_badge_of_an_exhibitor_cannot_be_cancelled_as_a_visit(client, event):
    staff = factories.StandStaffFactory(exhibitor__event=event)
    badge = factories.TicketFactory(visitor=None, staff=staff, event=event, kind="exhibitor")

    assert client.post(reverse("registrations:visit-cancel", args=[badge.code])).status_code == 404


# --- The organiser's list -------------------------------------------------------------------------------------------


@pytest.fixture
def desk(organiser_client, event):
    client = organiser_client(event)
    client.cookies["torget_language"] = "en"
    return client


def list_url(event: Event) -> str:
    return reverse("registrations:visitor-list", args=[event.slug])


def names_on(page) -> list[str]:
    return [visitor.name for visitor in page.context["page_obj"]]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_questions_however_long(rows, desk, event, django_assert_num_queries):
    factories.VisitorFactory.create_batch(rows, event=event)
    desk.get(list_url(event))

    with django_assert_num_queries(9):
        page = desk.get(list_url(event))

    assert len(names_on(page)) == rows


def test_list_shows_this_events_visitors_newest_first(desk, event, now):
    for hours, name in [(2, "Bo"), (1, "Åsa"), (3, "Cecilia")]:
        factories.VisitorFactory(event=event, name=name, registered_at=now + timedelta(hours=hours))
    factories.VisitorFactory()

    assert names_on(desk.get(list_url(event))) == ["Cecilia", "Bo", "Åsa"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=åsa", ["Åsa Öberg"]),
        ("q=BAGERIET öberg", ["Åsa Öberg"]),
        ("q=bo@", ["Bo Ek"]),
        ("q=%00", ["Åsa Öberg", "Bo Ek"]),
        ("state=cancelled", ["Bo Ek"]),
        ("state=nonsense", ["Åsa Öberg", "Bo Ek"]),
        ("q=nobody", []),
    ],
)
def test_list_is_searched_and_filtered(query, found, desk, event, now):
    factories.VisitorFactory(event=event, name="Åsa Öberg", company="Bageriet", registered_at=now)
    factories.VisitorFactory(
        event=event,
        name="Bo Ek",
        company="Verkstan",
        email="bo@verkstan.example",
        state=VisitorState.CANCELLED,
        registered_at=now - timedelta(days=1),
    )

    assert names_on(desk.get(f"{list_url(event)}?{query}")) == found


def test_list_sorts_as_swedes_do_and_those_who_came_first(desk, event, now):
    for name in ["Örjan", "Zoe", "Åke", "Anna"]:
        factories.VisitorFactory(event=event, name=name)
    came = factories.TicketFactory(visitor=Visitor.objects.get(name="Zoe"))
    let_in(came, at=now)

    by_name = names_on(desk.get(f"{list_url(event)}?sort=name"))
    backwards = names_on(desk.get(f"{list_url(event)}?sort=-name"))
    arrived = names_on(desk.get(f"{list_url(event)}?sort=-arrived"))

    assert by_name == ["Anna", "Zoe", "Åke", "Örjan"]
    assert backwards == by_name[::-1]
    assert arrived[0] == "Zoe"


def test_export_holds_what_the_list_shows(desk, event, now):
    factories.VisitorFactory(event=event, name="=HYPERLINK()", company="Bageriet", registered_at=now)
    factories.VisitorFactory(event=event, name="Bo", state=VisitorState.CANCELLED)
    url = reverse("registrations:visitor-export", args=[event.slug, "csv"])

    response = desk.get(f"{url}?state=registered")

    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Name;Company or organisation;E-mail;State;Signed up;Cancelled;Let in"
    assert [line.split(";")[0] for line in lines[1:]] == ["'=HYPERLINK()"]


def test_excel_export_opens(desk, event):
    factories.VisitorFactory(event=event, name="Åsa")

    response = desk.get(reverse("registrations:visitor-export", args=[event.slug, "xlsx"]))

    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    assert (sheet.max_row, sheet["A2"].value) == (2, "Åsa")


def test_export_knows_no_other_kind_of_file(desk, event):
    assert desk.get(f"/e/{event.slug}/manage/visitors.exe").status_code == 404


def test_empty_list_says_what_to_do(desk, event):
    assert "No visitors yet" in desk.get(list_url(event)).content.decode()


@pytest.mark.parametrize(("kind", "has_visitors"), [("fair", True), ("night", False), ("course", False)])
def test_room_and_sign_up_are_shown_only_where_there_are_visitors(organiser_client, kind, has_visitors):
    event = open_fair(kind=kind)
    client = organiser_client(event)

    overview = client.get(reverse("events:event-overview", args=[event.slug])).content.decode()
    page = client.get(list_url(event)).content.decode()

    assert (f'href="{list_url(event)}"' in overview, sign_up_url(event) in page) == (has_visitors, has_visitors)


def test_reader_sees_no_addresses(organiser_client, event):
    assert organiser_client(event, Role.READER).get(list_url(event)).status_code == 404
