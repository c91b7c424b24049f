"""A company's way to a paid stand, on a phone: package with an extra and a code, the price, the offer, the invoice, the card.

The card company is the stand-in, which the real library speaks to; its page is the demo's.
"""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import include, path, reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from config import urls
from config.demo import stand_in
from config.demo.stand_in import StandIn
from config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from events.access.models import Role
from registrations.cards.models import Checkout
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.invoices.models import Invoice
from registrations.orders.models import Order, Terms
from registrations.orders.states import OrderState
from tests import factories
from tests.browser.conftest import PHONE
from tests.browser.keyboard import tab_to
from tests.invoice_factories import BillerFactory
from tests.order_factories import a_discount, a_package, an_addon

urlpatterns = [*urls.urlpatterns, path("demo/", include("config.demo.urls"))]


@pytest.fixture
def fair():
    """A fair that sells from now on: 4 900 kr for a stand, 800 kr for power, ten per cent off for who knows the code."""
    now = timezone.now()
    event = factories.EventFactory(
        slug="massan",
        registration_opens_at=now - timedelta(days=1),
        registration_closes_at=now + timedelta(days=10),
        starts_at=now + timedelta(days=40),
        ends_at=now + timedelta(days=40, hours=7),
        issuer__organisation_number="559000-0013",
    )
    Terms.objects.create(event=event, words="Montern lämnas städad.")
    BillerFactory(issuer=event.issuer)
    a_package(event, contents="Monter 3 × 3 m\nBord och två stolar", name_en="Basic")
    a_package(event, "Partner", 1_990_000, limit=0)
    an_addon(event, name_en="Power 16 A", most=4)
    a_discount(event, "VÅR27", reason="Tidig vår")
    return event


@pytest.fixture
def exhibitor(fair):
    """A company's draft that lacks nothing but its order."""
    exhibitor = factories.ExhibitorFactory(
        event=fair, organisation__name="Kuggfrö & Söner AB", state=State.DRAFT, applied_at=None
    )
    factories.StandStaffFactory(exhibitor=exhibitor)
    return exhibitor


@pytest.fixture
def person(exhibitor):
    return factories.MembershipFactory(organisation=exhibitor.organisation).user


@pytest.fixture
def card_company(settings, monkeypatch, live_server) -> StandIn:
    """The stand-in with its page, as the demo has it."""
    settings.STRIPE_STAND_IN = "config.demo.stand_in.http_client"
    settings.STRIPE_SECRET_KEY = "sk_test_for_the_tests"
    settings.STRIPE_WEBHOOK_SECRET = "whsec_for_the_tests"
    settings.BASE_URL = live_server.url
    settings.ROOT_URLCONF = __name__
    own = StandIn()
    monkeypatch.setattr(stand_in, "STAND_IN", own)
    monkeypatch.setattr("config.demo.card_views.STAND_IN", own)
    return own


def price(page: Page):
    return page.locator("#price")


def arrive(page: Page, end: str) -> None:
    """At an address that ends so; the summary's link to a field has left its mark."""
    page.wait_for_url(re.compile(rf"{end}(#id_code)?$"))


def choose_with_the_keyboard(page: Page, axe) -> None:
    """Package, two extras and a wrong code; then the right one. The price follows each choice."""
    expect(price(page)).to_contain_text("Choose a package")
    tab_to(page, page.get_by_role("radio", name="Basic"))
    page.keyboard.press("Space")
    expect(price(page)).to_contain_text("SEK 6,125")
    tab_to(page, page.get_by_label("Power 16 A"))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("2")
    tab_to(page, page.get_by_label("Discount code"))
    expect(price(page)).to_contain_text("SEK 8,125")
    page.keyboard.type("VÅR26")
    tab_to(page, page.get_by_role("button", name="Count the price"))
    expect(price(page)).to_contain_text("The code “VÅR26” gives no discount here")
    expect(price(page)).to_contain_text("SEK 8,125")
    axe(page)

    page.get_by_label("Discount code").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("The code “VÅR26” gives no discount here")
    expect(page.get_by_role("radio", name="Basic")).to_be_checked()
    expect(page.get_by_label("Power 16 A")).to_have_value("2")
    expect(page.get_by_label("Discount code")).to_have_value("VÅR26")
    expect(page.get_by_role("radio", name="Partner")).to_be_disabled()
    axe(page)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Discount code")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("vår27")
    tab_to(page, page.get_by_role("button", name="Count the price"))
    expect(price(page)).to_contain_text("SEK 7,513")
    expect(price(page)).to_contain_text("Tidig vår (VÅR27)")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Save and go on")).to_be_focused()
    page.keyboard.press("Enter")
    arrive(page, "/billing/")


def say_who_pays(page: Page, axe) -> None:
    axe(page)
    page.get_by_label("Street address").fill("Kugggatan 1")
    page.get_by_label("Postal code").fill("211 22")
    page.get_by_label("City").fill("Malmö")
    page.get_by_label("Your reference").fill("Kst 12")
    page.get_by_role("button", name="Save and go on").click()
    arrive(page, "/send/")


def send_what_costs(page: Page, axe, no_sideways) -> None:
    """The price with VAT stands above the button that sends."""
    expect(page.get_by_role("region", name="What you order")).to_contain_text("SEK 7,513")
    axe(page)
    no_sideways(page)
    page.get_by_role("button", name="Send the application").click()
    arrive(page, r"/exhibitors/\d+/")
    expect(page.get_by_role("region", name="Your order")).to_contain_text("SEK 7,513")
    axe(page)


def accept(desk: Page) -> None:
    desk.locator("tbody tr").get_by_role("button", name="Accept").click()
    expect(desk.locator("tbody tr .state")).to_have_text("Accepted")


def say_yes(page: Page, axe, no_sideways) -> None:
    """The offer, with what it costs and on what terms, and yes to it with the keyboard."""
    page.reload()
    page.get_by_role("link", name="Look at the offer").first.click()
    page.wait_for_url("**/order/")
    expect(page.locator("main")).to_contain_text("SEK 7,513")
    expect(page.locator("main")).to_contain_text("Montern lämnas städad.")
    axe(page)
    no_sideways(page)
    tab_to(page, page.get_by_role("button", name="Confirm the order"))
    page.keyboard.press("Enter")
    arrive(page, r"/exhibitors/\d+/")
    expect(page.get_by_role("region", name="Your order")).to_contain_text("Confirmed")


def open_the_invoice(page: Page, axe, no_sideways) -> Invoice:
    """On its page; the PDF is one."""
    page.reload()
    invoice = Invoice.objects.get()
    page.get_by_role("link", name=invoice.name, exact=True).click()
    page.wait_for_url(f"**/invoices/{invoice.pk}/")
    expect(page.locator("main")).to_contain_text("SEK 7,513")
    pdf = page.request.get(page.get_by_role("link", name="PDF").get_attribute("href"))
    assert (pdf.headers["content-type"], pdf.body()[:5]) == ("application/pdf", b"%PDF-")
    axe(page)
    no_sideways(page)
    return invoice


def pay_by_card(page: Page, company: StandIn, axe, no_sideways) -> None:
    """To the card company, back without paying, there again, and paid: the page believes the company's message only."""
    page.get_by_role("button", name="Pay by card or Swish").click()
    page.wait_for_url("**/demo/card/**")
    expect(page.get_by_role("heading", name="SEK 7,513")).to_be_visible()
    page.get_by_role("link", name="Turn back").click()
    expect(page.get_by_role("heading", name="You stopped the payment")).to_be_visible()
    axe(page)
    no_sideways(page)
    page.get_by_role("button", name="Pay by card or Swish").click()
    page.wait_for_url("**/demo/card/**")
    axe(page)

    session = Checkout.objects.get().session_id
    told = company.pay(session)
    page.goto(told["success_url"])  # faster back than the message is there
    expect(page.locator("#standing")).to_contain_text("Waiting for the card company")
    axe(page)
    no_sideways(page)

    payload, signature = company.message("checkout.session.completed", told)
    answer = Client().post(
        reverse("registrations:card-messages"), payload, "application/json", headers={"Stripe-Signature": signature}
    )
    assert answer.status_code == 204
    expect(page.locator("#standing")).to_contain_text("Paid, thank you")
    axe(page)


def test_from_the_package_to_the_paid_invoice(
    open_page, exhibitor, person, card_company, work, axe, no_sideways, settings
):
    settings.ORGANISERS_NEED_MFA = False
    organiser = factories.UserFactory(name="Karin Dunberg")
    factories.grant(organiser, Role.ORGANISER, event=exhibitor.event)

    page = open_page(f"/exhibitors/{exhibitor.pk}/package/", user=person, size=PHONE, language="en")
    no_sideways(page)
    choose_with_the_keyboard(page, axe)
    say_who_pays(page, axe)
    send_what_costs(page, axe, no_sideways)

    accept(open_page("/e/massan/manage/exhibitors/", user=organiser, language="en"))
    assert Order.objects.get().state == OrderState.OFFERED
    say_yes(page, axe, no_sideways)
    assert Order.objects.get().state == OrderState.CONFIRMED

    work()
    invoice = open_the_invoice(page, axe, no_sideways)
    pay_by_card(page, card_company, axe, no_sideways)
    page.get_by_role("link", name="To your page").click()
    expect(page.get_by_role("region", name="Invoices")).to_contain_text("Everything is settled.")
    expect(page.get_by_role("region", name="Invoices")).to_contain_text("Paid")
    assert invoice.payments.get().amount_ore == 751_300
    assert Exhibitor.objects.get().state == State.ACCEPTED
