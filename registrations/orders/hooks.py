"""Where other subjects learn what becomes of an order (events/programme/hooks.py says how)."""

from collections.abc import Callable
from datetime import datetime

from events.access.models import User
from events.programme.hooks import Hook
from registrations.orders.models import Order

# What follows when an order is confirmed, inside the transaction: (order, by, at). ``by=None`` is the system.
when_confirmed: Hook[Callable[[Order, User | None, datetime], object]] = Hook()

# What follows when an order is cancelled; ``order.cost_of_cancelling`` says what that costs: (order, by, at).
when_cancelled: Hook[Callable[[Order, User | None, datetime], object]] = Hook()
