"""Orders, papers, money and credits in whatever order: the sums agree, the books balance, what is issued stays."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.forms import model_to_dict
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from config.demo.stand_in import StandIn
from events.errors import Refusal
from registrations.books.posting import balances
from registrations.books.queries import income_of_events, vouchers_of
from registrations.cards.expiring import end_pages, pages_of_cancelled
from registrations.cards.messages import receive
from registrations.cards.models import Checkout, CheckoutState, RefundState
from registrations.cards.refunding import ask_for_left_refunds, refund_to_card
from registrations.cards.services import begin_checkout
from registrations.exhibitors.decisions import decide
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.services import withdraw
from registrations.exhibitors.states import State
from registrations.invoices.contents import lines_in, totals_in
from registrations.invoices.crediting import credit_invoice, totals_with_notes
from registrations.invoices.models import Invoice, PaperKind
from registrations.invoices.queries import contents_in
from registrations.invoices.tasks import write_what_is_due
from registrations.money.amounts import Line, totals_of
from registrations.money.crediting import left_of
from registrations.orders.models import Order
from registrations.orders.queries import price_now
from registrations.orders.services import confirm_order
from registrations.orders.states import OrderState
from registrations.payments.models import Method, Payment
from registrations.payments.queries import with_balance
from registrations.payments.services import note_repayment, register_payment, take_back_payment
from tests import factories
from tests.invoice_factories import BillerFactory
from tests.order_factories import a_discount, a_draft, a_package, a_selling_event, an_addon, send

COMPANIES, BEGUN = 3, 2
ASKED, CONFIRMED, INVOICED, PAID = "asked", "confirmed", "invoiced", "paid"
STAGES = st.sampled_from([PAID, INVOICED, CONFIRMED, ASKED])
CODES = st.sampled_from(["", "VÅR27"])
URLS = {"success_url": "https://torget.example/back/", "cancel_url": "https://torget.example/stopped/"}
WHICH = st.integers(0, COMPANIES - 1)
# Prices with odd öre, so that VAT and rounding have something to do.
PRICES = st.sampled_from([490_000, 490_050, 1_217_033, 99])
AMOUNTS = st.one_of(st.sampled_from([100, 100_000, 306_300]), st.integers(1, 2_000_000))


def paid_at(company: StandIn) -> list[dict]:
    """The pages that somebody has paid on."""
    return [one for one in company.sessions.values() if one["status"] == "complete"]


def machine_for(company: StandIn):
    class Sale(RuleBasedStateMachine):
        """A fair with a few companies that buy, pay, regret and get their money back."""

        def __init__(self) -> None:
            super().__init__()
            self.savepoint = transaction.atomic()
            self.savepoint.__enter__()
            company.__init__()
            self.at: datetime = factories.NOW
            self.person = factories.UserFactory()
            self.orders: list[int] = []
            self.issued: dict[int, dict] = {}
            self.priced: dict[int, list[Line]] = {}

        @initialize(
            at_once=st.booleans(),
            free=st.integers(0, 4),
            half=st.integers(0, 4),
            begun=st.lists(st.tuples(STAGES, st.integers(0, 3), CODES, PRICES), min_size=BEGUN, max_size=BEGUN),
        )
        def open_the_fair(self, at_once, free, half, begun):
            """Some companies have come some way already, so that few steps lead to the money."""
            today = self.at.date()
            terms = {"free_until_on": today + timedelta(free), "half_until_on": today + timedelta(free + half)}
            self.event = a_selling_event(at_once=at_once, **terms)
            self.biller = BillerFactory(issuer=self.event.issuer)
            self.package = a_package(self.event)
            self.lunch = an_addon(self.event, "Lunch", 14_533, vat_rate=12)
            a_discount(self.event, "VÅR27", percent=15)
            for which, (stage, lunches, code, price) in enumerate(begun):
                self.the_price_changes(price)
                self.ask_for_a_place(lunches, code, price)
                if stage != ASKED:
                    self.decide_on_it(which, State.ACCEPTED)
                    self.confirm(which)
                if stage in {INVOICED, PAID}:
                    self.the_job_runs(which, 1)
                if stage == PAID:
                    self.pay_by_card(which, True)

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

        # --- What people do ---------------------------------------------------------------------------------------

        @rule(price=PRICES)
        def the_price_changes(self, price):
            self.package.price_ore = price
            self.package.save()

        @precondition(lambda self: len(self.orders) < COMPANIES)
        @rule(lunches=st.integers(0, 3), code=CODES, later=PRICES)
        def ask_for_a_place(self, lunches, code, later):
            order = a_draft(self.package, self.person, self.at, extras={self.lunch: lunches}, code=code)
            agreed = price_now(order, self.at).totals.payable_ore
            self.the_price_changes(later)
            order.package = self.package
            is_same = price_now(order, self.at).totals.payable_ore == agreed
            if is_same:
                send(order, self.person, self.at, agreed)
                self.orders.append(order.pk)
            else:
                with pytest.raises(Refusal) as refused:
                    send(order, self.person, self.at, agreed)
                assert refused.value.code == "price_changed"

        @rule(which=WHICH, state=st.sampled_from([State.ACCEPTED, State.ACCEPTED, State.WAITING, State.DECLINED]))
        def decide_on_it(self, which, state):
            if order := self._order(which):
                self._try(decide, exhibitor=self._exhibitor(order), state=state, by=self.person, at=self.at)

        @rule(which=WHICH)
        def confirm(self, which):
            if order := self._order(which):
                self._try(confirm_order, order=order, by=self.person, at=self.at)

        @rule(which=WHICH)
        def withdraw(self, which):
            if order := self._order(which):
                self._try(withdraw, exhibitor=self._exhibitor(order), by=self.person, at=self.at)

        @rule(which=WHICH, times=st.integers(1, 2))
        def the_job_runs(self, which, times):
            for _time in range(times):
                if order := self._order(which):
                    write_what_is_due(order, at=self.at)

        @precondition(lambda self: self.issued)
        @rule(which=WHICH, ore=AMOUNTS)
        def pay_by_bank(self, which, ore):
            if invoice := self._invoice(which):
                self._money(register_payment, invoice, ore)

        @precondition(lambda self: self.issued)
        @rule(which=WHICH, ore=AMOUNTS)
        def pay_back_by_bank(self, which, ore):
            if invoice := self._invoice(which):
                self._money(note_repayment, invoice, ore)

        @precondition(lambda self: self.issued)
        @rule(which=WHICH)
        def take_back_what_was_noted_last(self, which):
            invoice = self._invoice(which)
            last = invoice and invoice.payments.filter(method=Method.BANK, amount_ore__gt=0).last()
            if last:
                self._try(take_back_payment, payment=last, note="Fel faktura", by=self.person, at=self.at)

        @precondition(lambda self: self.issued)
        @rule(which=WHICH, share=st.sampled_from([0.1, 0.5, 1.0]))
        def credit(self, which, share):
            if invoice := self._invoice(which):
                left = left_of(*totals_with_notes(invoice))
                parts = None if share == 1 else {vat: int(ore * share) for vat, ore in left.items()}
                self._try(credit_invoice, invoice=invoice, parts=parts, reason="Fel", by=self.person, at=self.at)

        @precondition(lambda self: self.issued)
        @rule(which=WHICH, hears=st.booleans())
        def pay_by_card(self, which, hears):
            invoice = self._invoice(which)
            page = invoice and self._try(begin_checkout, invoice=invoice, **URLS, by=self.person, at=self.at)
            if page and company.sessions[page.session_id]["status"] == "open":
                company.pay(page.session_id)
                if hears:
                    self.hear_of_payments()

        @precondition(lambda self: paid_at(company))
        @rule()
        def hear_of_payments(self):
            for session in paid_at(company):
                payload, signature = company.message("checkout.session.completed", dict(session))
                receive(payload=payload, signature=signature, at=self.at)

        @precondition(lambda self: paid_at(company))
        @rule(which=WHICH, ore=AMOUNTS, whole=st.booleans(), reason=st.sampled_from(["Fel", ""]))
        def pay_back_to_the_card(self, which, ore, whole, reason):
            pages = Checkout.objects.filter(invoice=self._invoice(which), state=CheckoutState.PAID)
            for page in pages.select_related("invoice__order"):
                amount = page.payment.amount_ore if whole else ore
                wish = {"checkout": page, "amount_ore": amount, "reason": reason, "key": uuid4()}
                self._try(refund_to_card, **wish, by=self.person, at=self.at)

        @rule(fails=st.booleans(), loses=st.booleans())
        def the_card_company_is_up_or_down(self, fails, loses):
            company.fails, company.loses_answers = fails, loses

        @rule(hours=st.sampled_from([0.25, 26, 50]))
        def time_passes_and_it_is_tended(self, hours):
            self.at += timedelta(hours=hours)
            ask_for_left_refunds(at=self.at)
            end_pages(pages_of_cancelled(self.at), at=self.at)

        # --- What is always so ------------------------------------------------------------------------------------

        @invariant()
        def sums_agree(self):
            papers = list(Invoice.objects.order_by("pk"))
            self._nothing_issued_has_changed(papers)
            self._what_was_priced_stands(papers)
            paid: dict[int, list[int]] = {}
            for pk, ore in Payment.objects.values_list("invoice", "amount_ore"):
                paid.setdefault(pk, []).append(ore)
            left = {one.pk: one.left_ore for one in with_balance(Invoice.objects.charges())}
            for invoice in [paper for paper in papers if paper.kind == PaperKind.INVOICE]:
                notes = [paper for paper in papers if paper.credits_id == invoice.pk]
                credited = self._credits_are_of_what_was_charged(invoice, notes)
                amounts = paid.get(invoice.pk, [])
                came, went = sum(ore for ore in amounts if ore > 0), -sum(ore for ore in amounts if ore < 0)
                assert left[invoice.pk] == invoice.payable_ore - credited - came + went
            if papers:
                self._books_balance(sum(left.values()), sum(paper.net_ore for paper in papers))

        @invariant()
        def no_more_goes_back_than_was_drawn(self):
            gone: dict[str, int] = {}
            for told in company.refunds.values():
                gone[told["payment_intent"]] = gone.get(told["payment_intent"], 0) + told["amount"]
            for page in Checkout.objects.exclude(payment_intent="").prefetch_related("refunds"):
                refunds = list(page.refunds.all())
                back = sum(one.amount_ore for one in refunds if one.state == RefundState.DONE)
                assert back <= gone.get(page.payment_intent, 0) <= page.amount_ore
                assert not [one for one in refunds if one.state == RefundState.FAILED]

        def _nothing_issued_has_changed(self, papers: list[Invoice]) -> None:
            as_they_are = {paper.pk: model_to_dict(paper) for paper in papers}
            assert {pk: as_they_are[pk] for pk in self.issued} == self.issued
            self.issued = as_they_are
            assert [paper.number for paper in papers] == list(range(1, len(papers) + 1))
            assert all(paper.is_whole for paper in papers)

        def _what_was_priced_stands(self, papers: list[Invoice]) -> None:
            sent = Order.objects.exclude(priced_at=None).prefetch_related("lines")
            orders = {order.pk: order for order in sent}
            lines = {pk: [row.line for row in order.lines.all()] for pk, order in orders.items()}
            assert {pk: lines[pk] for pk in self.priced} == self.priced
            self.priced = lines
            for paper in papers:
                totals = totals_of(lines_in(contents_in(paper)))
                assert paper.payable_ore == paper.net_ore + paper.vat_ore + paper.rounding_ore
                if paper.kind == PaperKind.INVOICE:
                    assert totals == totals_in(contents_in(paper))
                    if orders[paper.order_id].state == OrderState.CONFIRMED:
                        assert totals == totals_of(lines[paper.order_id])

        def _credits_are_of_what_was_charged(self, invoice: Invoice, notes: list[Invoice]) -> int:
            """How much was credited, in öre with VAT."""
            left = left_of(totals_in(contents_in(invoice)), [totals_in(contents_in(note)) for note in notes])
            credited = -sum(note.payable_ore for note in notes)
            assert 0 <= credited <= invoice.payable_ore
            assert all(ore >= 0 for ore in left.values())
            return credited

        def _books_balance(self, left: int, net: int) -> None:
            accounts = balances(vouchers_of(self.biller, date(2027, 1, 1), date(2027, 12, 31)))
            assert sum(accounts.values()) == 0
            assert accounts.get(self.biller.receivable_account, 0) == left
            sold = -sum(ore for number, ore in accounts.items() if number.startswith("304"))
            assert sold == net == income_of_events([self.event.pk])[self.event.pk].net_ore

        # ----------------------------------------------------------------------------------------------------------

        def _order(self, which: int) -> Order | None:
            if not self.orders:
                return None
            rows = Order.objects.select_related("event__venue", "event__issuer", "exhibitor__organisation", "package")
            return rows.get(pk=self.orders[which % len(self.orders)])

        def _exhibitor(self, order: Order) -> Exhibitor:
            return Exhibitor.objects.select_related("event", "organisation").get(pk=order.exhibitor_id)

        def _invoice(self, which: int) -> Invoice | None:
            order = self._order(which)
            return Invoice.objects.charges().filter(order=order).first() if order else None

        def _money(self, act, invoice: Invoice, ore: int) -> None:
            facts = {"method": Method.BANK, "paid_on": self.at.date(), "by": self.person, "at": self.at}
            self._try(act, invoice=invoice, amount_ore=ore, **facts)

        def _try(self, act, **facts):
            """What ``act`` gives; ``None`` where the rules say no, which must leave everything as it was."""
            try:
                return act(**facts)
            except Refusal:
                return None

    return Sale


@pytest.mark.django_db
def test_sums_agree_and_books_balance_whatever_happens(company):
    few = settings(max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine_for(company), settings=few)
