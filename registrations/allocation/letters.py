"""What schools are told when places are published: one letter a booking, about all its classes that something happens to."""

from collections import defaultdict
from dataclasses import dataclass

from events.mail.services import write_letter
from events.nights.models import Night
from registrations.allocation.reasons import reason_of
from registrations.bookings.models import Booking, SchoolClass

TEMPLATE = "registrations/allocation/mail/places"


@dataclass(frozen=True, slots=True)
class Told:
    """A class and what became of it: ``new moved visits lost waits``. The row is as it is now."""

    kind: str
    row: SchoolClass

    @property
    def reason(self) -> str:
        """Why it has no place, in the language of whoever reads; empty for one that has."""
        return "" if self.row.wave_id else reason_of(self.row.outcome)


def tell_schools(*, night: Night, told: list[Told]) -> int:
    """One letter to everybody who shares a booking that is told something; how many letters. Three queries of its own."""
    by_booking: defaultdict[int, list[Told]] = defaultdict(list)
    for one in told:
        by_booking[one.row.booking_id].append(one)
    rows = Booking.objects.filter(pk__in=by_booking).select_related("school__municipality").order_by("pk")
    waves = {wave.pk: wave for wave in night.waves.all()}
    letters = 0
    for booking in rows.prefetch_related("people__user"):
        booking.night = night
        lines = by_booking[booking.pk]
        for line in lines:
            line.row.wave = waves.get(line.row.wave_id) if line.row.wave_id else None
        for address, language in addresses_of(booking).items():
            write_letter(
                to=address,
                template=TEMPLATE,
                context={"booking": booking, "school": booking.school, "lines": lines, **_kinds(lines)},
                language=language,
                event=night.event,
            )
            letters += 1
    return letters


def addresses_of(booking: Booking) -> dict[str, str]:
    """Everybody who shares the booking, with their language; the contact person has the owner's."""
    people = [person.user for person in booking.people.all() if person.joined_at]
    languages = {user.email.lower(): user.language for user in people}
    usual = people[0].language if people else ""
    found = {booking.contact_email.lower(): languages.get(booking.contact_email.lower(), usual), **languages}
    return {address: language for address, language in found.items() if address}


def _kinds(lines: list[Told]) -> dict[str, object]:
    """What the letter's first sentence goes by: how many got a place, and the last day to answer."""
    offered = [line.row for line in lines if line.kind in {"new", "moved"}]
    return {
        "placed": sum(line.kind == "new" for line in lines),
        "waiting": sum(line.kind == "waits" for line in lines),
        "changed": any(line.kind in {"moved", "visits", "lost"} for line in lines),
        "answer_by_at": offered[0].answer_by_at if offered else None,
    }
