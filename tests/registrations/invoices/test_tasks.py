"""Jobs: an order that is confirmed or cancelled gets its paper, and what a killed job left is written later."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from registrations.invoices import tasks
from registrations.invoices.models import Invoice, PaperKind
from registrations.invoices.tasks import write_left_papers, write_what_is_due
from registrations.orders.hooks import when_cancelled, when_confirmed
from registrations.orders.states import OrderState
from tests.factories import NOW, EventFactory
from tests.invoice_factories import BillerFactory, ConfirmedOrderFactory, confirmed_order, issued

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def cancel(order, cost, at=NOW):
    order.state, order.cost_of_cancelling, order.ended_at = OrderState.CANCELLED, cost, at
    order.save()


def test_the_orders_hooks_enqueue_the_job():
    order = confirmed_order()

    for hook in (when_confirmed, when_cancelled):
        assert tasks.enqueue in hook
        for provider in hook:
            provider(order, None, NOW)

    assert DBTaskResult.objects.filter(task_path="registrations.invoices.tasks.issue").count() == 2


def test_the_job_says_what_it_wrote():
    order = confirmed_order()

    assert write_what_is_due(order, at=NOW) == "IUC-2027-0001"
    assert write_what_is_due(order, at=NOW) == "IUC-2027-0001"
    assert write_what_is_due(ConfirmedOrderFactory(), at=NOW) == "no_biller"
    assert write_what_is_due(confirmed_order(lines=[]), at=NOW) == "nothing to pay"


def test_what_a_killed_job_left_is_issued_by_the_sweep():
    left = confirmed_order()
    issued(left.event)

    assert write_left_papers(at=LATER) == 1
    assert write_left_papers(at=LATER) == 0
    assert left.invoices.get().number == 2


def test_a_job_that_is_perhaps_on_its_way_is_left_alone():
    confirmed_order()

    assert write_left_papers(at=NOW + timedelta(minutes=1)) == 0


def test_orders_wait_for_the_issuers_details():
    order = ConfirmedOrderFactory()
    assert write_left_papers(at=LATER) == 0

    BillerFactory(issuer=order.event.issuer)

    assert write_left_papers(at=LATER) == 1


@pytest.mark.parametrize(("cost", "credited"), [(0, -1_521_300), (50, -760_700), (100, None)])
def test_a_cancellation_credits_what_its_terms_say(cost, credited):
    """Half of 12 170 kr is 6 085 kr + 25 % = 7 606.25 kr; whole kronor never give back more than was to be paid."""
    invoice = issued()
    cancel(invoice.order, cost)

    for _again in range(2):
        write_what_is_due(invoice.order, at=LATER)

    notes = list(Invoice.objects.filter(kind=PaperKind.CREDIT))
    assert [note.net_ore for note in notes] == ([] if cost == 100 else [-1_217_000 if cost == 0 else -608_500])
    if cost == 0:
        assert notes[0].payable_ore == credited


@pytest.mark.parametrize(("cost", "net"), [(0, None), (50, 608_500), (100, 1_217_000)])
def test_a_cancellation_before_there_was_an_invoice_is_invoiced_at_its_cost(cost, net):
    order = confirmed_order()
    cancel(order, cost)

    for _again in range(2):
        write_what_is_due(order, at=LATER)

    assert [paper.net_ore for paper in Invoice.objects.all()] == ([] if net is None else [net])


def test_the_sweep_credits_what_a_killed_job_left():
    invoice = issued()
    cancel(invoice.order, 50)

    assert write_left_papers(at=LATER) == 1
    assert write_left_papers(at=LATER) == 0


def test_an_order_that_was_never_confirmed_costs_nothing():
    order = confirmed_order(confirmed_at=None, state=OrderState.CANCELLED)

    assert write_what_is_due(order, at=LATER) == "nothing to pay"


def test_the_clocks_command_sweeps(settings):
    event = EventFactory()
    confirmed_order(event, confirmed_at=NOW - timedelta(days=400))

    call_command("tend", no_erasing=True, verbosity=0)

    assert Invoice.objects.count() == 1
