"""Letters to everybody who shares a booking: the contact person and those who have signed in to it."""

from typing import Any

from events.mail.services import write_letter
from registrations.bookings.models import Booking

MAIL = "registrations/bookings/places/mail"


def write_to_booking(*, booking: Booking, name: str, context: dict[str, Any]) -> int:
    """One letter (``mail/<name>``) to each address of ``booking``, in its owner's language; how many."""
    people = [p.user for p in booking.people.filter(joined_at__isnull=False).select_related("user")]
    language = {person.email.lower(): person.language for person in people}
    usual = next(iter(language.values()), "")
    addresses = [booking.contact_email, *(person.email for person in people)]
    found = dict.fromkeys(address.lower() for address in addresses if address)
    for address in found:
        write_letter(
            to=address,
            template=f"{MAIL}/{name}",
            context={"booking": booking, "school": booking.school, **context},
            language=language.get(address, usual),
            event=booking.night.event,
        )
    return len(found)
