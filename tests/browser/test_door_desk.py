"""The desk's phone and the kiosk: names behind a PIN, people without a ticket, a badge for who comes alone."""

from playwright.sync_api import expect

from registrations.checkin.devices.models import DeviceRole
from registrations.checkin.models import Presence
from registrations.tickets.addresses import ticket_url
from registrations.tickets.models import Ticket, TicketState
from tests import factories
from tests.browser.camera import film_of
from tests.browser.conftest import DESK
from tests.browser.door_phone import begin as start
from tests.browser.door_phone import kept_by_the_worker, verdict


def test_desk_finds_lets_in_and_blocks_behind_its_pin(at_the_door, ticket, axe, no_sideways):
    page = at_the_door(role=DeviceRole.DESK)
    page.get_by_role("button", name="Search").click()
    axe(page)
    page.get_by_label("New PIN, at least 6 digits").fill("123")
    page.get_by_role("button", name="Choose").click()
    expect(page.locator("[data-part=pin-fault]")).to_contain_text("at least 6 digits")
    page.get_by_label("New PIN, at least 6 digits").fill("135790")
    page.get_by_role("button", name="Choose").click()
    page.get_by_label("Name, company").fill("asa ob")
    expect(page.locator("[data-part=found] li")).to_have_count(1)
    expect(page.locator("[data-part=found]")).to_contain_text("Has not come")
    axe(page)
    no_sideways(page)

    page.get_by_role("button", name="Let in: Åsa Öberg").click()
    expect(verdict(page)).to_have_attribute("data-outcome", "admitted")
    expect(verdict(page).get_by_role("button", name="Print badge")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("[data-part=found]")).to_contain_text("Is in")
    page.get_by_role("button", name="Block: Åsa Öberg").click()
    page.get_by_label("Why is the ticket blocked?").fill("Såld vidare")
    page.locator("[data-part=found] form").get_by_role("button", name="Block").click()
    expect(page.locator("[data-part=found]")).to_contain_text("Blocked")
    ticket.refresh_from_db()
    assert ticket.state == TicketState.BLOCKED


def test_desk_searches_without_a_network_and_ten_wrong_pins_erase_the_names(at_the_door, ticket, complaints):
    page = at_the_door(role=DeviceRole.DESK)
    page.get_by_role("button", name="Search").click()
    page.get_by_label("New PIN, at least 6 digits").fill("135790")
    page.get_by_role("button", name="Choose").click()
    expect(page.get_by_label("Name, company")).to_be_visible()
    kept_by_the_worker(page)
    page.context.set_offline(True)
    page.reload()
    page.locator("html[data-ready=true]").wait_for()
    start(page)
    page.get_by_role("button", name="Search").click()
    page.get_by_label("PIN", exact=True).fill("135790")
    page.get_by_role("button", name="Unlock").click()
    page.get_by_label("Name, company").fill("bageriet")
    expect(page.locator("[data-part=found]")).to_contain_text("Åsa Öberg")

    page.reload()
    page.locator("html[data-ready=true]").wait_for()
    start(page)
    page.get_by_role("button", name="Search").click()
    for left in range(9, -1, -1):
        page.get_by_label("PIN", exact=True).fill("000000")
        page.get_by_role("button", name="Unlock").click()
        says = f"{left} tr" if left else "the names are erased"
        expect(page.locator("[data-part=pin-fault]")).to_contain_text(says)
    expect(page.get_by_label("New PIN, at least 6 digits")).to_be_visible()
    complaints[:] = [text for text in complaints if "ERR_INTERNET_DISCONNECTED" not in text]


def test_walk_in_is_let_in_and_nothing_typed_is_lost_to_a_fault(at_the_door, fair, axe):
    page = at_the_door(role=DeviceRole.DESK)
    page.get_by_role("button", name="No ticket").click()
    page.get_by_label("Company (optional)").fill("Snickeriet AB")
    page.get_by_label("E-mail (optional)").fill("lisa@")
    page.locator("[data-part=walk-in-form]").get_by_role("button", name="Let in").click()
    expect(page.locator("#walk-in-name-fault")).to_have_text("Write the name.")
    expect(page.locator("#walk-in-email-fault")).to_contain_text("not an e-mail address")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    expect(page.get_by_label("Company (optional)")).to_have_value("Snickeriet AB")
    axe(page)

    page.get_by_label("Name", exact=True).fill("Lisa Lind")
    page.get_by_label("E-mail (optional)").fill("lisa@snickeriet.example")
    page.locator("[data-part=walk-in-form]").get_by_role("button", name="Let in").click()

    expect(verdict(page)).to_have_attribute("data-outcome", "admitted")
    expect(verdict(page)).to_contain_text("Lisa Lind")
    expect(page.locator("[data-part=queue]")).to_have_attribute("data-count", "0")
    made = Ticket.objects.get(visitor__email="lisa@snickeriet.example")
    assert (made.visitor.name, made.visitor.company) == ("Lisa Lind", "Snickeriet AB")
    assert Presence.objects.get(ticket=made).inside == 1


def test_kiosk_welcomes_by_ticket_and_by_whole_name(at_the_door, camera_browser, ticket, fair, tmp_path, axe):
    other = factories.TicketFactory(visitor__event=fair, visitor__name="Karin Kock", visitor__company="Krogen")
    film = film_of(ticket_url(ticket), tmp_path / "ticket.mjpeg")
    page = at_the_door(role=DeviceRole.KIOSK, begin=False, size=DESK, browser=camera_browser(film))
    page.evaluate("void (window.print = () => (window.printed = (window.printed ?? 0) + 1))")
    page.get_by_role("button", name="Start the kiosk").click()

    expect(page.get_by_role("heading", name="Welcome, Åsa!")).to_be_visible()
    axe(page)
    expect(page.locator(".badge-name")).to_have_text("Åsa Öberg")
    expect(page.locator(".badge-qr svg")).to_have_count(1)
    assert page.evaluate("window.printed") == 1
    page.get_by_role("button", name="To the beginning").click()
    page.get_by_role("button", name="I have no code").click()
    page.get_by_label("First name and surname").fill("Karin")
    page.get_by_role("button", name="Go in").click()
    expect(page.locator("[data-part=kiosk-name-fault]")).to_contain_text("both first name and surname")
    axe(page)
    page.get_by_label("First name and surname").fill("karin kock")
    page.get_by_role("button", name="Go in").click()

    expect(page.get_by_role("heading", name="Welcome, Karin!")).to_be_visible()
    expect(page.locator(".badge-name")).to_have_text("Karin Kock")
    assert page.evaluate("window.printed") == 2
    # By itself again after a while.
    expect(page.get_by_role("heading", name="Show your ticket")).to_be_visible(timeout=12_000)
    assert set(Presence.objects.filter(inside=1).values_list("ticket", flat=True)) == {ticket.pk, other.pk}
