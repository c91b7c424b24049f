"""Where the higher apps hang their pieces on a booking's own page (events/programme/hooks.py says how)."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from events.programme.hooks import Hook
from registrations.bookings.models import Booking

# A sheet above the classes, rendered, or "": (booking, request). The booking has its school and its event at hand.
own_sections: Hook[Callable[[Booking, HttpRequest], SafeString | str]] = Hook()
