"""From an address to a paper: whoever handles its event's money, or acts for its company; 404 to everybody else."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from events.access.gate import Visitor, get_event_for
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.invoices.models import Invoice
from registrations.organisations.gate import get_own_exhibitor
from registrations.organisations.models import Organisation


def get_invoice_for(user: Visitor, slug: str, pk: int, permission: str) -> tuple[Event, Invoice]:
    """A paper of the event, of either kind."""
    event = get_event_for(user, slug, permission)
    rows = Invoice.objects.select_related("order__exhibitor__organisation", "series__biller__issuer", "credits")
    return event, get_object_or_404(rows, pk=pk, event=event)


def get_own_invoice(user: Visitor, pk: int, invoice_pk: int) -> tuple[Exhibitor, Invoice]:
    """A paper of the application ``pk``, for the company's own people."""
    exhibitor = get_own_exhibitor(user, pk, "exhibitor.edit")
    return exhibitor, get_object_or_404(Invoice, pk=invoice_pk, order__exhibitor=exhibitor)


def get_invoiced_company(user: Visitor, slug: str, pk: int, permission: str) -> tuple[Event, Organisation]:
    """A company that has applied to the event."""
    event = get_event_for(user, slug, permission)
    organisation = Organisation.objects.filter(pk=pk, exhibitors__event=event).first()
    if organisation is None:
        raise Http404
    return event, organisation
