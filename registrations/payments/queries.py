"""What is left to pay, and how an invoice stands."""

from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from registrations.invoices.models import Invoice, Reminder
from registrations.payments.models import Payment


def with_balance(invoices: QuerySet[Invoice]) -> QuerySet[Any]:
    """Each invoice with ``paid_ore``, ``credited_ore`` (0 or below) and ``left_ore``, what is left to pay.

    ``left_ore`` is below zero when too much has been paid.
    """
    zero = Value(0, output_field=BigIntegerField())
    payments = Payment.objects.filter(invoice=OuterRef("pk")).order_by().values("invoice")
    notes = Invoice.objects.filter(credits=OuterRef("pk")).order_by().values("credits")
    return invoices.annotate(
        paid_ore=Coalesce(Subquery(payments.annotate(sum=Sum("amount_ore")).values("sum")), zero),
        credited_ore=Coalesce(Subquery(notes.annotate(sum=Sum("payable_ore")).values("sum")), zero),
    ).annotate(left_ore=F("payable_ore") + F("credited_ore") - F("paid_ore"))


def fees_asked() -> Coalesce:
    """What the reminders of an invoice have cost, in öre: asked for in letters, and no part of what is left to pay."""
    fees = Reminder.objects.filter(invoice=OuterRef("pk")).order_by().values("invoice")
    return Coalesce(Subquery(fees.annotate(sum=Sum("fee_ore")).values("sum")), Value(0), output_field=BigIntegerField())
