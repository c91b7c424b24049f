"""Where a ticket is found."""

from django.conf import settings
from django.urls import reverse

from registrations.tickets.models import Ticket


def ticket_url(ticket: Ticket) -> str:
    """What the ticket's QR holds."""
    return code_url(ticket.code)


def code_url(code: str) -> str:
    """The absolute address of the ticket with ``code`` in capitals, so that its QR stays small.

    Scheme and host are the same in any case, and the path has a rule of its own in capitals.
    """
    return f"{settings.BASE_URL}/T/{code}".upper()


def ticket_page(ticket: Ticket) -> str:
    """The ticket's absolute address for a link that people see."""
    return settings.BASE_URL + reverse("registrations:ticket", args=[ticket.code])
