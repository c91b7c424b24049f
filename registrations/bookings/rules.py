"""How somebody comes to a role on a booking. The permissions stand in events.access.rules."""

from events.access.models import User
from events.access.rules import roles_of
from registrations.bookings.models import Booking


@roles_of.register
def _(obj: Booking, user: User) -> set[str]:
    return set(obj.people.filter(user=user, joined_at__isnull=False).values_list("role", flat=True))
