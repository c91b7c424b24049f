"""What is to be solved for schools: places, waves, stations, and the groups that want to come. Pure."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from registrations.allocation.solver.reading import Malformed, Node, only_once, text_in, whole

FORMAT = "alloc.schools/1"
PRIORITIES = ("schools", "municipalities", "places", "motivation")

MOST_PUPILS = 1_000_000
MOST_ROUNDS = 200
MOST_MINUTES = 10_000
MOST_PEOPLE = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Rules:
    """``places`` are pupils in all; ``order`` names the priorities, the first of which may be municipalities."""

    places: int
    visits_per_team: int
    round_minutes: int
    transition_minutes: int
    share_basis: str = "population"
    order: tuple[str, ...] = PRIORITIES

    @property
    def municipalities_first(self) -> bool:
        return self.order[0] == "municipalities"


@dataclass(frozen=True, slots=True)
class Wave:
    """A part of the day with so many pupils at most, in rounds numbered from 1."""

    id: str
    capacity: int
    rounds: int


@dataclass(frozen=True, slots=True)
class Station:
    """``capacity`` in pupils at a time, ``duration`` in rounds, ``closed`` pairs of wave and round."""

    id: str
    company: str
    field: str
    zone: str
    capacity: int
    duration: int
    accessible: bool
    min_grade: int
    closed: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Municipality:
    """``target`` is its fair share of the places, in pupils."""

    id: str
    name: str
    population: int
    demand: int
    target: int


@dataclass(frozen=True, slots=True)
class School:
    id: str
    name: str
    municipality: str
    motivation: int


@dataclass(frozen=True, slots=True)
class Team:
    id: str
    size: int
    wheelchair: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A class, or part of one, that comes whole or not at all. ``preferences`` are tiers of stations, best first."""

    id: str
    school: str
    class_name: str
    grade: int
    size: int
    adults: int
    teams: tuple[Team, ...]
    waves: tuple[str, ...]
    bus: str | None
    motivation: int
    applied_at: str
    preferences: tuple[tuple[str, ...], ...] = ()

    @property
    def points(self) -> dict[str, int]:
        """Points per wished station: with L tiers the first gives L, the last 1."""
        found: dict[str, int] = {}
        for index, tier in enumerate(self.preferences):
            for station in tier:
                found.setdefault(station, len(self.preferences) - index)
        return found


def may_visit(team: Team, group: Group, station: Station) -> bool:
    """Whether the station is large enough for the team, right for its grade and accessible where it needs that."""
    return (
        team.size <= station.capacity
        and group.grade >= station.min_grade
        and (station.accessible or not team.wheelchair)
    )


@dataclass(frozen=True)
class SchoolsInstance:
    """Everything a solver needs to know. Ids are unique, references known, team sizes add up to their group's."""

    rules: Rules
    waves: tuple[Wave, ...]
    stations: tuple[Station, ...]
    municipalities: tuple[Municipality, ...]
    schools: tuple[School, ...]
    groups: tuple[Group, ...]
    walk_minutes: dict[str, dict[str, int]] = field(default_factory=dict)
    name: str = ""

    @cached_property
    def wave(self) -> dict[str, Wave]:
        return {row.id: row for row in self.waves}

    @cached_property
    def station(self) -> dict[str, Station]:
        return {row.id: row for row in self.stations}

    @cached_property
    def school(self) -> dict[str, School]:
        return {row.id: row for row in self.schools}

    @cached_property
    def municipality(self) -> dict[str, Municipality]:
        return {row.id: row for row in self.municipalities}

    @cached_property
    def group(self) -> dict[str, Group]:
        return {row.id: row for row in self.groups}

    @cached_property
    def group_of_team(self) -> dict[str, Group]:
        return {team.id: group for group in self.groups for team in group.teams}

    @cached_property
    def team(self) -> dict[str, Team]:
        return {team.id: team for group in self.groups for team in group.teams}

    def municipality_of(self, group: Group) -> str:
        return self.school[group.school].municipality

    def with_(self, **changes: Any) -> "SchoolsInstance":
        return replace(self, **changes)

    @classmethod
    def from_json(cls, data: Any) -> "SchoolsInstance":
        """Reads the exchange format; raises Malformed with the path of the bad value."""
        return read_schools(whole(data, FORMAT))

    def as_json(self) -> dict[str, Any]:
        """The exchange format, which ``from_json`` reads back to the same."""
        return {
            "format": FORMAT,
            "name": self.name,
            "rules": {
                "places": self.rules.places,
                "visits_per_team": self.rules.visits_per_team,
                "round_minutes": self.rules.round_minutes,
                "transition_minutes": self.rules.transition_minutes,
                "share_basis": self.rules.share_basis,
                "order": list(self.rules.order),
            },
            "walk_minutes": {zone: dict(others) for zone, others in self.walk_minutes.items()},
            "waves": [{"id": row.id, "capacity": row.capacity, "rounds": row.rounds} for row in self.waves],
            "municipalities": [
                {
                    "id": row.id,
                    "name": row.name,
                    "population": row.population,
                    "demand": row.demand,
                    "target": row.target,
                }
                for row in self.municipalities
            ],
            "schools": [
                {"id": row.id, "name": row.name, "municipality": row.municipality, "motivation": row.motivation}
                for row in self.schools
            ],
            "groups": [_group_as_json(row) for row in self.groups],
            "stations": [_station_as_json(row) for row in self.stations],
        }


def _group_as_json(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "school": group.school,
        "class": group.class_name,
        "grade": group.grade,
        "size": group.size,
        "adults": group.adults,
        "teams": [{"id": row.id, "size": row.size, "wheelchair": row.wheelchair} for row in group.teams],
        "waves": list(group.waves),
        "bus": group.bus,
        "motivation": group.motivation,
        "applied_at": group.applied_at,
        "preferences": [list(tier) for tier in group.preferences],
    }


def _station_as_json(station: Station) -> dict[str, Any]:
    return {
        "id": station.id,
        "company": station.company,
        "field": station.field,
        "zone": station.zone,
        "capacity": station.capacity,
        "duration": station.duration,
        "accessible": station.accessible,
        "min_grade": station.min_grade,
        "closed": [list(pair) for pair in sorted(station.closed)],
    }


def read_schools(root: Node) -> SchoolsInstance:
    """The instance under ``root``, which may be a part of something larger."""
    rules = _rules(root.key("rules"))
    waves = root.key("waves").each(_wave)
    only_once(root.key("waves"), tuple(row.id for row in waves), "wave")
    known_waves = {row.id for row in waves}
    stations = root.key("stations").each(lambda node: _station(node, known_waves))
    only_once(root.key("stations"), tuple(row.id for row in stations), "station")
    municipalities = root.key("municipalities").each(_municipality)
    only_once(root.key("municipalities"), tuple(row.id for row in municipalities), "municipality")
    known_municipalities = {row.id for row in municipalities}
    schools = root.key("schools").each(lambda node: _school(node, known_municipalities))
    only_once(root.key("schools"), tuple(row.id for row in schools), "school")
    known = ({row.id for row in schools}, known_waves, {row.id for row in stations})
    groups = root.key("groups").each(lambda node: _group(node, *known))
    only_once(root.key("groups"), tuple(row.id for row in groups), "group")
    _teams_only_once(root.key("groups"))
    return SchoolsInstance(
        rules=rules,
        waves=waves,
        stations=stations,
        municipalities=municipalities,
        schools=schools,
        groups=groups,
        walk_minutes=_walks(root.key("walk_minutes"), stations),
        name=text_in(root, "name"),
    )


def _rules(node: Node) -> Rules:
    order = node.maybe("order")
    named = order.each(lambda row: row.one_of(PRIORITIES, "priority")) if order else PRIORITIES
    if order and (not named or len(set(named)) < len(named)):
        raise order.refuse("must name each priority once")
    return Rules(
        places=node.key("places").integer(most=MOST_PUPILS),
        visits_per_team=node.key("visits_per_team").integer(most=MOST_ROUNDS),
        round_minutes=node.key("round_minutes").integer(most=MOST_MINUTES),
        transition_minutes=node.key("transition_minutes").integer(most=MOST_MINUTES),
        share_basis=text_in(node, "share_basis"),
        order=named,
    )


def _wave(node: Node) -> Wave:
    return Wave(
        id=node.key("id").name(),
        capacity=node.key("capacity").integer(most=MOST_PUPILS),
        rounds=node.key("rounds").integer(most=MOST_ROUNDS),
    )


def _station(node: Node, waves: set[str]) -> Station:
    return Station(
        id=node.key("id").name(),
        company=text_in(node, "company"),
        field=text_in(node, "field"),
        zone=node.key("zone").name(),
        capacity=node.key("capacity").integer(most=MOST_PUPILS),
        duration=node.key("duration").integer(least=1, most=MOST_ROUNDS),
        accessible=node.key("accessible").boolean(),
        min_grade=node.key("min_grade").integer(most=1000),
        closed=frozenset(node.key("closed").each(lambda row: _closed(row, waves))),
    )


def _closed(node: Node, waves: set[str]) -> tuple[str, int]:
    pair = list(node.items())
    if len(pair) != 2:
        raise node.refuse("must be a wave and a round")
    return pair[0].one_of(waves, "wave"), pair[1].integer(least=1)


def _municipality(node: Node) -> Municipality:
    return Municipality(
        id=node.key("id").name(),
        name=text_in(node, "name"),
        population=node.key("population").integer(most=MOST_PEOPLE),
        demand=node.key("demand").integer(most=MOST_PUPILS),
        target=node.key("target").integer(most=MOST_PUPILS),
    )


def _school(node: Node, municipalities: set[str]) -> School:
    motivation = node.maybe("motivation")
    return School(
        id=node.key("id").name(),
        name=text_in(node, "name"),
        municipality=node.key("municipality").one_of(municipalities, "municipality"),
        motivation=motivation.integer(most=100) if motivation else 0,
    )


def _group(node: Node, schools: set[str], waves: set[str], stations: set[str]) -> Group:
    size = node.key("size").integer(least=1, most=MOST_PUPILS)
    teams = node.key("teams").each(_team)
    if sum(team.size for team in teams) != size:
        together = sum(team.size for team in teams)
        raise node.key("size").refuse(f"is {size}, but its teams are {together} together")
    adults = node.maybe("adults")
    bus = node.maybe("bus")
    return Group(
        id=node.key("id").name(),
        school=node.key("school").one_of(schools, "school"),
        class_name=node.key("class").text(),
        grade=node.key("grade").integer(most=1000),
        size=size,
        adults=adults.integer(most=MOST_PUPILS) if adults else 0,
        teams=teams,
        waves=tuple(dict.fromkeys(node.key("waves").each(lambda row: row.one_of(waves, "wave")))),
        bus=(bus.text() or None) if bus else None,
        motivation=node.key("motivation").integer(most=100),
        applied_at=node.key("applied_at").moment(),
        preferences=node.key("preferences").each(
            lambda tier: tier.each(lambda row: row.one_of(stations, "station")),
        ),
    )


def _team(node: Node) -> Team:
    return Team(
        id=node.key("id").name(),
        size=node.key("size").integer(least=1, most=MOST_PUPILS),
        wheelchair=node.key("wheelchair").boolean(),
    )


def _teams_only_once(groups: Node) -> None:
    seen: set[str] = set()
    for group in groups.items():
        for team in group.key("teams").items():
            found = team.key("id").name()
            if found in seen:
                raise team.key("id").refuse(f"team {found!r} occurs twice")
            seen.add(found)


def _walks(node: Node, stations: tuple[Station, ...]) -> dict[str, dict[str, int]]:
    walks = {
        zone: {other: row.key(other).integer(most=MOST_MINUTES) for other in row.fields()}
        for zone, row in ((zone, node.key(zone)) for zone in node.fields())
    }
    for zone in sorted({station.zone for station in stations}):
        for other in sorted({station.zone for station in stations}):
            if other not in walks.get(zone, {}):
                raise Malformed(f"{node.path}.{zone}.{other}", "is missing")
    return walks
