"""The worker's side of papers: what a confirmed or cancelled order asks for, and what a killed job left."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from events.access.models import User
from events.errors import Refusal
from registrations.invoices.crediting import settle_cancellation
from registrations.invoices.models import Biller, Invoice
from registrations.invoices.sending import send_paper
from registrations.invoices.services import issue_invoice
from registrations.orders.models import Order
from registrations.orders.states import OrderState

# How long a confirmed order may be without its invoice before the sweep takes it: the job is perhaps on its way.
PATIENCE = timedelta(minutes=5)

log = logging.getLogger(__name__)


@task()
def issue(order_pk: int) -> str:
    """Write the paper that the order asks for now; gives its number, or why there is none."""
    return write_what_is_due(Order.objects.get(pk=order_pk), at=timezone.now())


def write_what_is_due(order: Order, *, at: datetime) -> str:
    """The invoice of a confirmed order, or what follows from a cancelled one; its number, or a word that says why not.

    Whoever is told twice writes once: a job that is run again, and the sweep, do no harm.
    """
    try:
        with transaction.atomic():
            if order.state == OrderState.CANCELLED:
                paper = settle_cancellation(order=order, by=None, at=at)
            else:
                paper = issue_invoice(order=order, by=None, at=at)
            if paper and paper.issued_at == at:
                send_paper(paper)
    except Refusal as refusal:
        return refusal.code
    return paper.name if paper else "nothing to pay"


def enqueue(order: Order, by: User | None, at: datetime) -> None:
    """For the hooks of orders: the task is a row of the same transaction."""
    issue.enqueue(order.pk)


def without_paper(at: datetime) -> QuerySet[Order]:
    """Orders that had been confirmed, or cancelled at a cost, by ``at`` less PATIENCE, whose issuer can issue, without one.

    Those that come to nothing are among them; they are cheap to look at again.
    """
    issued = Invoice.objects.charges().filter(order=OuterRef("pk"))
    can_issue = Biller.objects.filter(issuer=OuterRef("event__issuer"))
    waited = at - PATIENCE
    due = Q(state=OrderState.CONFIRMED, confirmed_at__lte=waited) | Q(
        state=OrderState.CANCELLED, confirmed_at__isnull=False, cost_of_cancelling__gt=0, ended_at__lte=waited
    )
    rows = Order.objects.filter(due).filter(~Exists(issued), Exists(can_issue), lines__isnull=False).distinct()
    return rows.select_related("event__venue", "exhibitor__organisation").order_by("confirmed_at", "pk")


def to_credit(at: datetime) -> QuerySet[Order]:
    """Cancelled orders of which no credit note has been written, though cancelling did not cost everything."""
    charged = Invoice.objects.charges().filter(order=OuterRef("pk"))
    noted = Invoice.objects.filter(order=OuterRef("pk"), credits__isnull=False)
    return Order.objects.filter(
        Exists(charged),
        ~Exists(noted),
        state=OrderState.CANCELLED,
        cost_of_cancelling__lt=100,
        ended_at__lte=at - PATIENCE,
    )


def write_left_papers(*, at: datetime) -> int:
    """What killed jobs left, and what could not be issued while the issuer's details were missing; how many papers."""
    written = 0
    for order in [*without_paper(at), *to_credit(at)]:
        said = write_what_is_due(order, at=at)
        written += Invoice.objects.filter(name=said, order=order).exists()
    return written
