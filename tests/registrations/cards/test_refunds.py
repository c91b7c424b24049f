"""Money back to a card in one step: the credit note, the wish and the card company's answer."""

from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.urls import reverse

from events.mail.models import Letter
from registrations.cards import refunding
from registrations.cards.messages import receive
from registrations.cards.models import Checkout, CheckoutState, Refund, RefundState
from registrations.cards.refunding import (
    CreditByHand,
    NothingToRefund,
    RefundWaits,
    ask_for_left_refunds,
    refund_to_card,
    scope_of,
    wish_refund,
)
from registrations.cards.services import begin_checkout
from registrations.invoices.crediting import credit_invoice, settle_cancellation
from registrations.invoices.models import Invoice
from registrations.money.amounts import FULL
from registrations.orders.models import Order
from registrations.orders.services import cancel_order
from registrations.payments.models import Method
from registrations.payments.queries import with_balance
from registrations.payments.services import note_repayment, register_payment
from tests import factories
from tests.invoice_factories import TermsFactory, issued
from tests.races import at_once

pytestmark = pytest.mark.django_db

# 12 170,00 + 25 % = 15 212,50, and 50 öre of rounding.
PAYABLE = 1_521_300
URLS = {"success_url": "https://torget.example/back/", "cancel_url": "https://torget.example/stopped/"}


def drawn(company, person, at, **order) -> Checkout:
    """An invoice that was paid by card; the way it was."""
    checkout = begin_checkout(invoice=issued(**order), **URLS, by=person, at=at)
    message = company.message("checkout.session.completed", company.pay(checkout.session_id))
    receive(payload=message[0], signature=message[1], at=at)
    return Checkout.objects.select_related("invoice__order").get(pk=checkout.pk)


@pytest.fixture
def checkout(company, organiser, now):
    return drawn(company, organiser, now)


@pytest.fixture
def back(checkout, organiser, now):
    """``back(ore)``: the treasurer wants that much back on the card."""

    def act(amount_ore: int, reason: str = "En bricka för mycket", at=now, **facts) -> Refund:
        return refund_to_card(checkout=checkout, amount_ore=amount_ore, reason=reason, by=organiser, at=at, **facts)

    return act


def left(checkout: Checkout) -> int:
    return with_balance(Invoice.objects.filter(pk=checkout.invoice_id)).get().left_ore


def notes(checkout: Checkout) -> list[int]:
    return list(Invoice.objects.filter(credits=checkout.invoice_id).values_list("payable_ore", flat=True))


def test_everything_is_credited_and_goes_back_in_one_act(checkout, back, company):
    refund = back(PAYABLE)

    note = refund.credit_note
    assert (refund.state, note.credits_id, note.payable_ore) == (RefundState.DONE, checkout.invoice_id, -PAYABLE)
    assert (note.net_ore, note.vat_ore, note.rounding_ore) == (-1_217_000, -304_250, -50)
    assert (left(checkout), [one["amount"] for one in company.refunds.values()]) == (0, [PAYABLE])
    assert Letter.objects.filter(event=checkout.invoice.event).count() == 1


def test_part_is_credited_as_much_as_goes_back(checkout, back):
    back(100_000)
    back(250_000)

    assert (notes(checkout), left(checkout)) == ([-100_000, -250_000], 0)


def test_what_is_paid_too_much_goes_back_first_and_only_the_rest_is_credited(checkout, back, organiser, now):
    bank = {"method": Method.BANK, "paid_on": now.date(), "by": organiser, "at": now}
    register_payment(invoice=checkout.invoice, amount_ore=40_050, **bank)
    assert back(40_000, reason="").credit_note is None

    # 50 öre are still too much: 999,50 are short of 1 000, and a note pays back whole kronor.
    refund = back(100_000)

    assert (refund.credit_note.payable_ore, notes(checkout), left(checkout)) == (-100_000, [-100_000], -50)


def test_nothing_is_credited_without_a_reason_nor_more_than_was_drawn(checkout, back, company):
    for amount, reason in [(100, ""), (PAYABLE + 1, "Allt"), (0, "Inget")]:
        with pytest.raises(NothingToRefund):
            back(amount, reason=reason)

    assert (notes(checkout), Refund.objects.count(), company.refunds) == ([], 0, {})


def test_invoice_with_a_group_below_zero_is_credited_by_hand_or_whole(company, organiser, now):
    lines = [{"unit_ore": 1_000_000}, {"unit_ore": 100_000, "quantity": -1, "vat_rate": 12}]
    checkout = drawn(company, organiser, now, lines=lines)
    act = {"checkout": checkout, "reason": "Fel", "by": organiser, "at": now}

    with pytest.raises(CreditByHand):
        refund_to_card(amount_ore=100_000, **act)
    assert notes(checkout) == []

    refund_to_card(amount_ore=checkout.amount_ore, **act)
    assert (notes(checkout), left(checkout)) == ([-checkout.amount_ore], 0)


@pytest.mark.parametrize("settled", [True, False])
def test_cancelled_order_is_settled_by_its_terms_and_then_what_is_asked_for(
    checkout, back, company, organiser, now, settled
):
    TermsFactory(event=checkout.invoice.event, half_until_on=now.date())
    order = cancel_order(order=checkout.invoice.order, by=organiser, at=now)
    if settled:
        settle_cancellation(order=order, by=None, at=now)

    # Half of 12 170,00 is 6 085,00 + 25 % = 7 606,25: 7 606 kronor come back by the terms.
    refund = back(760_600, reason="")

    assert (notes(checkout), left(checkout)) == ([-760_600], 0)
    assert (refund.state, refund.credit_note is None) == (RefundState.DONE, settled)

    # The organiser gives back the rest too: the terms are no limit for kindness.
    back(PAYABLE - 760_600, reason="Sjukdom")
    assert (sum(notes(checkout)), left(checkout)) == (-PAYABLE, 0)
    assert settle_cancellation(order=Order.objects.get(pk=order.pk), by=None, at=now) is None


def test_down_keeps_the_wish_with_its_note_and_it_is_tried_again(checkout, back, company, now):
    company.fails = True
    with pytest.raises(RefundWaits):
        back(100_000)

    wish = Refund.objects.get()
    assert (wish.state, wish.credit_note.payable_ore, left(checkout)) == (RefundState.ASKED, -100_000, -100_000)
    assert ask_for_left_refunds(at=now + timedelta(minutes=15)) == 0
    company.fails = False
    assert ask_for_left_refunds(at=now + timedelta(minutes=1)) == 0  # somebody is perhaps asking just now
    assert ask_for_left_refunds(at=now + timedelta(minutes=30)) == 1
    assert ask_for_left_refunds(at=now + timedelta(minutes=45)) == 0

    assert (left(checkout), [one["amount"] for one in company.refunds.values()]) == (0, [100_000])


def test_one_that_fails_does_not_keep_the_others_waiting(checkout, company, organiser, now):
    other = drawn(company, organiser, now)
    for one in (checkout, other):
        wish_refund(checkout=one, amount_ore=100_000, reason="Fel", key=uuid4(), by=organiser, at=now)
    Checkout.objects.filter(pk=checkout.pk).update(payment_intent="pi_unknown")

    assert ask_for_left_refunds(at=now + timedelta(hours=1)) == 2

    states = dict(Refund.objects.values_list("checkout", "state"))
    assert states == {checkout.pk: RefundState.FAILED, other.pk: RefundState.DONE}
    assert (left(checkout), left(other)) == (-100_000, 0)


def test_refused_for_good_leaves_the_note_and_may_be_wished_again(checkout, back, company):
    named = Checkout.objects.filter(pk=checkout.pk)
    known = checkout.payment_intent
    named.update(payment_intent="pi_unknown")
    assert back(100_000).state == RefundState.FAILED
    named.update(payment_intent=known)

    assert back(100_000, reason="").state == RefundState.DONE
    assert (notes(checkout), left(checkout)) == ([-100_000], 0)


def test_answer_that_was_lost_longer_than_a_key_holds_is_looked_up(checkout, back, company, now):
    company.loses_answers = True
    with pytest.raises(RefundWaits):
        back(100_000)
    company.loses_answers = False
    company.answered.clear()  # the company has forgotten the key

    assert ask_for_left_refunds(at=now + timedelta(days=2)) == 1

    assert (left(checkout), [one["amount"] for one in company.refunds.values()]) == (0, [100_000])


def test_money_that_went_back_is_noted_though_it_was_paid_back_by_hand_meanwhile(
    checkout, back, company, organiser, now
):
    """It went back twice: that is seen on the invoice, and stops neither the card company's message nor the clock's job."""
    bank = {"method": Method.BANK, "paid_on": now.date(), "by": organiser, "at": now}
    register_payment(invoice=checkout.invoice, amount_ore=40_000, **bank)
    company.fails = True
    with pytest.raises(RefundWaits):
        back(40_000, reason="")
    company.fails = False
    note_repayment(invoice=checkout.invoice, amount_ore=40_000, **bank)

    assert ask_for_left_refunds(at=now + timedelta(hours=2)) == 1

    assert (Refund.objects.get().state, left(checkout)) == (RefundState.DONE, 40_000)


def test_form_that_is_sent_twice_is_one_wish_and_while_one_waits_there_is_no_second(checkout, back, company):
    key = uuid4()
    assert back(100_000, key=key) == back(100_000, key=key)
    company.fails = True
    for _time in range(2):
        with pytest.raises(RefundWaits):
            back(200_000)
    company.fails = False

    assert back(300_000).amount_ore == 200_000
    assert notes(checkout) == [-100_000, -200_000]


def test_fault_while_the_note_is_written_leaves_nothing_behind(checkout, back, company, monkeypatch):
    def faulty(invoice):
        raise RuntimeError("mail")

    monkeypatch.setattr(refunding, "send_paper", faulty)
    with pytest.raises(RuntimeError):
        back(100_000)

    assert (notes(checkout), Refund.objects.count(), company.refunds) == ([], 0, {})


FEW = 3


def wishes(checkout, person, at) -> list:
    """Several treasurers who want the same back, each with a form of their own."""

    def wish():
        wish_refund(checkout=checkout, amount_ore=100_000, reason="Fel", key=uuid4(), by=person, at=at)

    return [wish] * FEW


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_several_at_once_make_one_refund(company, now):
    person = factories.UserFactory()
    checkout = drawn(company, person, now)

    assert at_once(*wishes(checkout, person, now)) == ["done"] * FEW

    assert (Refund.objects.count(), notes(checkout)) == (1, [-100_000])


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_locks_each_would_make_its_own(company, now, monkeypatch):
    """The test above can fail: everybody sees what may go back before anybody has written a wish."""
    person = factories.UserFactory()
    checkout = drawn(company, person, now)
    seen, real = Barrier(FEW), refunding.scope_of

    def scope_and_wait(checkout):
        scope = real(checkout)
        seen.wait(timeout=30)
        return scope

    monkeypatch.setattr(refunding.Order.objects, "locked", lambda pk: Order.objects.get(pk=pk))
    monkeypatch.setattr(refunding, "locked_invoice", lambda pk: Invoice.objects.get(pk=pk))
    monkeypatch.setattr(refunding, "scope_of", scope_and_wait)

    at_once(*wishes(checkout, person, now))

    assert Refund.objects.count() == FEW


# --- The page -------------------------------------------------------------------------------------------------------


@pytest.fixture
def treasurer(organiser_client, checkout):
    return organiser_client(checkout.invoice.event)


@pytest.fixture
def address(checkout):
    return reverse("registrations:card-refund", args=[checkout.invoice.event.slug, checkout.pk])


def test_page_proposes_everything_and_makes_the_note(treasurer, address, checkout):
    form = treasurer.get(address).context["form"]
    response = treasurer.post(address, {"amount_ore": "1 000", "reason": "Fel", "once": str(uuid4())})

    assert form.initial["amount_ore"] == PAYABLE
    assert (response.status_code, left(checkout), notes(checkout)) == (302, 0, [-100_000])


def test_page_asks_why_and_says_how_much_may_go_back(treasurer, address, checkout):
    whyless = treasurer.post(address, {"amount_ore": "1000"})
    too_much = treasurer.post(address, {"amount_ore": "20000", "reason": "Fel"})

    codes = [one.context["form"].errors.as_data() for one in (whyless, too_much)]
    assert [(list(found), next(iter(found.values()))[0].code) for found in codes] == [
        (["reason"], "required"),
        (["amount_ore"], "most"),
    ]
    assert (whyless.status_code, notes(checkout)) == (422, [])


def test_page_asks_why_only_for_what_has_to_be_credited(treasurer, address, checkout, organiser, now):
    bank = {"method": Method.BANK, "paid_on": now.date(), "by": organiser, "at": now}
    register_payment(invoice=checkout.invoice, amount_ore=100_000, **bank)

    more = treasurer.post(address, {"amount_ore": "1001"})
    same = treasurer.post(address, {"amount_ore": "1000"})

    assert more.context["form"].errors.as_data()["reason"][0].code == "needed"
    assert (same.status_code, notes(checkout), left(checkout)) == (302, [], 0)


def test_page_sent_twice_pays_back_once(treasurer, address, company):
    form = {"amount_ore": "1000", "reason": "Fel", "once": str(uuid4())}

    answers = [treasurer.post(address, form).status_code for _time in range(2)]

    assert (answers, len(company.refunds)) == ([302, 302], 1)


def test_token_of_another_payments_form_is_another_wish(treasurer, address, checkout, company, organiser, now):
    other = drawn(company, organiser, now, exhibitor__event=checkout.invoice.event)
    form = {"amount_ore": "1000", "reason": "Fel", "once": str(uuid4())}

    treasurer.post(address, form)
    treasurer.post(reverse("registrations:card-refund", args=[other.invoice.event.slug, other.pk]), form)

    assert sorted(Refund.objects.values_list("checkout", "state")) == [
        (checkout.pk, RefundState.DONE),
        (other.pk, RefundState.DONE),
    ]


def test_page_says_that_the_wish_is_kept_and_asks_again(treasurer, address, company, checkout):
    company.fails = True
    treasurer.post(address, {"amount_ore": "1000", "reason": "Fel"})
    waiting = treasurer.get(address).context["waiting"]
    company.fails = False

    treasurer.post(address)

    assert (waiting.amount_ore, waiting.refund_id, waiting.credit_note.payable_ore) == (100_000, None, -100_000)
    assert Refund.objects.get().state == RefundState.DONE
    assert treasurer.get(address).context["waiting"] is None


def test_credited_and_paid_back_leaves_nothing_to_ask_for(treasurer, address, checkout, back):
    back(PAYABLE)

    assert treasurer.get(address).context["scope"].most == 0
    assert treasurer.post(address, {"amount_ore": "1", "reason": "Fel"}).status_code == 422
    assert checkout.state == CheckoutState.PAID


def test_scope_of_a_credited_invoice_is_what_is_paid_too_much(checkout, organiser, now):
    credit_invoice(invoice=checkout.invoice, parts={FULL: 80_000}, reason="Fel", by=organiser, at=now)

    scope = scope_of(checkout)

    assert (scope.over, scope.creditable, scope.most, scope.proposed) == (100_000, 1_421_300, PAYABLE, 100_000)
