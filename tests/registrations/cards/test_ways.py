"""To the card company and back: one way at a time, messages in any order, refunds, and what differs."""

from datetime import timedelta

import pytest

from registrations.cards.messages import Forged, receive
from registrations.cards.models import CardEvent, Checkout, CheckoutState, Difference, Refund, RefundState
from registrations.cards.reconciling import reconcile
from registrations.cards.refunding import NothingToRefund, refund_to_card
from registrations.cards.services import NoCards, NothingToPay, StripeDown, begin_checkout
from registrations.invoices.models import Invoice
from registrations.payments.models import Method, Payment
from registrations.payments.queries import with_balance
from registrations.payments.services import register_payment
from tests import factories
from tests.money_factories import an_invoice

pytestmark = pytest.mark.django_db

COMPLETED = "checkout.session.completed"
URLS = {"success_url": "https://torget.example/back/", "cancel_url": "https://torget.example/stopped/"}


@pytest.fixture
def invoice():
    return an_invoice(factories.EventFactory())


@pytest.fixture
def begin(invoice, company, organiser, now):
    """``begin()``: somebody goes to the card company's page for the invoice."""
    return lambda at=now: begin_checkout(invoice=invoice, **URLS, by=organiser, at=at)


def left(invoice: Invoice) -> int:
    return with_balance(Invoice.objects.filter(pk=invoice.pk)).get().left_ore


def tell(company, kind: str, thing: dict, at, **facts) -> str:
    payload, signature = company.message(kind, thing, **facts)
    return receive(payload=payload, signature=signature, at=at)


def paid(company, begin, now) -> Checkout:
    """A checkout that was paid, and its message taken in."""
    checkout = begin()
    assert tell(company, COMPLETED, company.pay(checkout.session_id), now) == "paid"
    checkout.refresh_from_db()
    return checkout


def test_page_is_for_what_is_left_and_says_nothing_of_anybody(invoice, begin, company, organiser, now):
    register_payment(invoice=invoice, amount_ore=100_000, method=Method.BANK, paid_on=now.date(), by=organiser, at=now)

    checkout = begin()

    session = company.sessions[checkout.session_id]
    assert (session["amount_total"], session["currency"]) == (512_500, "sek")
    assert session["name"].endswith(f" {invoice.name}")
    assert checkout.url == session["url"]
    told = str(session)
    assert not any(word in told for word in (invoice.buyer, organiser.email, invoice.order.bill_email))


def test_double_click_is_one_page(begin, company):
    assert begin() == begin()
    assert len(company.sessions) == 1


def test_other_amount_or_an_old_page_is_a_new_one(invoice, begin, company, organiser, now):
    first = begin()
    second = begin(now + timedelta(hours=23, minutes=1))
    register_payment(invoice=invoice, amount_ore=100, method=Method.BANK, paid_on=now.date(), by=organiser, at=now)
    third = begin(now + timedelta(hours=23, minutes=2))

    assert len({first.pk, second.pk, third.pk}) == 3
    assert third.amount_ore == 612_400


def test_card_company_down_keeps_what_was_begun_and_goes_on_with_it(begin, company):
    company.fails = True
    with pytest.raises(StripeDown):
        begin()
    kept = Checkout.objects.get()
    company.fails = False

    assert begin().pk == kept.pk
    assert len(company.sessions) == 1


def test_lost_answer_makes_no_second_page(begin, company):
    company.loses_answers = True
    with pytest.raises(StripeDown):
        begin()
    company.loses_answers = False

    checkout = begin()

    assert list(company.sessions) == [checkout.session_id]


def test_paid_on_the_page_whose_name_we_never_heard(invoice, begin, company, now):
    company.loses_answers = True
    with pytest.raises(StripeDown):
        begin()
    (session_id,) = company.sessions

    assert tell(company, COMPLETED, company.pay(session_id), now) == "paid"
    assert left(invoice) == 0
    assert Checkout.objects.get().session_id == session_id


def test_nothing_left_to_pay(invoice, begin, organiser, now):
    register_payment(invoice=invoice, amount_ore=612_500, method=Method.BANK, paid_on=now.date(), by=organiser, at=now)

    with pytest.raises(NothingToPay):
        begin()


def test_without_keys_there_are_no_cards(invoice, organiser, now):
    with pytest.raises(NoCards):
        begin_checkout(invoice=invoice, **URLS, by=organiser, at=now)


def test_message_pays_the_invoice_once_however_often_it_comes(invoice, begin, company, now):
    checkout = begin()
    session = company.pay(checkout.session_id)

    first = tell(company, COMPLETED, session, now, event_id="evt_1")
    again = tell(company, COMPLETED, session, now, event_id="evt_1")
    other = tell(company, "checkout.session.async_payment_succeeded", session, now, event_id="evt_2")

    assert (first, again, other) == ("paid", "seen", "paid")
    assert left(invoice) == 0
    assert Payment.objects.count() == 1
    assert CardEvent.objects.count() == 2


def test_message_that_the_page_ended_comes_after_it_was_paid(invoice, begin, company, now):
    checkout = paid(company, begin, now)

    tell(company, "checkout.session.expired", company.sessions[checkout.session_id], now)

    checkout.refresh_from_db()
    assert checkout.state == CheckoutState.PAID
    assert left(invoice) == 0


def test_page_that_ended_is_ended_and_another_may_be_opened(begin, company, now):
    checkout = begin()

    assert tell(company, "checkout.session.expired", company.expire(checkout.session_id), now) == "ended"
    assert begin().pk != checkout.pk


def test_money_that_is_drawn_later_is_pending(invoice, begin, company, now):
    checkout = begin()
    session = {**company.pay(checkout.session_id), "payment_status": "unpaid"}

    assert tell(company, COMPLETED, session, now) == "pending"
    assert left(invoice) == 612_500


def test_forged_replayed_and_broken_messages_write_nothing(invoice, begin, company, now, settings):
    session = company.pay(begin().session_id)
    payload, signature = company.message(COMPLETED, session)
    _payload, old = company.message(COMPLETED, session, at=0.0)
    tampered = payload.replace(b'"amount_total": 612500', b'"amount_total": 1')
    settings.STRIPE_WEBHOOK_SECRET = "whsec_other"
    _other, foreign = company.message(COMPLETED, session)
    settings.STRIPE_WEBHOOK_SECRET = "whsec_for_the_tests"

    for body, header in [(payload, ""), (payload, foreign), (payload, old), (tampered, signature), (b"{", signature)]:
        with pytest.raises(Forged):
            receive(payload=body, signature=header, at=now)

    assert left(invoice) == 612_500
    assert not CardEvent.objects.exists()


def test_page_that_none_of_ours_began_is_listed(company, now):
    session = {"id": "cs_foreign", "payment_status": "paid", "amount_total": 100, "currency": "sek", "metadata": {}}

    assert tell(company, COMPLETED, session, now) == "unknown"

    row = Difference.objects.get()
    assert (row.kind, row.about, row.theirs_ore, row.invoice) == ("unknown", "cs_foreign", 100, None)
    assert not Payment.objects.exists()


def test_other_amount_is_registered_as_drawn_and_listed(invoice, begin, company, now):
    checkout = begin()

    assert tell(company, COMPLETED, company.pay(checkout.session_id, amount_ore=700_000), now) == "differs"

    assert left(invoice) == -87_500
    row = Difference.objects.get()
    assert (row.kind, row.ours_ore, row.theirs_ore, row.invoice) == ("amount", 612_500, 700_000, invoice)


def test_other_currency_is_listed_and_not_registered(invoice, begin, company, now):
    checkout = begin()

    assert tell(company, COMPLETED, company.pay(checkout.session_id, currency="eur"), now) == "differs"

    assert left(invoice) == 612_500
    assert Difference.objects.get().kind == "currency"


def test_paid_by_bank_meanwhile_is_overpaid_and_goes_back_to_the_card(invoice, begin, company, organiser, now):
    checkout = begin()
    register_payment(invoice=invoice, amount_ore=612_500, method=Method.BANK, paid_on=now.date(), by=organiser, at=now)
    tell(company, COMPLETED, company.pay(checkout.session_id), now)
    assert left(invoice) == -612_500
    checkout.refresh_from_db()

    refund = refund_to_card(checkout=checkout, amount_ore=612_500, by=organiser, at=now)

    assert refund.state == RefundState.DONE
    assert left(invoice) == 0
    assert sum(one["amount"] for one in company.refunds.values()) == 612_500


def test_no_more_goes_back_than_is_paid_too_much(begin, company, organiser, now):
    checkout = paid(company, begin, now)

    with pytest.raises(NothingToRefund):
        refund_to_card(checkout=checkout, amount_ore=1, by=organiser, at=now)


def test_refund_whose_answer_was_lost_goes_back_once(invoice, begin, company, organiser, now):
    checkout = begin()
    tell(company, COMPLETED, company.pay(checkout.session_id, amount_ore=700_000), now)
    checkout.refresh_from_db()
    company.loses_answers = True
    with pytest.raises(StripeDown):
        refund_to_card(checkout=checkout, amount_ore=87_500, by=organiser, at=now)
    company.loses_answers = False

    refund_to_card(checkout=checkout, amount_ore=87_500, by=organiser, at=now)
    (told,) = company.refunds.values()
    tell(company, "refund.updated", told, now)

    assert Refund.objects.get().state == RefundState.DONE
    assert left(invoice) == 0


def test_refund_told_before_we_had_the_answer(invoice, begin, company, organiser, now):
    checkout = begin()
    tell(company, COMPLETED, company.pay(checkout.session_id, amount_ore=700_000), now)
    checkout.refresh_from_db()
    company.loses_answers = True
    with pytest.raises(StripeDown):
        refund_to_card(checkout=checkout, amount_ore=87_500, by=organiser, at=now)

    (told,) = company.refunds.values()
    assert tell(company, "refund.updated", told, now) == "refund"

    assert left(invoice) == 0


def test_refund_made_at_the_card_company_is_listed(company, now):
    assert (
        tell(company, "refund.created", {"id": "re_x", "amount": 100, "metadata": {}, "status": "succeeded"}, now)
        == "unknown"
    )
    assert Difference.objects.get().kind == "refund"


def test_message_of_something_else_is_kept_and_passed(company, now):
    assert tell(company, "customer.created", {"id": "cus_1"}, now) == "passed"
    assert CardEvent.objects.get().outcome == "passed"


def test_night_finds_the_payment_whose_message_never_came(invoice, begin, company, now):
    company.pay(begin().session_id)

    assert reconcile(at=now, since=now - timedelta(days=9000)) == 0

    assert left(invoice) == 0


def test_night_lists_what_the_card_company_does_not_know(begin, company, now):
    checkout = paid(company, begin, now)
    del company.sessions[checkout.session_id]

    assert reconcile(at=now, since=now - timedelta(days=9000)) == 1
    assert reconcile(at=now, since=now - timedelta(days=9000)) == 0

    assert Difference.objects.get().kind == "missing"
