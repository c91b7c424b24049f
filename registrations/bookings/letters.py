"""Letters about a booking, to those who share it."""

from typing import Any

from events.access.models import User
from events.mail.services import write_letter
from registrations.bookings.models import Booking

MAIL = "registrations/bookings/mail"


def write_to_all(*, booking: Booking, name: str, context: dict[str, Any], but: User | None = None) -> list[str]:
    """One letter (``mail/<name>``) to the contact person and to each who shares ``booking``, but not to ``but``.

    Each gets it in a language of their own; the contact person, who may have no account, in the owner's. Gives the
    addresses.
    """
    people = [person.user for person in booking.people.filter(joined_at__isnull=False).select_related("user")]
    languages = {person.email.lower(): person.language for person in people}
    usual = people[0].language if people else ""
    addresses = dict.fromkeys([booking.contact_email.lower(), *languages])
    addresses.pop("", None)
    if but:
        addresses.pop(but.email.lower(), None)
    for address in addresses:
        write_letter(
            to=address,
            template=f"{MAIL}/{name}",
            context={"booking": booking, "school": booking.school, **context},
            language=languages.get(address, usual),
            event=booking.night.event,
        )
    return list(addresses)
