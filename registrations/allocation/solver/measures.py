"""What a solution is worth: the objective's values and the figures that pages show. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.problem import SchoolsInstance
from registrations.allocation.solver.rungs import reached
from registrations.allocation.solver.solution import Assignment, Level, Visit

SATISFACTION, POINTS = "min_team_satisfaction", "preference_points"
CHANGED = "announced_visits_changed"


@dataclass(frozen=True, slots=True)
class Wishes:
    """How many of the teams' first (three) wishes are met, of those that they could have had."""

    met: int
    possible: int

    @property
    def share(self) -> float | None:
        return self.met / self.possible if self.possible else None


@dataclass(frozen=True, slots=True)
class Measures:
    """Figures of one solution; fulfilment and satisfaction in thousandths."""

    pupils_applied: int
    pupils_placed: int
    places: int
    groups_placed: int
    groups_applied: int
    schools_with_place: int
    schools_applied: int
    fulfilment: dict[str, int]
    pupils_by_municipality: dict[str, int]
    satisfaction: dict[str, int]
    first_choice: Wishes
    first_three: Wishes
    points: int
    pupils_by_wave: dict[str, int]

    @property
    def worst_satisfaction(self) -> int:
        return min(self.satisfaction.values(), default=1000)


def measure(
    instance: SchoolsInstance,
    assignments: Iterable[Assignment],
    visits: Iterable[Visit],
    possible: Possible | None = None,
) -> Measures:
    """Counts a valid solution."""
    possible = possible or Possible(instance)
    wave_of = {row.group: row.wave for row in assignments if row.group in instance.group}
    groups = [instance.group[name] for name in wave_of]
    pupils: Counter[str] = Counter()
    for group in groups:
        pupils[instance.municipality_of(group)] += group.size
    visited: dict[str, set[str]] = defaultdict(set)
    for row in visits:
        visited[row.team].add(row.station)
    satisfaction, points = {}, 0
    counts: Counter[str] = Counter()
    for group in groups:
        for team in group.teams:
            can = possible.points[team.id]
            got = sum(can.get(station, 0) for station in visited[team.id])
            best = possible.best[team.id]
            satisfaction[team.id] = 1000 * got // best if best else 1000
            points += team.size * got
            ranked = [station for tier in group.preferences for station in tier if station in can]
            for key, first in (("one", ranked[:1]), ("three", ranked[:3])):
                counts[key] += len(first)
                counts[f"{key} met"] += len(visited[team.id] & set(first))
    in_wave: Counter[str] = Counter({wave.id: 0 for wave in instance.waves})
    for group in groups:
        in_wave[wave_of[group.id]] += group.size
    return Measures(
        pupils_applied=sum(group.size for group in instance.groups),
        pupils_placed=pupils.total(),
        places=min(instance.rules.places, sum(wave.capacity for wave in instance.waves)),
        groups_placed=len(groups),
        groups_applied=len(instance.groups),
        schools_with_place=len({group.school for group in groups}),
        schools_applied=len({group.school for group in instance.groups}),
        fulfilment={
            row.id: 1000 if row.target <= 0 else min(1000, 1000 * pupils[row.id] // row.target)
            for row in instance.municipalities
        },
        pupils_by_municipality={row.id: pupils[row.id] for row in instance.municipalities},
        satisfaction=satisfaction,
        first_choice=Wishes(counts["one met"], counts["one"]),
        first_three=Wishes(counts["three met"], counts["three"]),
        points=points,
        pupils_by_wave=dict(in_wave),
    )


def objective(possible: Possible, waves: Mapping[str, str], visits: Iterable[Visit]) -> dict[str, int | list[int]]:
    """All six levels' values, first to last."""
    found = measure(possible.instance, [Assignment(*row) for row in waves.items()], visits, possible)
    return {**reached(possible, dict(waves)), SATISFACTION: found.worst_satisfaction, POINTS: found.points}


def unproven(values: Mapping[str, int | list[int]]) -> tuple[Level, ...]:
    """Levels that claim nothing: each bound is only what the level can never pass by its nature."""
    return tuple(Level(name, "max", value, value, False) for name, value in values.items())
