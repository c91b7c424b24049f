"""What is taken and what is free, as the rows say now. True only as long as the caller holds the event's lock."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Sum

from events.nights.models import Night, Wave
from registrations.allocation.models import Team, Visit
from registrations.bookings.models import SchoolClass
from registrations.bookings.places import fitting


def pupils_by_wave(night: Night, *, besides: Iterable[SchoolClass] = ()) -> dict[int, int]:
    """Pupils with a place, by admission; one query. ``besides`` are not counted."""
    held = SchoolClass.objects.for_night(night).holding().exclude(pk__in=[row.pk for row in besides])
    return dict(held.values_list("wave").annotate(n=Sum("pupils")).order_by())


def free_places(night: Night, wave: Wave) -> int:
    """How many more pupils may come in ``wave``: it has room for them, and so has the evening. Never below 0."""
    return free_by_wave(night, [wave])[1][wave.pk]


def free_by_wave(night: Night, waves: Iterable[Wave]) -> tuple[int, dict[int, int]]:
    """Places free in ``waves`` together (no more than in the evening), and in each by its key; one query."""
    held = pupils_by_wave(night)
    evening = max(0, night.places - sum(held.values()))
    room = {wave.pk: max(0, wave.capacity - held.get(wave.pk, 0)) for wave in waves}
    return min(evening, sum(room.values())), {pk: min(evening, free) for pk, free in room.items()}


def teams_of(school_class: SchoolClass) -> list[fitting.Team]:
    """The class's teams with every slot that their visits take up; two queries."""
    slots: defaultdict[int, set[fitting.Slot]] = defaultdict(set)
    for team, station, first, duration in Visit.objects.filter(team__school_class=school_class).values_list(
        "team", "station", "round", "station__duration"
    ):
        slots[team].update((station, number) for number in range(first, first + duration))
    return [
        fitting.Team(team.number, team.size, team.wheelchairs, frozenset(slots[team.pk]))
        for team in Team.objects.filter(school_class=school_class).order_by("number")
    ]


def seats_taken(wave: Wave, *, besides: Iterable[SchoolClass] = ()) -> Counter[fitting.Slot]:
    """Pupils at each station in each round of ``wave``; one query. ``besides`` are not counted."""
    visits = Visit.objects.filter(team__school_class__wave=wave).exclude(team__school_class__in=list(besides))
    taken: Counter[fitting.Slot] = Counter()
    for station, first, duration, size in visits.values_list("station", "round", "station__duration", "team__size"):
        for number in range(first, first + duration):
            taken[station, number] += size
    return taken


def seats_free(school_class: SchoolClass) -> dict[fitting.Slot, int]:
    """Free seats at every slot of the class's teams, the class itself counted as there."""
    assert school_class.wave is not None
    stations = Visit.objects.filter(team__school_class=school_class).values_list("station", "station__capacity")
    capacity = dict(stations)
    taken = seats_taken(school_class.wave)
    slots = {slot for team in teams_of(school_class) for slot in team.slots}
    return {slot: capacity[slot[0]] - taken[slot] for slot in slots}
