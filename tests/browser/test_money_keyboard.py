"""The room of money without a mouse: every page is walked from its beginning to its end, and a reminder is sent."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.access.models import Role
from registrations.invoices.models import Reminder
from registrations.orders.models import Terms
from tests import factories
from tests.browser.conftest import DESK, PHONE
from tests.browser.keyboard import tab_to, walk
from tests.invoice_factories import issued
from tests.money_factories import a_bank_entry
from tests.order_factories import a_discount, a_package, an_addon

MONEY = "/e/massan/manage/money"


@pytest.fixture
def late():
    """An invoice that may be reminded of, at a fair with something of everything."""
    event = factories.EventFactory(slug="massan")
    Terms.objects.create(event=event, reminder_days=10)
    a_package(event)
    an_addon(event)
    a_discount(event)
    invoice = issued(event, at=timezone.now() - timedelta(days=60))
    a_bank_entry(invoice.series.biller, words=f"Faktura {invoice.name}")
    return invoice


@pytest.fixture
def treasurer(late, settings):
    settings.ORGANISERS_NEED_MFA = False
    person = factories.UserFactory(name="Tor Kassör")
    factories.grant(person, Role.TREASURER, event=late.event)
    return person


def addresses(invoice) -> list[str]:
    entry = invoice.series.biller.bank_entries.get()
    paper = f"invoices/{invoice.pk}"
    inside = [
        "orders",
        "invoices",
        "invoices/reminders",
        paper,
        f"{paper}/credit",
        f"{paper}/pay",
        "issuer",
        "bank",
        f"bank/{entry.pk}",
        "cards",
        "packages",
        "packages/new",
        "extras",
        "discounts",
        "terms",
        "books",
    ]
    return [f"{MONEY}/{one}/" for one in inside]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_is_walked_in_order_to_its_end(open_page, treasurer, late, size):
    page = open_page(f"{MONEY}/orders/", user=treasurer, size=size, language="en", reduced_motion="reduce")

    faults = {}
    for address in addresses(late):
        answer = page.goto(address)
        assert answer.status == 200, address
        faults[address] = walk(page)

    assert {address: found for address, found in faults.items() if found} == {}


def test_a_walk_can_fail(open_page):
    page = open_page("about:blank")
    unseen, early, late = (
        '<a href="/" style="outline: none; box-shadow: none">Unseen</a>',
        '<button tabindex="1">Early</button>',
        '<button tabindex="-1">Never</button><a href="/">Late</a>',
    )

    def faults_of(content: str) -> list[str]:
        page.set_content(f"<style>:focus {{ outline: 3px solid }}</style><main>{content}</main>")
        return [fault.split(":")[0] for fault in walk(page)]

    assert faults_of(late) == []
    assert faults_of(unseen + late) == ["not seen"]
    assert faults_of(late + early) == ["backwards", "not met"]


def test_reminding_from_the_room_s_first_page(open_page, treasurer, late):
    page = open_page(f"{MONEY}/orders/", user=treasurer, size=DESK, language="en")

    tab_to(page, page.locator("main").get_by_role("link", name="Invoices"))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Invoices")
    tab_to(page, page.get_by_role("link", name="Remind of 1 late invoice"))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Reminders")
    tab_to(page, page.get_by_role("checkbox", name=late.name))
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Remind the ticked")).to_be_enabled()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("1 reminder is on its way.")
    assert Reminder.objects.get().invoice == late
