"""Where the other subjects follow what becomes of a stand (events/programme/hooks.py says how)."""

from collections.abc import Callable
from datetime import datetime

from events.access.models import User
from events.programme.hooks import Hook
from registrations.exhibitors.models import Exhibitor

# When a company has got a stand, by hand or by its own choice, under the event's lock: (exhibitor, by, at).
when_placed: Hook[Callable[[Exhibitor, User, datetime], object]] = Hook()
