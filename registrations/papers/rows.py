"""What stands on the papers of an evening, as plain data. Pure.

All times are aware and already in the time zone to print. Counts of needs and diets map a kind (``needs.Need``,
``needs.Diet``) to how many pupils; who they are is known nowhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

ZonePair = tuple[int, int]


@dataclass(frozen=True)
class ZoneRow:
    """A part of the place. ``pk`` is ``None`` for the stations that nobody has given a zone yet."""

    pk: int | None
    name: str
    directions: str = ""


@dataclass(frozen=True)
class StationRow:
    """A station as the papers name it. ``host`` is empty for the organiser's own; ``running`` false once cancelled."""

    pk: int
    number: int | None
    name: str
    host: str
    zone: ZoneRow
    gear: str = ""
    capacity: int = 0
    duration: int = 1
    running: bool = True


@dataclass(frozen=True)
class Map:
    """The place without a drawing: zones in order, their stations by number, minutes on foot between zones.

    ``walks`` has the lower primary key first; a pair that is not there takes no time.
    """

    zones: tuple[ZoneRow, ...]
    stations: tuple[StationRow, ...]
    walks: dict[ZonePair, int] = field(default_factory=dict)

    def minutes(self, one: ZoneRow, other: ZoneRow) -> int:
        if one.pk is None or other.pk is None:
            return 0
        return self.walks.get((min(one.pk, other.pk), max(one.pk, other.pk)), 0)


@dataclass(frozen=True)
class Admission:
    """An admission with its rounds: ``rounds[0]`` is when round 1 starts and ends."""

    pk: int
    name: str
    starts_at: datetime
    ends_at: datetime
    rounds: tuple[tuple[datetime, datetime], ...]

    def time_of(self, first: int, last: int) -> tuple[datetime, datetime]:
        """From the start of round ``first`` to the end of round ``last``; a round too many ends with the last one."""
        count = len(self.rounds)
        return self.rounds[min(first, count) - 1][0], self.rounds[min(last, count) - 1][1]


@dataclass(frozen=True)
class Stop:
    """A part of a team's evening: rounds ``first`` to ``last`` at ``station``, or free when it is ``None``.

    ``walk`` is the minutes on foot from the stop before; ``changes_zone`` whether the way leads into another zone.
    """

    first: int
    last: int
    starts_at: datetime
    ends_at: datetime
    station: StationRow | None = None
    walk: int = 0
    changes_zone: bool = False


@dataclass(frozen=True)
class TeamSheet:
    number: int
    size: int
    adults: int
    wheelchairs: int
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class ClassSheet:
    """One class's evening. ``address`` and ``code`` are its ticket's, empty when there is no valid one."""

    pk: int
    municipality_code: str
    municipality: str
    school: str
    label: str
    grade: int
    pupils: int
    adults: int
    confirmed: bool
    admission: Admission
    needs: dict[str, int]
    diets: dict[str, int]
    teams: tuple[TeamSheet, ...]
    address: str = ""
    code: str = ""
    bus: str = ""
    phone: str = ""

    @property
    def wheelchairs(self) -> int:
        return int(self.needs.get("wheelchair", 0))

    @property
    def stations(self) -> tuple[StationRow, ...]:
        """Every station that one of its teams visits, by number."""
        found = {stop.station.pk: stop.station for team in self.teams for stop in team.stops if stop.station}
        return tuple(sorted(found.values(), key=by_number))


@dataclass(frozen=True)
class Guest:
    """A team at a station. ``until`` is the last round it stays; ``class_needs`` those of its whole class."""

    class_pk: int
    team: int
    teams: int
    school: str
    label: str
    grade: int
    size: int
    adults: int
    wheelchairs: int
    class_needs: dict[str, int]
    needs_changed_at: datetime | None
    first: int
    last: int


@dataclass(frozen=True)
class StationRound:
    """One round at a station: who is there (those that stay from the round before too), or closed, or free."""

    number: int
    starts_at: datetime
    ends_at: datetime
    guests: tuple[Guest, ...]
    closed: bool = False

    @property
    def pupils(self) -> int:
        return sum(guest.size for guest in self.guests)

    @property
    def coming(self) -> tuple[Guest, ...]:
        """Those whose visit starts in this round."""
        return tuple(guest for guest in self.guests if guest.first == self.number)


@dataclass(frozen=True)
class StationAdmission:
    """A station during one admission. The sums count each visit once, however many rounds it takes."""

    admission: Admission
    rounds: tuple[StationRound, ...]

    @property
    def guests(self) -> tuple[Guest, ...]:
        return tuple(guest for one in self.rounds for guest in one.coming)

    @property
    def pupils(self) -> int:
        return sum(guest.size for guest in self.guests)

    @property
    def adults(self) -> int:
        return sum(guest.adults for guest in self.guests)


@dataclass(frozen=True)
class StationList:
    station: StationRow
    admissions: tuple[StationAdmission, ...]

    @property
    def pupils(self) -> int:
        return sum(one.pupils for one in self.admissions)

    @property
    def teams(self) -> int:
        return sum(len(one.guests) for one in self.admissions)


@dataclass(frozen=True)
class Sum:
    """Classes and heads added up."""

    classes: int
    pupils: int
    adults: int
    wheelchairs: int

    @classmethod
    def of(cls, sheets: Iterable[ClassSheet]) -> "Sum":
        rows = list(sheets)
        return cls(
            len(rows),
            sum(row.pupils for row in rows),
            sum(row.adults for row in rows),
            sum(row.wheelchairs for row in rows),
        )


@dataclass(frozen=True)
class BusTrip:
    """The classes that ride together to one admission; ``bus`` is empty for those that named none."""

    bus: str
    classes: tuple[ClassSheet, ...]


@dataclass(frozen=True)
class BusAdmission:
    admission: Admission
    trips: tuple[BusTrip, ...]

    @property
    def classes(self) -> tuple[ClassSheet, ...]:
        return tuple(sheet for trip in self.trips for sheet in trip.classes)


@dataclass(frozen=True)
class BusList:
    """One municipality's classes by admission and bus."""

    code: str
    municipality: str
    admissions: tuple[BusAdmission, ...]

    @property
    def classes(self) -> tuple[ClassSheet, ...]:
        return tuple(sheet for one in self.admissions for sheet in one.classes)


def by_number(station: StationRow) -> tuple[bool, int, str, int]:
    """Sorts stations by their number on the map; those without one come last, by name."""
    return (station.number is None, station.number or 0, station.name, station.pk)


def evening(visits: Sequence[tuple[int, StationRow]], admission: Admission, place: Map) -> tuple[Stop, ...]:
    """A team's ``visits`` (round, station) as its whole evening: rounds without one are free, side by side one stop.

    A visit lasts as long as its station takes. Two that overlap both stand there, in the order of their rounds.
    """
    stops: list[Stop] = []
    here: ZoneRow | None = None
    free_from = 1
    for number, station in sorted(visits, key=lambda visit: visit[0]):
        last = number + station.duration - 1
        if free_from < number:
            stops.append(Stop(free_from, number - 1, *admission.time_of(free_from, number - 1)))
        walk = place.minutes(here, station.zone) if here else 0
        stops.append(
            Stop(number, last, *admission.time_of(number, last), station, walk, bool(here) and here != station.zone)
        )
        here, free_from = station.zone, max(free_from, last + 1)
    if stops and free_from <= len(admission.rounds):
        last = len(admission.rounds)
        stops.append(Stop(free_from, last, *admission.time_of(free_from, last)))
    return tuple(stops)
