"""Whoever finds the phone: no name, no company, no code in anything that the browser keeps, nor on its disk."""

import pytest
from playwright.sync_api import Page, expect

from registrations.checkin.devices.models import DeviceRole
from registrations.tickets.codes import spoken
from tests import factories
from tests.browser.door_phone import (
    check,
    everything_kept,
    expect_queue,
    kept_by_the_worker,
    nonces,
    pair,
    phone_at,
    rows,
    scan_all,
    verdict,
)
from tests.door_factories import open_door

WALK_IN = ("Lisbeth Hemlund", "Snickarboden AB", "lisbeth@snickarboden.example")


@pytest.fixture
def fair(live_server, settings):
    settings.BASE_URL = live_server.url
    event = factories.EventFactory(slug="massan", name="Företagsmässan")
    open_door(event)
    return event


@pytest.fixture
def tickets(fair):
    make = factories.TicketFactory
    return [
        make(visitor__event=fair, visitor__name="Åsa Kvarnström", visitor__company="Degfabriken AB"),
        make(visitor__event=fair, visitor__name="Yngve Ljungqvist", visitor__company="Takplattan HB"),
    ]


def secrets_of(tickets) -> list[str]:
    """Whatever of ``tickets`` and of the walk-in nobody may read."""
    found = [*WALK_IN]
    for ticket in tickets:
        found += [ticket.code, spoken(ticket.code), ticket.visitor.name, ticket.visitor.company, ticket.visitor.email]
    return found


def take_in_without_a_ticket(page: Page) -> None:
    name, company, email = WALK_IN
    page.get_by_role("button", name="No ticket").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Company (optional)").fill(company)
    page.get_by_label("E-mail (optional)").fill(email)
    page.locator("[data-part=walk-in-form]").get_by_role("button", name="Let in").click()
    expect(verdict(page)).to_contain_text(name)
    page.keyboard.press("Escape")


def test_finder_reads_no_name_and_no_code(playwright, live_server, fair, tickets, tmp_path):
    gate = factories.GateFactory(event=fair, name="Norra entrén")
    with phone_at(playwright, live_server.url, tmp_path / "profile") as phone:
        page = pair(phone.go(), gate, DeviceRole.DESK)
        kept_by_the_worker(page)
        page.get_by_role("button", name="Search").click()
        page.get_by_label("New PIN, at least 6 digits").fill("135790")
        page.get_by_role("button", name="Choose").click()
        page.get_by_label("Name, company").fill("kvarn")
        expect(page.locator("[data-part=found]")).to_contain_text("Åsa Kvarnström")
        page.locator("[data-sheet=search]").get_by_role("button", name="Close").click()
        phone.context.set_offline(True)
        check(page, spoken(tickets[0].code))
        expect(verdict(page)).to_contain_text("Åsa Kvarnström")
        page.keyboard.press("Escape")
        assert scan_all(page, [tickets[1].code, "0000000000000000"]) == ["admitted", "unknown"]
        page.keyboard.press("Escape")
        take_in_without_a_ticket(page)

        expect_queue(page, 4)
        assert [record["act"] for _, record in rows(page)["records"]].count("walk_in") == 1
        kept = everything_kept(page)
        assert "torget-door" in kept
        assert [secret for secret in secrets_of(tickets) if secret in kept] == []

        # And the files themselves, whatever else the browser put into them: while it runs, and after it was put away.
        (nonce, *_) = nonces(page)
        assert traces_of(phone, secrets_of(tickets)) == []
        phone.close()
        assert traces_of(phone, secrets_of(tickets)) == []
        assert traces_of(phone, [nonce])  # what is there is found


def traces_of(phone, secrets: list[str]) -> list[tuple[str, str]]:
    """In which file of the profile which secret stands, in the encodings that Chromium writes."""
    return [
        (secret, str(path))
        for path, content in phone.on_disk()
        for secret in secrets
        if any(secret.encode(encoding) in content for encoding in ("utf-8", "utf-16-le", "latin-1"))
    ]
