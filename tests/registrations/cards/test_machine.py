"""An invoice, a bank, a card company that loses answers and repeats itself: in whatever order, the sums are right."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from events.errors import Refusal
from registrations.cards.messages import receive
from registrations.cards.models import Checkout, CheckoutState, Refund, RefundState
from registrations.cards.refunding import refund_to_card
from registrations.cards.services import begin_checkout
from registrations.invoices.models import Invoice
from registrations.payments.models import Method
from registrations.payments.queries import with_balance
from registrations.payments.services import register_payment
from tests import factories
from tests.money_factories import an_invoice

AT = datetime(2027, 3, 1, 9, tzinfo=UTC)
KINDS = ["checkout.session.completed", "checkout.session.async_payment_succeeded", "checkout.session.expired"]


def machine_for(company):
    class Money(RuleBasedStateMachine):
        pages = Bundle("pages")

        def __init__(self) -> None:
            super().__init__()
            self.savepoint = transaction.atomic()
            self.savepoint.__enter__()
            company.__init__()
            self.person = factories.UserFactory()
            self.invoice = an_invoice(factories.EventFactory())
            self.by_bank = 0

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

        @rule(loses=st.booleans(), fails=st.booleans(), target=pages)
        def go_to_the_page(self, loses, fails):
            company.loses_answers, company.fails = loses, fails
            try:
                checkout = begin_checkout(
                    invoice=self.invoice,
                    success_url="https://torget.example/",
                    cancel_url="https://torget.example/",
                    by=self.person,
                    at=AT,
                )
            except Refusal:
                checkout = None
            company.loses_answers = company.fails = False
            known = list(company.sessions)
            return checkout.session_id if checkout else (known[-1] if known else "")

        @rule(page=pages)
        def pay(self, page):
            if page and company.sessions[page]["status"] == "open":
                company.pay(page)

        @rule(page=pages, kind=st.sampled_from(KINDS), times=st.integers(1, 2))
        def hear(self, page, kind, times):
            if not page:
                return
            message = company.message(kind, dict(company.sessions[page]))
            for _time in range(times):
                receive(payload=message[0], signature=message[1], at=AT)

        @rule(ore=st.integers(1, 700_000))
        def pay_by_bank(self, ore):
            register_payment(
                invoice=self.invoice, amount_ore=ore, method=Method.BANK, paid_on=AT.date(), by=self.person, at=AT
            )
            self.by_bank += ore

        @rule(ore=st.integers(1, 700_000), loses=st.booleans())
        def pay_back(self, ore, loses):
            company.loses_answers = loses
            for checkout in Checkout.objects.filter(state=CheckoutState.PAID):
                try:
                    refund_to_card(checkout=checkout, amount_ore=ore, by=self.person, at=AT)
                except Refusal:
                    continue
            company.loses_answers = False

        @rule()
        def hear_of_refunds(self):
            for told in list(company.refunds.values()):
                message = company.message("refund.updated", told)
                receive(payload=message[0], signature=message[1], at=AT)

        @invariant()
        def sums_are_right(self):
            invoice = with_balance(Invoice.objects.filter(pk=self.invoice.pk)).get()
            by_card = sum(
                one.payment.amount_ore
                for one in Checkout.objects.filter(state=CheckoutState.PAID).select_related("payment")
            )
            back = sum(one.amount_ore for one in Refund.objects.filter(state=RefundState.DONE))
            assert invoice.paid_ore == self.by_bank + by_card - back
            drawn = sum(one["amount_total"] for one in company.sessions.values() if one["payment_status"] == "paid")
            gone = sum(one["amount"] for one in company.refunds.values())
            assert by_card <= drawn
            assert back <= gone <= drawn

    return Money


@pytest.mark.django_db
def test_sums_are_right_whatever_happens_in_whatever_order(company):
    run_state_machine_as_test(
        machine_for(company),
        settings=settings(
            max_examples=30, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
