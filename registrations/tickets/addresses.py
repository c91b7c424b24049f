"""Where a ticket is found."""

from django.conf import settings
from django.urls import reverse

from registrations.tickets.models import Ticket


def ticket_url(ticket: Ticket) -> str:
    """What the QR holds: the ticket's absolute address in capitals, so that the code stays small.

    Scheme and host are the same in any case, and the path has a rule of its own in capitals.
    """
    return f"{settings.BASE_URL}/T/{ticket.code}".upper()


def ticket_page(ticket: Ticket) -> str:
    """The ticket's absolute address for a link that people see."""
    return settings.BASE_URL + reverse("registrations:ticket", args=[ticket.code])
