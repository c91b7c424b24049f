"""From an address to an issuer's payments: whoever handles the money of one of its events."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from events.access.gate import Visitor, get_event_for
from events.programme.models import Event
from registrations.bank.models import BankEntry
from registrations.invoices.models import Biller
from registrations.invoices.queries import biller_of


def get_biller_for(user: Visitor, slug: str, permission: str) -> tuple[Event, Biller | None]:
    """The event and what its issuer's invoices say; ``None`` while nobody has filled that in."""
    event = get_event_for(user, slug, permission)
    return event, biller_of(event)


def get_bank_entry_for(user: Visitor, slug: str, pk: int, permission: str) -> tuple[Event, BankEntry]:
    """One of the issuer's payments from the bank; 404 for everybody else's."""
    event, biller = get_biller_for(user, slug, permission)
    if biller is None:
        raise Http404
    return event, get_object_or_404(BankEntry.objects.select_related("biller__issuer", "payment"), pk=pk, biller=biller)
