"""The treasurer's day at a desk: what is late, the bank's file, a reminder, a credit note, and the books."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from events.access.models import Role
from registrations.invoices.models import Invoice, PaperKind, Reminder
from registrations.orders.models import Terms
from tests import factories
from tests.browser.conftest import DESK
from tests.browser.keyboard import tab_to
from tests.invoice_factories import issued
from tests.registrations.bank.files import Paid, bgmax
from tests.registrations.books.test_sie import read

MONEY = "/e/massan/manage/money"
BANKGIRO = "50501055"
STAND_ORE = 1_521_300


@pytest.fixture
def fair():
    event = factories.EventFactory(slug="massan")
    Terms.objects.create(event=event, reminder_days=10)
    return event


@pytest.fixture
def papers(fair) -> dict[str, Invoice]:
    """Four invoices of 15 213 kr: one is late, three are not; nobody has paid."""
    now = timezone.now()
    names = {"late": "Sena Verkstaden AB", "sure": "Bageriet i Höör AB", "near": "Åkes Örter AB", "wrong": "Kuggfrö AB"}
    return {
        key: issued(
            fair,
            at=now - timedelta(days=60 if key == "late" else 0),
            exhibitor__organisation__name=name,
            bill_email=f"{key}@foretaget.example",
        )
        for key, name in names.items()
    }


@pytest.fixture
def treasurer(fair, settings):
    settings.ORGANISERS_NEED_MFA = False
    person = factories.UserFactory(name="Tor Kassör")
    factories.grant(person, Role.TREASURER, event=fair)
    return person


def tab(page: Page, name: str) -> None:
    page.locator("main").get_by_role("navigation").get_by_role("link", name=name).click()
    expect(page.locator("h1")).to_have_text(name)


def see_what_is_late(page: Page, papers, axe, no_sideways) -> None:
    expect(page.locator("tbody tr")).to_have_count(4)
    axe(page)
    no_sideways(page)
    page.get_by_role("link", name="Overdue").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text(papers["late"].name)
    axe(page)


def offer_wrong_files(page: Page, sound: bytes, axe) -> None:
    """What is no bank's file, and one that somebody has changed: each says what is wrong with it, and takes nothing in."""
    tab(page, "From the bank")
    changed = sound.replace(b"000000000001521300", b"000000000000521300", 1)
    for content, words in (
        (b"Namn;Belopp\r\n", "This is neither a BgMax file nor a camt.054 file."),
        (changed, "A deposit is not the sum of its payments"),
        (bgmax(Paid("", 100), account="9912346"), "is not the bankgiro of"),
    ):
        read_file(page, content)
        expect(page.locator("main")).to_contain_text("Nothing was taken in")
        expect(page.locator("main")).to_contain_text(words)
        axe(page)
    expect(page.get_by_role("region", name="To settle")).to_contain_text("Nothing waits for you")


def read_file(page: Page, content: bytes) -> None:
    page.get_by_label("File from the bank").set_input_files(
        {"name": "bgmax.txt", "mimeType": "text/plain", "buffer": content}
    )
    page.get_by_role("button", name="Read the file").click()


def settle_what_came(page: Page, sound: bytes, papers, axe, no_sideways) -> None:
    """One payment is booked by its OCR; of the other the page knows whose it may be, and a person says yes."""
    read_file(page, sound)
    expect(page.get_by_role("status")).to_contain_text("2 payments were read. 1 was settled by its reference.")
    expect(page.get_by_role("region", name="Settled")).to_contain_text(papers["sure"].name)
    waiting = page.get_by_role("region", name="To settle")
    expect(waiting).to_contain_text(papers["near"].name)
    axe(page)
    no_sideways(page)
    waiting.get_by_role("link", name="Familjen Öberg").click()
    expect(page.locator("main")).to_contain_text("The reference is nearly the invoice's")
    axe(page)
    no_sideways(page)
    tab_to(page, page.get_by_role("button", name="Yes, register it there"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(f"registered on invoice {papers['near'].name}")
    read_file(page, sound)
    expect(page.locator("main")).to_contain_text("This file was read before")


def remind(page: Page, invoice: Invoice, work, axe, no_sideways) -> None:
    tab(page, "Invoices")
    page.get_by_role("link", name="Remind of 1 late invoice").click()
    expect(page.locator("tbody tr")).to_contain_text(invoice.name)
    axe(page)
    no_sideways(page)
    page.get_by_role("checkbox", name=invoice.name).check()
    page.get_by_role("button", name="Remind the ticked").click()
    expect(page.get_by_role("status")).to_contain_text("1 reminder is on its way.")
    assert Reminder.objects.get().invoice == invoice
    work()
    assert [letter.to for letter in mail.outbox if invoice.name in letter.subject + letter.body] == [
        ["late@foretaget.example"]
    ]


def credit_a_part(page: Page, invoice: Invoice, axe, no_sideways) -> Invoice:
    """Too much first, which is refused in words; then a thousand kronor without VAT."""
    page.goto(f"{MONEY}/invoices/{invoice.pk}/")
    axe(page)
    no_sideways(page)
    page.get_by_role("link", name="Credit", exact=True).click()
    axe(page)
    page.get_by_label("A part: the amounts below").check()
    page.get_by_label("25 % VAT, amount without VAT (kr)").fill("99 999")
    page.get_by_label("Why").fill("En bricka för mycket")
    page.get_by_role("button", name="Issue the credit note").click()
    expect(page.locator("main")).to_contain_text("without VAT is left to credit")
    expect(page.get_by_label("Why")).to_have_value("En bricka för mycket")
    axe(page)
    page.get_by_label("25 % VAT, amount without VAT (kr)").fill("1000")
    page.get_by_role("button", name="Issue the credit note").click()
    expect(page.get_by_role("status")).to_be_visible()
    note = Invoice.objects.get(kind=PaperKind.CREDIT)
    assert (note.credits, note.net_ore) == (invoice, -100_000)
    page.goto(f"{MONEY}/invoices/{invoice.pk}/")
    expect(page.get_by_role("region", name="Credit notes")).to_contain_text(note.name)
    expect(page.locator("main")).to_contain_text("SEK 13,963 left to pay")
    return note


def take_the_books(page: Page, axe, no_sideways) -> dict:
    """This year's SIE file, read again."""
    tab(page, "Books")
    today = timezone.localdate()
    page.get_by_label("From").fill(f"{today.year}-01-01")
    page.get_by_label("Through").fill(f"{today:%Y-%m-%d}")
    page.get_by_role("button", name="Show the period").click()
    expect(page.get_by_role("region", name="The period")).to_be_visible()
    axe(page)
    no_sideways(page)
    with page.expect_download() as coming:
        page.get_by_role("link", name="SIE 4 file").click()
    assert coming.value.suggested_filename == f"massan-{today.year}0101-{today:%Y%m%d}.se"
    return read(Path(coming.value.path()).read_bytes())


def test_from_the_late_invoice_to_the_books(open_page, treasurer, papers, work, axe, no_sideways):
    near = papers["near"].ocr
    swapped = near[:-2] + near[-1] + near[-2] if near[-1] != near[-2] else near[:-1]
    sound = bgmax(
        Paid(papers["sure"].ocr, STAND_ORE, "BAGERIET I HÖÖR AB", serial="1"),
        Paid(swapped, STAND_ORE, "Familjen Öberg", serial="2"),
        account=BANKGIRO,
        day=timezone.localdate(),
    )
    page = open_page(f"{MONEY}/invoices/", user=treasurer, size=DESK, language="en")

    see_what_is_late(page, papers, axe, no_sideways)
    offer_wrong_files(page, sound, axe)
    settle_what_came(page, sound, papers, axe, no_sideways)
    assert [papers[key].payments.count() for key in ("late", "sure", "near", "wrong")] == [0, 1, 1, 0]
    remind(page, papers["late"], work, axe, no_sideways)
    note = credit_a_part(page, papers["wrong"], axe, no_sideways)
    books = take_the_books(page, axe, no_sideways)

    sums = [sum(Decimal(row[2]) for row in voucher["rows"]) for voucher in books["vouchers"]]
    credited = [voucher for voucher in books["vouchers"] if note.name in voucher["head"][3]]
    paid = [voucher for voucher in books["vouchers"] if ["1510", "{}", "-15213.00"] in voucher["rows"]]
    assert set(sums) == {0}
    assert ["1510", "{}", "-1250.00"] in credited[0]["rows"]
    assert len(paid) == 2
