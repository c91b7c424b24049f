"""Where the higher apps hang their pieces on a ticket's page; the imports still run one way (events/programme/hooks.py)."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from events.programme.hooks import Hook
from registrations.tickets.models import Ticket

# A piece below the ticket, rendered, or "": (ticket, request). The ticket has its event, visitor and presence at hand.
ticket_sections: Hook[Callable[[Ticket, HttpRequest], SafeString | str]] = Hook()
