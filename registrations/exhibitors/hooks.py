"""Where the other subjects hang their pieces on an application (events/programme/hooks.py says how).

What happens inside the application's transaction may raise a Refusal: then nothing is written or sent.
"""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from events.access.models import User
from events.programme.hooks import Hook, Step
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor

# A sheet above the application's, rendered, or "": (exhibitor, request). The exhibitor has its event and company at hand.
own_sections: Hook[Callable[[Exhibitor, HttpRequest], SafeString | str]] = Hook()

# The same on the organiser's page of an application, below what it says: (exhibitor, request). It checks what the user may.
organiser_sections: Hook[Callable[[Exhibitor, HttpRequest], SafeString | str]] = Hook()

# What the company should do next on its own page, before what the page says by itself; or None: (exhibitor, request).
own_next_steps: Hook[Callable[[Exhibitor, HttpRequest], Step | None]] = Hook()

# Steps of an application before the last one, as (name, title); the step "x" is at the address "exhibitor-x": (event).
further_steps: Hook[Callable[[Event], list[tuple[str, str | Promise]]]] = Hook()

# Which of those steps lack something: (exhibitor).
further_gaps: Hook[Callable[[Exhibitor], list[str]]] = Hook()

# How many badges a company has a right to, or None: (exhibitor). The smallest number holds.
staff_limits: Hook[Callable[[Exhibitor], int | None]] = Hook()

# What stands in the form that sends the application, rendered, or "": (exhibitor, request).
send_pieces: Hook[Callable[[Exhibitor, HttpRequest], SafeString | str]] = Hook()

# Whether a place is given to whoever sends its application, without the organiser's decision: (event).
sending_gives_places: Hook[Callable[[Event], bool]] = Hook()

# What is past hope already, asked before the event's lock is waited for, so that it is not waited for in vain: (exhibitor).
before_waiting: Hook[Callable[[Exhibitor], object]] = Hook()

# When an application is sent: (exhibitor, agreed, by, at). ``agreed`` is the price that the company saw, in öre to pay;
# ``None`` where none was shown. The event's row is locked where ``sending_gives_places``, otherwise held. True: the company
# has been answered already, and needs no receipt that says that somebody will.
when_sent: Hook[Callable[[Exhibitor, int | None, User, datetime], bool]] = Hook()

# When the organiser has decided, under the event's lock; the application is in its new state: (exhibitor, by, at). What is
# answered is called in the language of the letter that tells the decision, and stands in it: one sentence or "".
when_decided: Hook[Callable[[Exhibitor, User, datetime], Callable[[], str] | None]] = Hook()

# When the company has taken its application back, under the event's lock: (exhibitor, by, at).
when_withdrawn: Hook[Callable[[Exhibitor, User, datetime], object]] = Hook()

# What taking it back costs or means, one sentence or "": (exhibitor, at).
what_withdrawing_means: Hook[Callable[[Exhibitor, datetime], str]] = Hook()

# Before a company changes something of its application: (exhibitor, names, at), under the application's lock. ``names`` are
# the fields that would change, "logo" and "staff" among them; a provider may raise a Refusal.
before_change: Hook[Callable[[Exhibitor, frozenset[str], datetime], object]] = Hook()
