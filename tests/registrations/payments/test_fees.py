"""A reminder fee that somebody has paid: kept as income, and off the customer's balance."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from events.access.models import AuditEntry, Role
from registrations.books.posting import balances
from registrations.books.queries import sums_of, vouchers_of
from registrations.invoices.models import Biller, Reminder
from registrations.invoices.statements import kind_words, statement_of
from registrations.payments import services
from registrations.payments.forms import PaymentForm
from registrations.payments.models import Method, Payment
from registrations.payments.queries import fees_left, with_balance
from tests import factories
from tests.factories import NOW
from tests.invoice_factories import issued, pay

pytestmark = pytest.mark.django_db
FEE = 6_000


@pytest.fixture
def event():
    return factories.EventFactory()


@pytest.fixture
def invoice(event):
    """Reminded twice: the second reminder asked for 60 kr."""
    made = issued(event)
    for stage, ore in ((1, 0), (2, FEE)):
        Reminder.objects.create(invoice=made, stage=stage, pay_by_on=date(2027, 5, stage), fee_ore=ore)
    return made


def keep(invoice, organiser) -> Payment:
    return services.keep_as_fee(invoice=invoice, by=organiser, at=NOW)


def stands(invoice) -> tuple[int, int]:
    """What is left to pay, and of the fee."""
    row = with_balance(type(invoice).objects.filter(pk=invoice.pk)).annotate(fees_ore=fees_left()).get()
    return row.left_ore, row.fees_ore


def test_what_was_paid_too_much_becomes_the_fee(invoice, organiser):
    pay(invoice, invoice.payable_ore + FEE)
    assert stands(invoice) == (-FEE, FEE)

    kept = keep(invoice, organiser)

    assert (kept.amount_ore, kept.method, kept.paid_on) == (-FEE, Method.FEE, date(2027, 3, 1))
    assert stands(invoice) == (0, 0)
    assert AuditEntry.objects.about(invoice).get(verb=services.KEPT).changes == {"amount_ore": [None, FEE]}


def test_no_more_is_kept_than_was_asked_for_or_paid(invoice, organiser):
    pay(invoice, invoice.payable_ore + 2_500)
    assert keep(invoice, organiser).amount_ore == -2_500
    pay(invoice, 10_000)
    assert keep(invoice, organiser).amount_ore == -3_500
    assert stands(invoice) == (-6_500, 0)


def test_a_second_click_changes_nothing(invoice, organiser):
    pay(invoice, invoice.payable_ore + FEE)

    assert keep(invoice, organiser) == keep(invoice, organiser)
    assert Payment.objects.filter(method=Method.FEE).count() == 1


@pytest.mark.parametrize("ore", [-100, 0])
def test_what_was_not_paid_is_not_kept(invoice, organiser, ore):
    pay(invoice, invoice.payable_ore + ore)

    with pytest.raises(services.NothingToKeep):
        keep(invoice, organiser)


def test_without_a_fee_nothing_is_kept(event, organiser):
    invoice = issued(event)
    pay(invoice, invoice.payable_ore + FEE)

    with pytest.raises(services.NothingToKeep):
        keep(invoice, organiser)


def test_what_was_kept_by_mistake_is_owed_to_the_company_again(invoice, organiser):
    pay(invoice, invoice.payable_ore + FEE)
    services.take_back_payment(payment=keep(invoice, organiser), note="Fel", by=organiser, at=NOW)

    assert stands(invoice) == (-FEE, FEE)
    assert keep(invoice, organiser).amount_ore == -FEE


def test_the_books_have_it_as_income_and_nothing_left_to_claim(invoice, organiser):
    pay(invoice, invoice.payable_ore + FEE)
    keep(invoice, organiser)

    with translation.override("en"):
        vouchers = vouchers_of(Biller.objects.get(), date(2027, 1, 1), date(2027, 12, 31))

    sums = balances(vouchers)
    assert (sums["3990"], sums["1510"], sums["1930"]) == (-FEE, 0, invoice.payable_ore + FEE)
    assert sum(sums.values()) == 0
    assert vouchers[-1].text == f"Reminder fee {invoice.name}"


def test_the_statement_names_it(invoice, organiser):
    pay(invoice, invoice.payable_ore + FEE)
    keep(invoice, organiser)

    rows = statement_of(invoice.order.exhibitor.organisation, Biller.objects.get())

    with translation.override("en"):
        assert [kind_words(row.entry) for row in rows] == ["Invoice", "Payment", "Reminder fee"]
    assert [row.balance_ore for row in rows] == [invoice.payable_ore, -FEE, 0]


def test_a_fee_is_no_way_in_which_money_comes():
    form = PaymentForm({"amount_ore": "60", "paid_on": NOW.date() - timedelta(days=1), "method": "fee"})

    assert "method" in form.errors


def test_the_paper_s_page_offers_it_and_then_no_more(client, event, invoice):
    person = factories.UserFactory(language="en")
    factories.grant(person, Role.TREASURER, event=event)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = reverse("registrations:invoice", args=[event.slug, invoice.pk])
    address = reverse("registrations:invoice-keep-fee", args=[event.slug, invoice.pk])
    assert address not in client.get(page).content.decode()
    pay(invoice, invoice.payable_ore + FEE)
    assert address in client.get(page).content.decode()

    assert client.post(address).url == page

    shown = client.get(page)
    assert address not in shown.content.decode()
    assert (shown.context["invoice"].left_ore, shown.context["is_fee_only"]) == (0, False)


def test_a_fee_that_was_kept_goes_with_the_payment_that_it_came_with(invoice, organiser):
    """Settled on the wrong invoice: what is left to pay is the invoice, and no fee."""
    payment = pay(invoice, invoice.payable_ore + FEE)
    keep(invoice, organiser)

    services.take_back_payment(payment=payment, note="Fel faktura", by=organiser, at=NOW)

    assert stands(invoice) == (invoice.payable_ore, FEE)


def test_a_fee_stays_while_nothing_is_left_to_pay(invoice, organiser):
    pay(invoice, invoice.payable_ore + FEE)
    twice = pay(invoice, 100)
    keep(invoice, organiser)

    services.take_back_payment(payment=twice, note="Fel faktura", by=organiser, at=NOW)

    assert stands(invoice) == (0, 0)


def test_the_books_sum_what_came_in_whatever_was_kept_of_it(invoice, organiser):
    pay(invoice, invoice.payable_ore + FEE)
    keep(invoice, organiser)

    assert sums_of(Biller.objects.get(), date(2027, 1, 1), date(2027, 12, 31)).paid_ore == invoice.payable_ore + FEE
