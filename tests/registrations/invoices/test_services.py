"""Issuing: once, numbered without a gap, with everything on the paper, and kept as it was."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from django.db import DatabaseError, transaction
from stdnum.luhn import validate

from events.access.models import AuditEntry
from registrations.invoices import services
from registrations.invoices.models import Invoice, Series
from registrations.invoices.paper import pdf_bytes
from registrations.invoices.queries import contents_in
from registrations.invoices.services import NoBiller, NotConfirmed, issue_invoice
from registrations.orders.states import OrderState
from tests.factories import NOW, EventFactory, UserFactory
from tests.invoice_factories import (
    BillerFactory,
    ConfirmedOrderFactory,
    TermsFactory,
    confirmed_order,
    issued,
)

pytestmark = pytest.mark.django_db


def test_the_invoice_of_a_stand_by_hand():
    """12 170 kr + 25 % = 15 212.50 kr; rounded upwards to 15 213 kr."""
    treasurer = UserFactory()
    order = confirmed_order()

    invoice = issue_invoice(order=order, by=treasurer, at=NOW)

    assert (invoice.name, invoice.number, invoice.part) == ("IUC-2027-0001", 1, 1)
    assert (invoice.net_ore, invoice.vat_ore, invoice.rounding_ore) == (1_217_000, 304_250, 50)
    assert invoice.payable_ore == 1_521_300
    assert invoice.issued_on == date(2027, 3, 1)
    assert invoice.due_on == date(2027, 3, 31)
    assert invoice.is_whole
    assert invoice.pdf_sha256 == sha256(pdf_bytes(contents_in(invoice))).hexdigest()
    assert validate(invoice.ocr)
    assert AuditEntry.objects.about(invoice).get().actor == treasurer


def test_everything_that_the_law_wants_stands_on_it():
    order = confirmed_order(bill_vat_number="SE559012345601", bill_order_number="PO-77")

    contents = contents_in(issue_invoice(order=order, by=None, at=NOW))

    assert contents["format"] == "torget.invoice/1"
    assert contents["seller"]["vat_number"] == "SE559000001301"
    assert contents["seller"]["street"] == "Scheelevägen 15"
    assert contents["buyer"]["name"] == order.bill_name
    assert contents["buyer"]["street"] == "Verkstadsgatan 12"
    assert contents["event"]["first_on"] == "2027-03-24"
    assert contents["lines"] == [
        {
            "text": "Monter 9 m²",
            "quantity": 1,
            "unit_ore": 1_217_000,
            "net_ore": 1_217_000,
            "rate": 25,
            "category": "S",
        }
    ]
    assert contents["sums"] == [{"rate": 25, "category": "S", "taxable_ore": 1_217_000, "vat_ore": 304_250}]
    assert contents["words"]["f_tax"] == "Godkänd för F-skatt"
    assert contents["words"]["bankgiro"] == "5050-1055"
    assert contents["buyer"]["order_number"] == "PO-77"


def test_a_buyer_in_the_eu_accounts_for_the_tax_itself():
    order = confirmed_order(
        bill_country="DE",
        bill_vat_number="DE136695976",
        language="en",
        lines=[{"unit_ore": 1_217_000, "vat_rate": 0, "vat_category": "AE"}],
    )

    invoice = issue_invoice(order=order, by=None, at=NOW)

    contents = contents_in(invoice)
    assert (invoice.vat_ore, invoice.payable_ore) == (0, 1_217_000)
    assert contents["words"]["vat"] == [
        "Reverse charge (Omvänd betalningsskyldighet). The seller's VAT number is SE559000001301, the buyer's "
        "DE136695976. Council Directive 2006/112/EC, articles 44 and 196."
    ]
    assert "SE4550000000058398257466" in contents["words"]["pay"]


def test_it_is_issued_once():
    order = confirmed_order()

    first = issue_invoice(order=order, by=None, at=NOW)
    second = issue_invoice(order=order, by=None, at=NOW)

    assert first.pk == second.pk
    assert Series.objects.get().last == 1


def test_numbers_go_on_within_the_year_and_begin_anew_with_the_next():
    event = EventFactory()
    names = [
        issued(event, at=at).name
        for at in (NOW, NOW, datetime(2027, 12, 31, 22, 59, tzinfo=UTC), datetime(2027, 12, 31, 23, 0, tzinfo=UTC))
    ]

    assert names == ["IUC-2027-0001", "IUC-2027-0002", "IUC-2027-0003", "IUC-2028-0001"]


def test_every_paper_of_the_house_has_a_reference_of_its_own():
    papers = [issued(), issued(), issued()]  # three issuers, each with number 1

    assert {paper.number for paper in papers} == {1}
    assert len({paper.ocr for paper in papers}) == 3


def test_an_issuer_without_details_issues_none_and_draws_no_number():
    with pytest.raises(NoBiller):
        issue_invoice(order=ConfirmedOrderFactory(), by=None, at=NOW)

    assert not Series.objects.exists()


def test_what_is_not_confirmed_is_not_invoiced():
    order = confirmed_order(state=OrderState.REQUESTED, confirmed_at=None)

    with pytest.raises(NotConfirmed):
        issue_invoice(order=order, by=None, at=NOW)


def test_nothing_is_issued_for_nothing():
    order = confirmed_order(lines=[{"unit_ore": 500_000}, {"unit_ore": 500_000, "quantity": -1}])

    assert issue_invoice(order=order, by=None, at=NOW) is None
    assert not Series.objects.exists()


def test_the_terms_of_the_event_say_when_it_is_due_and_what_a_reminder_costs():
    order = confirmed_order()
    TermsFactory(event=order.event, due_days=10, reminder_fee_ore=6000)

    invoice = issue_invoice(order=order, by=None, at=NOW)

    assert invoice.due_on == date(2027, 3, 11)
    assert contents_in(invoice)["words"]["late"] == "Dröjsmålsränta enligt räntelagen. Påminnelseavgift 60 kr."


def test_a_job_that_dies_after_drawing_its_number_leaves_no_gap(monkeypatch):
    event = EventFactory()
    BillerFactory(issuer=event.issuer)
    issued(event)
    order = confirmed_order(event)

    def die(contents):
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(services, "pdf_bytes", die)
        with pytest.raises(MemoryError):
            issue_invoice(order=order, by=None, at=NOW)

    assert issued(event).number == 2
    assert issue_invoice(order=order, by=None, at=NOW).number == 3
    assert Series.objects.get().last == 3


def test_nobody_can_change_or_delete_a_paper():
    invoice = issued()

    for act in (
        lambda: Invoice.objects.filter(pk=invoice.pk).update(payable_ore=1),
        lambda: Invoice.objects.filter(pk=invoice.pk).update(contents="{}"),
        lambda: Invoice.objects.filter(pk=invoice.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
