"""The button that leads to the card company, beside a company's own invoice."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from registrations.cards.client import is_set_up, is_stand_in
from registrations.exhibitors.models import Exhibitor
from registrations.invoices.models import Invoice
from registrations.orders.queries import terms_of
from registrations.payments.queries import with_balance


def way_to_pay(invoice: Invoice, exhibitor: Exhibitor, request: HttpRequest) -> str:
    """Where something is left to pay and the event takes cards; without keys it says that there are none."""
    terms = terms_of(exhibitor.event)
    left_ore = with_balance(Invoice.objects.charges().filter(pk=invoice.pk)).values_list("left_ore", flat=True).first()
    if not left_ore or left_ore <= 0 or (terms is not None and not terms.takes_cards):
        return ""
    context = {
        "invoice": invoice,
        "exhibitor": exhibitor,
        "is_set_up": is_set_up(),
        "is_stand_in": is_stand_in(),
    }
    return render_to_string("registrations/cards/way_to_pay.html", context, request)
