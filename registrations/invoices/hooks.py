"""Where ways to pay hang themselves beside a company's own invoice (events/programme/hooks.py says how)."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from events.programme.hooks import Hook
from registrations.exhibitors.models import Exhibitor
from registrations.invoices.models import Invoice

# A button, rendered, or "": (invoice with its balance, exhibitor, request).
ways_to_pay: Hook[Callable[[Invoice, Exhibitor, HttpRequest], SafeString | str]] = Hook()
