"""Reminds companies of what they have not paid, when the organiser says so: never twice in a stage, never too early."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.mail.services import write_letter
from events.moments import STOCKHOLM
from events.programme.models import Event
from registrations.invoices.models import Invoice, Reminder
from registrations.invoices.reminding import Sent, fee_of, stage_due
from registrations.invoices.sending import address_of
from registrations.orders.models import Terms
from registrations.payments.queries import fees_left, with_balance

REMINDED = audit.verb("invoice.reminded", _("reminded of the invoice"))


class NotToBeReminded(Refusal):
    code = "not_to_be_reminded"
    message = _("No reminder is due for that invoice: it is settled, it was reminded of lately, or it is too early.")


@dataclass(frozen=True, slots=True)
class Due:
    """An invoice (with its balance) of which a reminder may be sent now, in ``stage``."""

    invoice: Any
    stage: int
    fee_ore: int
    days_late: int


def due_reminders(event: Event, today: date) -> list[Due]:
    """What may be reminded of today, the longest overdue first; a constant number of queries."""
    terms = _terms(event)
    rows: Any = with_balance(Invoice.objects.for_event(event).charges()).filter(due_on__lt=today)
    rows = rows.filter(left_ore__gt=0)
    rows = rows.defer("contents").select_related("order__exhibitor__organisation").prefetch_related("reminders")
    found = []
    for row in rows.order_by("due_on", "pk"):
        stage = _stage(row, terms, today)
        if stage is not None:
            found.append(Due(row, stage, fee_of(stage, terms.reminder_fee_ore), (today - row.due_on).days))
    return found


@transaction.atomic
def send_reminder(*, invoice: Invoice, by: User | None, at: datetime) -> Reminder:
    """Remind of ``invoice`` in the next stage, by a letter to where the invoice went. Raises NotToBeReminded."""
    Invoice.objects.select_for_update(of=("self",), no_key=True).get(pk=invoice.pk)
    rows = with_balance(Invoice.objects.charges()).annotate(fees_ore=fees_left())
    row: Any = rows.select_related("event", "order__exhibitor__organisation").filter(pk=invoice.pk).first()
    if row is None:
        raise NotToBeReminded
    today = at.astimezone(STOCKHOLM).date()
    terms = _terms(row.event)
    stage = _stage(row, terms, today)
    if stage is None:
        raise NotToBeReminded
    reminder = Reminder.objects.create(
        invoice=row,
        stage=stage,
        sent_at=at,
        sent_by=by,
        fee_ore=fee_of(stage, terms.reminder_fee_ore),
        pay_by_on=today + timedelta(days=terms.reminder_days),
    )
    fees_ore = row.fees_ore + reminder.fee_ore
    audit.record(row, REMINDED, by=by, at=at, changes={"stage": [stage - 1 or None, stage]})
    write_letter(
        to=address_of(row),
        template="registrations/invoices/mail/reminder",
        context={
            "invoice": row,
            "reminder": reminder,
            "exhibitor": row.order.exhibitor,
            "fees_ore": fees_ore,
            "total_ore": row.left_ore + fees_ore,
            "stage": stage,
        },
        language=row.order.language,
        event=row.event,
    )
    return reminder


def send_reminders(*, event: Event, chosen: Iterable[int], by: User | None, at: datetime) -> int:
    """Remind of each of the event's ``chosen`` invoices for which it is due; how many letters. The others are left."""
    sent = 0
    for invoice in Invoice.objects.for_event(event).charges().filter(pk__in=list(chosen)).order_by("due_on", "pk"):
        try:
            send_reminder(invoice=invoice, by=by, at=at)
        except NotToBeReminded:
            continue
        sent += 1
    return sent


def stage_of(invoice: Any, today: date) -> int | None:
    """The stage in which ``invoice`` (with its balance) may be reminded of today, if in any."""
    return _stage(invoice, _terms(invoice.event), today) if invoice.due_on else None


def _stage(invoice: Any, terms: Terms, today: date) -> int | None:
    sent = [Sent(one.stage, one.sent_at.astimezone(STOCKHOLM).date()) for one in invoice.reminders.all()]
    return stage_due(invoice.due_on, sent, every_days=terms.reminder_days, left_ore=invoice.left_ore, today=today)


def _terms(event: Event) -> Terms:
    return Terms.objects.filter(event=event).first() or Terms(event=event)
