"""How each class came: how many, when, and in which parts, as the door's records add up."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from registrations.bookings.models import SchoolClass
from registrations.checkin.models import Presence, Scan
from registrations.checkin.standing import Told, standing_of


@dataclass(frozen=True, slots=True)
class Part:
    """``pupils`` who came in together, at aware time ``at``."""

    at: datetime
    pupils: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """``pupils`` of ``announced`` came, the first at aware time ``at``; ``parts`` where they came in several."""

    pupils: int
    announced: int
    at: datetime | None
    parts: tuple[Part, ...] = ()

    @property
    def more(self) -> int:
        """How many more came than were announced."""
        return max(0, self.pupils - self.announced)


def arrivals_of(classes: Iterable[SchoolClass]) -> dict[int, Arrival]:
    """Those of ``classes`` that have come, by key. One query, and one more where any has."""
    announced = {one.pk: one.pupils for one in classes}
    if not announced:
        return {}
    came = Presence.objects.arrived().filter(ticket__school_class__in=announced)
    rows = list(came.values_list("ticket__school_class", "came", "first_at"))
    parts = _parts([pk for pk, _came, _at in rows]) if rows else {}
    return {pk: Arrival(pupils, announced[pk], at, parts.get(pk, ())) for pk, pupils, at in rows}


def _parts(classes: list[int]) -> dict[int, tuple[Part, ...]]:
    """The parts of each class (by key) that came in more than one; what was undone or corrected counts as it is now."""
    told: dict[int, list[Told]] = defaultdict(list)
    rows = Scan.objects.filter(ticket__school_class__in=classes).order_by()
    for pk, nonce, act, at, heads, let_in, ref in rows.values_list(
        "ticket__school_class", "nonce", "act", "happened_at", "headcount", "let_in", "ref"
    ):
        told[pk].append(Told(nonce, act, at, heads, let_in, ref))
    found = {}
    for pk, records in told.items():
        steps = standing_of(records, one_person=False).steps
        parts = tuple(Part(step.told.at, step.heads) for step in steps if step.enters and step.heads)
        if len(parts) > 1:
            found[pk] = parts
    return found


def nobody_came(classes: Iterable[SchoolClass], arrivals: dict[int, Arrival], at: datetime) -> set[int]:
    """The keys of those of ``classes``, all of one evening and with a place, that the door never saw.

    Empty before the evening is over, and where the door counted no class at all. One query where it is not.
    """
    missing = [one for one in classes if one.pk not in arrivals]
    if not missing or at < missing[0].booking.night.event.ends_at:
        return set()
    event = missing[0].booking.night.event_id
    counted = Presence.objects.arrived().filter(event=event, ticket__school_class__isnull=False).exists()
    return {one.pk for one in missing} if counted else set()
