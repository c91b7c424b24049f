"""What is left to pay, and how an invoice stands."""

from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce

from registrations.invoices.models import Invoice, Reminder
from registrations.payments.models import Method, Payment


def with_balance(invoices: QuerySet[Invoice]) -> QuerySet[Any]:
    """Each invoice with ``paid_ore``, ``credited_ore`` (0 or below) and ``left_ore``, what is left to pay.

    ``left_ore`` is below zero when too much has been paid.
    """
    payments = Payment.objects.filter(invoice=OuterRef("pk")).order_by().values("invoice")
    notes = Invoice.objects.filter(credits=OuterRef("pk")).order_by().values("credits")
    return invoices.annotate(
        paid_ore=_or_nothing(payments.annotate(sum=Sum("amount_ore"))),
        credited_ore=_or_nothing(notes.annotate(sum=Sum("payable_ore"))),
    ).annotate(left_ore=F("payable_ore") + F("credited_ore") - F("paid_ore"))


def fees_left() -> CombinedExpression:
    """What the reminders of an invoice have asked for in letters, less what has been kept for it, in öre.

    It is no part of what is left to pay.
    """
    asked = Reminder.objects.filter(invoice=OuterRef("pk")).order_by().values("invoice")
    kept = Payment.objects.filter(invoice=OuterRef("pk"), method=Method.FEE).order_by().values("invoice")
    return _or_nothing(asked.annotate(sum=Sum("fee_ore"))) + _or_nothing(kept.annotate(sum=Sum("amount_ore")))


def _or_nothing(rows: QuerySet[Any]) -> Coalesce:
    """The ``sum`` of ``rows``, 0 where there are none."""
    return Coalesce(Subquery(rows.values("sum")), Value(0), output_field=BigIntegerField())
