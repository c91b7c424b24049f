"""The guard at the door: tickets before a real camera or typed, classes, and a screen that everybody can use."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from registrations.bookings.states import ClassState
from registrations.checkin.devices.models import DeviceRole
from registrations.checkin.devices.services import invite_device
from registrations.checkin.models import Presence, Scan
from registrations.tickets.addresses import ticket_url
from registrations.tickets.models import Ticket, TicketState
from registrations.tickets.services import issue_class_ticket
from tests import factories, night_factories
from tests.browser.camera import film_of
from tests.browser.conftest import DESK, PHONE
from tests.browser.door_phone import ENGLISH, check, outcomes, verdict
from tests.browser.door_phone import begin as start
from tests.door_factories import open_door

# --- In front of the camera ------------------------------------------------------------------------------------------


def test_camera_lets_a_ticket_in_once_and_says_when_it_comes_back(at_the_door, camera_browser, ticket, tmp_path, axe):
    film = film_of(ticket_url(ticket), tmp_path / "ticket.mjpeg")
    page = at_the_door(browser=camera_browser(film))

    expect(verdict(page)).to_have_attribute("data-outcome", "admitted")
    expect(verdict(page)).to_contain_text("Welcome in")
    expect(verdict(page)).to_contain_text("Åsa Öberg")
    axe(page)
    seen, shown, decoding = (
        float(verdict(page).get_attribute(f"data-{name}")) for name in ("seen-at", "shown-at", "decode-ms")
    )
    assert decoding > 0
    assert 0 < shown - seen < 5000
    expect(page.locator("[data-part=inside]")).to_have_text("1")
    expect(verdict(page)).to_be_hidden()
    expect(page.locator("[data-part=queue]")).to_have_attribute("data-count", "0")
    # The code is in view all the while (the film's gaps are shorter than a guard's glance) and does not fire again.
    page.wait_for_timeout(2000)
    assert outcomes() == ["admitted"]

    page.reload()
    start(page)

    expect(verdict(page)).to_have_attribute("data-outcome", "already_in")
    expect(verdict(page)).to_contain_text("at Norra entrén.")
    axe(page)


def of_another_fair(fair) -> Ticket:
    return factories.TicketFactory(visitor__event__name="En annan mässa", visitor__event__area=fair.area)


@pytest.mark.parametrize(
    ("make", "outcome", "says"),
    [
        (lambda fair: factories.TicketFactory(visitor__event=fair, state=TicketState.CANCELLED), "cancelled", "desk"),
        (lambda fair: factories.TicketFactory(visitor__event=fair, state=TicketState.BLOCKED), "blocked", "desk"),
        (of_another_fair, "wrong_event", "En annan mässa"),
        (lambda fair: Ticket(code="0000000000000000", event=fair), "unknown", "No ticket has this code"),
    ],
    ids=["cancelled", "blocked", "wrong event", "unknown"],
)
def test_camera_stops_what_does_not_belong(make, outcome, says, at_the_door, camera_browser, fair, tmp_path, axe):
    film = film_of(ticket_url(make(fair)), tmp_path / "ticket.mjpeg")
    page = at_the_door(browser=camera_browser(film))

    expect(verdict(page)).to_have_attribute("data-outcome", outcome)
    expect(verdict(page)).to_contain_text(says)
    axe(page)
    expect(page.locator("[data-part=queue]")).to_have_attribute("data-count", "0")
    assert outcomes() == [outcome]
    assert not Presence.objects.filter(inside__gt=0).exists()


def test_two_codes_one_after_the_other(at_the_door, camera_browser, fair, tmp_path):
    tickets = factories.TicketFactory.create_batch(2, visitor__event=fair)
    film = film_of([ticket_url(ticket) for ticket in tickets], tmp_path / "tickets.mjpeg")
    page = at_the_door(browser=camera_browser(film))

    expect(page.locator("[data-part=inside]")).to_have_text("2")
    expect(page.locator("[data-part=queue]")).to_have_attribute("data-count", "0")
    assert outcomes() == ["admitted", "admitted"]


# --- Typed, taken back, out ------------------------------------------------------------------------------------------


def test_typed_code_is_forgiving_and_a_short_one_explained(at_the_door, fair, ticket):
    Ticket.objects.filter(pk=ticket.pk).delete()
    factories.TicketFactory(visitor__event=fair, code="0123456789ABCDEF")
    page = at_the_door()

    check(page, "0123-4567")
    expect(page.locator("[data-part=typed-fault]")).to_have_text("A code has 16 letters and digits. You have typed 8.")
    page.get_by_label("Code", exact=True).fill("oi23 4567-89ab cdef")
    page.keyboard.press("Enter")

    expect(verdict(page)).to_have_attribute("data-outcome", "admitted")
    page.keyboard.press("Escape")
    expect(verdict(page)).to_be_hidden()
    expect(page.get_by_role("button", name="Type code")).to_be_focused()


def test_undo_takes_back_the_latest_and_then_the_ticket_is_good_again(at_the_door, ticket):
    page = at_the_door()
    check(page, ticket.code)
    page.keyboard.press("Escape")

    page.locator("[data-part=latest-undo]").click()

    expect(page.locator("[data-part=latest-title]")).to_have_text("Undone")
    expect(page.locator("[data-part=latest-undo]")).to_be_hidden()
    expect(page.locator("[data-part=inside]")).to_have_text("0")
    check(page, ticket.code)
    expect(verdict(page)).to_have_attribute("data-outcome", "admitted")
    expect(page.locator("[data-part=queue]")).to_have_attribute("data-count", "0")
    assert sorted(outcomes()) == ["admitted", "admitted", "undone"]
    assert Presence.objects.get().inside == 1


def test_out_counts_down(at_the_door, ticket):
    page = at_the_door()
    check(page, ticket.code)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Out", exact=True).click()

    check(page, ticket.code)

    expect(verdict(page)).to_have_attribute("data-outcome", "left")
    expect(page.locator("[data-part=inside]")).to_have_text("0")


# --- A class ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def school_class(live_server, settings):
    """26 pupils of 9C, whose admission is now; the door of their evening is open."""
    settings.BASE_URL = live_server.url
    night = night_factories.NightFactory(event__slug="gymnasiekvall")
    open_door(night.event)
    return night_factories.SchoolClassFactory(
        booking=night_factories.BookingFactory(night=night, school__name="Österportskolan"),
        label="9C",
        pupils=26,
        state=ClassState.CONFIRMED,
        wave=night_factories.WaveFactory(night=night, starts_at=timezone.now()),
    )


@pytest.fixture
def class_ticket(school_class) -> Ticket:
    return issue_class_ticket(school_class=school_class, at=timezone.now())


@pytest.fixture
def class_gate(class_ticket):
    return factories.GateFactory(event=class_ticket.event, name="Aulan")


def at_the_evening(open_page, class_gate, **options) -> Page:
    now = timezone.now()
    made = invite_device(
        gate=class_gate, name="Ann", role=DeviceRole.DOOR, ends_at=now + timedelta(hours=8),
        by=factories.UserFactory(), at=now,
    )  # fmt: skip
    page = open_page("/door/", size=PHONE, **options)
    page.evaluate(ENGLISH)
    page.goto("about:blank")
    page.goto(made.url)
    start(page)
    return page


def test_class_comes_in_parts_is_counted_and_more_of_it_need_a_reason(open_page, class_gate, class_ticket, axe):
    page = at_the_evening(open_page, class_gate)
    number = page.locator("[data-part=heads-number]")
    check(page, class_ticket.code)
    expect(verdict(page)).to_contain_text("9C")
    expect(verdict(page)).to_contain_text("Österportskolan")
    expect(number).to_have_text("26")
    size = page.get_by_role("button", name="One fewer").bounding_box()
    assert min(size["width"], size["height"]) >= 64
    axe(page)

    for _ in range(3):
        page.get_by_role("button", name="One fewer").click()
    page.get_by_role("button", name="Next").click()
    expect(page.locator("[data-part=inside]")).to_have_text("23")

    check(page, class_ticket.code)
    expect(number).to_have_text("3")
    for _ in range(2):
        page.get_by_role("button", name="One more").click()
    axe(page)
    page.get_by_role("button", name="Next").click()
    expect(page.locator("[data-part=reason-fault]")).to_have_text("Choose a reason, or write one.")
    page.get_by_role("radio", name="More pupils than announced").check()
    page.get_by_role("button", name="Let in 5").click()
    expect(page.locator("[data-part=inside]")).to_have_text("28")

    page.get_by_role("button", name="Next").click()
    expect(page.locator("[data-part=queue]")).to_have_attribute("data-count", "0")
    assert Presence.objects.get().inside == 28
    assert Scan.objects.filter(reason="More pupils than announced").count() == 1


def test_early_class_is_let_in_all_the_same_with_a_reason(open_page, class_gate, class_ticket, school_class, axe):
    wave = school_class.wave
    wave.starts_at = timezone.now() + timedelta(hours=2)
    wave.save()
    page = at_the_evening(open_page, class_gate)
    check(page, class_ticket.code)
    expect(verdict(page)).to_have_attribute("data-outcome", "early")

    page.get_by_role("button", name="Let in all the same").click()
    page.get_by_role("button", name="Let in", exact=True).click()
    expect(page.locator("[data-part=reason-fault]")).to_be_visible()
    axe(page)
    page.get_by_label("In your own words").fill("Bussen kom tidigt")
    page.get_by_role("button", name="Let in", exact=True).click()

    expect(verdict(page)).to_have_attribute("data-outcome", "admitted")
    expect(page.locator("[data-part=queue]")).to_have_attribute("data-count", "0")
    assert Presence.objects.get().inside == 26
    assert Scan.objects.get(let_in=True).reason == "Bussen kom tidigt"


# --- For everybody ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(320, 568), PHONE, DESK, (844, 390)])
def test_door_is_accessible_and_fits(size, at_the_door, axe, no_sideways):
    page = at_the_door(size=size)

    for _ in ("dark", "light"):
        axe(page)
        no_sideways(page)
        for name in ("Type code", "Latest", "More"):
            page.get_by_role("button", name=name).click()
            axe(page)
            no_sideways(page)
            page.keyboard.press("Escape")
        page.get_by_role("button", name="Light or dark screen").click()


def test_verdict_can_be_read_enlarged_four_times(at_the_door, ticket, no_sideways):
    page = at_the_door(size=(320, 256))
    check(page, ticket.code)

    no_sideways(page)
    title = page.locator("[data-part=verdict-title]").bounding_box()
    assert title["x"] >= 0
    assert title["width"] > title["height"]


def test_guard_s_way_with_the_keyboard_alone(at_the_door, ticket):
    page = at_the_door(begin=False)
    focused = "document.activeElement.innerText || document.activeElement.getAttribute('aria-label')"

    def go_to(name: str) -> None:
        for _ in range(25):
            page.keyboard.press("Tab")
            if name in (page.evaluate(focused) or ""):
                return
        raise AssertionError(f"no way to {name!r} with the keyboard")

    go_to("Start scanning")
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=list-version]")).not_to_have_attribute("data-version", "")
    go_to("Type code")
    page.keyboard.press("Enter")
    page.keyboard.type(ticket.code)
    page.keyboard.press("Enter")
    expect(verdict(page)).to_have_attribute("data-outcome", "admitted")
    # Said once, and the focus is on the way on.
    expect(page.locator("[data-part=announcement]")).to_contain_text("Welcome in. Åsa Öberg")
    expect(page.get_by_role("button", name="Next")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Type code")).to_be_focused()
    go_to("Latest")
    page.keyboard.press("Enter")
    go_to("Undo")
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=recent] li")).to_contain_text("Undone")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Latest")).to_be_focused()
