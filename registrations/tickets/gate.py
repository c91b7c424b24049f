"""The gate to a ticket: its code is the secret. Whoever guesses is slowed down, whoever has a ticket is not."""

from django.http import Http404, HttpRequest
from django_ratelimit.core import is_ratelimited
from django_ratelimit.exceptions import Ratelimited

from registrations.tickets.codes import read_code
from registrations.tickets.models import Ticket

# Only misses are counted: a company whose whole staff sits behind one address opens all its tickets.
MISSES = {"group": "ticket-misses", "key": "ip", "rate": "20/m"}


def get_ticket(request: HttpRequest, code: str, *, visitors_only: bool = False) -> Ticket:
    """The ticket with ``code`` (as printed or as typed) and its holder; 404 when there is none.

    Raises Ratelimited after too many misses from one address.
    """
    if is_ratelimited(request, increment=False, **MISSES):
        raise Ratelimited
    known = read_code(code)
    tickets = (
        Ticket.objects.with_holders()
        .select_related("event__venue", "school_class__wave", "presence")
        .filter(code=known)
    )
    if visitors_only:
        tickets = tickets.filter(visitor__isnull=False)
    ticket = tickets.first() if known else None
    if ticket is None:
        is_ratelimited(request, increment=True, **MISSES)
        raise Http404
    return ticket
