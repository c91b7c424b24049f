"""What a school says on the phone and the organiser writes down: as on the school's own page, in one act."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from events.access.models import User
from registrations.bookings.letters import write_to_all
from registrations.bookings.models import SchoolClass
from registrations.bookings.places.needs import change_needs
from registrations.bookings.places.numbers import change_numbers


@transaction.atomic
def note_call(
    *,
    school_class: SchoolClass,
    needs: Mapping[str, int],
    diets: Mapping[str, int],
    seen: int,
    numbers: Mapping[str, int] | None,
    by: User,
    at: datetime,
) -> SchoolClass:
    """Needs and diets of ``school_class``, and where it has a place its ``numbers`` (``pupils``, ``adults``, and as
    ``seen`` the pupils that the page showed): all of it or nothing. The school hears of it in one letter.

    Raises what ``change_needs`` and ``change_numbers`` raise.
    """
    noted = change_needs(school_class=school_class, needs=needs, diets=diets, seen=seen, by=by, at=at)
    version = noted.version
    if numbers is not None:
        noted = change_numbers(school_class=noted, by=by, at=at, **numbers).school_class
    # New numbers have a receipt of their own, a few minutes later.
    if version != school_class.version and noted.version == version:
        write_to_all(
            booking=noted.booking, name="changed", context={"by": by, "school_class": noted, "new": False}, but=by
        )
    return noted
