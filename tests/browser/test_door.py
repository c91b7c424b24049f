"""The door in front of a real camera stream, and with typed codes."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from registrations.checkin.models import Scan
from registrations.checkin.verdict import Outcome
from registrations.tickets.addresses import ticket_url
from registrations.tickets.codes import spoken
from registrations.tickets.models import Ticket, TicketState
from tests import factories
from tests.browser.camera import film_of
from tests.browser.conftest import PHONE


@pytest.fixture
def fair():
    return factories.EventFactory(slug="massan", name="Företagsmässan")


@pytest.fixture
def guard(fair):
    user = factories.UserFactory(name="Vera Vakt")
    factories.grant(user, factories.Role.DOOR, event=fair)
    return user


@pytest.fixture
def ticket(fair) -> Ticket:
    return factories.TicketFactory(visitor__event=fair, visitor__name="Åsa Öberg", visitor__company="Bageriet AB")


@pytest.fixture
def at_the_door(open_page, guard):
    """``at_the_door(browser=…)``: the door's page on a phone, its script up and running."""

    def go(**options) -> Page:
        page = open_page("/e/massan/door/", user=guard, size=PHONE, language="en", **options)
        page.locator("html[data-ready=true]").wait_for()
        return page

    return go


def verdict(page: Page):
    return page.locator("[data-part=verdict]")


def start_camera(page: Page) -> None:
    page.get_by_role("button", name="Start the camera").click()
    page.locator("[data-camera=on]").wait_for()


def check(page: Page, code: str) -> None:
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Check").click()


def outcomes() -> list[str]:
    return list(Scan.objects.order_by("pk").values_list("outcome", flat=True))


def test_camera_lets_a_ticket_in_and_tells_when_it_came_back(at_the_door, camera_browser, ticket, tmp_path, axe):
    film = film_of(ticket_url(ticket), tmp_path / "ticket.mjpeg")
    page = at_the_door(browser=camera_browser(film))
    start_camera(page)

    expect(verdict(page)).to_have_attribute("data-outcome", "admitted")
    expect(verdict(page)).to_contain_text("Welcome in")
    expect(verdict(page)).to_contain_text("Åsa Öberg")
    axe(page)
    expect(page.locator("[data-part=count]")).to_have_text("1")
    expect(verdict(page)).to_be_hidden()
    # The code is in view all the while (the film's gaps are shorter than a guard's glance) and does not fire again.
    assert outcomes() == [Outcome.ADMITTED]

    page.reload()
    start_camera(page)

    expect(verdict(page)).to_have_attribute("data-outcome", "already_in")
    scan = Scan.objects.admissions().get()
    clock = timezone.localtime(scan.received_at).strftime("%H:%M")
    expect(verdict(page)).to_contain_text(f"Came in {clock} at {scan.gate.name}.")
    axe(page)
    assert outcomes() == [Outcome.ADMITTED, Outcome.ALREADY_IN]


@pytest.mark.parametrize(
    ("make", "outcome", "says"),
    [
        (lambda fair: factories.TicketFactory(visitor__event=fair, state=TicketState.CANCELLED), "cancelled", "desk"),
        (lambda fair: factories.TicketFactory(visitor__event__name="En annan mässa"), "wrong_event", "En annan mässa"),
        (lambda fair: Ticket(code="0000000000000000", event=fair), "unknown", "No ticket has this code"),
    ],
    ids=["cancelled", "wrong event", "unknown"],
)
def test_camera_stops_what_does_not_belong(make, outcome, says, at_the_door, camera_browser, fair, tmp_path, axe):
    film = film_of(ticket_url(make(fair)), tmp_path / "ticket.mjpeg")
    page = at_the_door(browser=camera_browser(film))
    start_camera(page)

    expect(verdict(page)).to_have_attribute("data-outcome", outcome)
    expect(verdict(page)).to_contain_text(says)
    axe(page)
    assert outcomes() == [outcome]


def test_two_codes_one_after_the_other(at_the_door, camera_browser, fair, tmp_path):
    tickets = factories.TicketFactory.create_batch(2, visitor__event=fair)
    film = film_of([ticket_url(ticket) for ticket in tickets], tmp_path / "tickets.mjpeg")
    page = at_the_door(browser=camera_browser(film))
    start_camera(page)

    expect(page.locator("[data-part=count]")).to_have_text("2")
    expect(page.locator("[data-part=last] li")).to_have_count(2)


def test_typed_code_is_forgiven_and_a_short_one_explained(at_the_door, fair, ticket):
    Ticket.objects.filter(pk=ticket.pk).update(code="0123456789ABCDEF")
    page = at_the_door()

    check(page, "0123-4567")
    expect(page.get_by_role("alert")).to_have_text("A code has 16 letters and digits. You have typed 8.")
    check(page, "oi23 4567-89ab cdef")

    expect(verdict(page)).to_have_attribute("data-outcome", "admitted")
    page.keyboard.press("Escape")
    expect(verdict(page)).to_be_hidden()
    assert outcomes() == [Outcome.ADMITTED]


def test_scan_that_was_not_answered_outlives_its_page_and_is_sent_once(at_the_door, fair, ticket, complaints):
    page = at_the_door()
    page.route("**/api/door/**", lambda route: route.abort())
    check(page, spoken(ticket.code))
    expect(verdict(page)).to_have_attribute("data-outcome", "waiting")
    expect(page.locator("[data-part=queue]")).to_have_text("1 scan waits to be sent")
    context = page.context
    page.close()

    again = context.new_page()
    again.goto("/e/massan/door/")

    expect(again.locator("[data-part=last] li")).to_contain_text("Welcome in")
    expect(again.locator("[data-part=queue]")).to_be_hidden()
    assert outcomes() == [Outcome.ADMITTED]
    complaints[:] = [text for text in complaints if "ERR_FAILED" not in text]


def test_scan_is_sent_by_itself_when_the_network_is_back(at_the_door, fair, ticket, complaints):
    page = at_the_door()
    page.context.set_offline(True)
    check(page, spoken(ticket.code))
    expect(verdict(page)).to_have_attribute("data-outcome", "waiting")
    expect(page.locator("[data-part=trouble]")).to_be_visible()

    page.context.set_offline(False)

    expect(verdict(page)).to_have_attribute("data-outcome", "admitted")
    expect(page.locator("[data-part=trouble]")).to_be_hidden()
    assert outcomes() == [Outcome.ADMITTED]
    complaints[:] = [text for text in complaints if "ERR_INTERNET_DISCONNECTED" not in text]


def test_door_without_javascript_takes_typed_codes(open_page, guard, fair, ticket):
    page = open_page("/e/massan/door/", user=guard, size=PHONE, language="en", java_script_enabled=False)
    check(page, spoken(ticket.code).lower())

    expect(verdict(page)).to_contain_text("Welcome in")
    page.get_by_role("link", name="Next").click()
    check(page, ticket.code)

    expect(verdict(page)).to_contain_text("Already in")
    assert outcomes() == [Outcome.ADMITTED, Outcome.ALREADY_IN]


@pytest.mark.parametrize("size", [PHONE, (1280, 900)])
def test_door_is_accessible_and_fits(size, open_page, guard, axe, no_sideways):
    page = open_page("/e/massan/door/", user=guard, size=size, language="en")
    page.locator("html[data-ready=true]").wait_for()

    axe(page)
    no_sideways(page)
    page.get_by_role("button", name="Light or dark screen").click()
    axe(page)
