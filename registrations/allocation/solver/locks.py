"""What the organiser has decided by hand, and whether it can be done at all. Pure."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from registrations.allocation.solver.possible import Possible


@dataclass(frozen=True, slots=True)
class Locks:
    """``placed`` groups come, in the wave given or in any (``None``); ``refused`` groups do not."""

    placed: dict[str, str | None] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.placed or self.refused)


class ImpossibleLocks(ValueError):
    """Decisions by hand that break a hard rule. ``rule`` is its code, ``groups`` whom it concerns."""

    def __init__(self, rule: str, groups: tuple[str, ...], **numbers: int | str) -> None:
        super().__init__(f"{rule}: {', '.join(groups)}")
        self.rule = rule
        self.groups = groups
        self.numbers = numbers


def check_locks(possible: Possible, locks: Locks) -> None:
    """Raises ImpossibleLocks for what can be seen without solving anything."""
    instance = possible.instance
    unknown = tuple(sorted((set(locks.placed) | locks.refused) - set(instance.group)))
    if unknown:
        raise ImpossibleLocks("unknown_group", unknown)
    both = tuple(sorted(set(locks.placed) & locks.refused))
    if both:
        raise ImpossibleLocks("placed_and_refused", both)
    for name, wave in sorted(locks.placed.items()):
        _check_one(possible, name, wave)
    _check_together(possible, locks)


def _check_one(possible: Possible, name: str, wave: str | None) -> None:
    group = possible.instance.group[name]
    if wave is not None and wave not in group.waves:
        raise ImpossibleLocks("wave_not_possible", (name,), wave=wave)
    asked = (wave,) if wave is not None else group.waves
    if not asked:
        raise ImpossibleLocks("no_possible_wave", (name,))
    largest = max(min(possible.instance.wave[one].capacity, possible.instance.rules.places) for one in asked)
    if group.size > largest:
        raise ImpossibleLocks("larger_than_wave", (name,), size=group.size, capacity=largest)
    if not set(asked) & set(possible.waves[name]):
        raise ImpossibleLocks("no_timetable", (name,))


def _check_together(possible: Possible, locks: Locks) -> None:
    instance = possible.instance
    classes: dict[tuple[str, str], list[str]] = defaultdict(list)
    buses: dict[str, list[str]] = defaultdict(list)
    load: Counter[str] = Counter()
    inside: dict[str, list[str]] = defaultdict(list)
    for name, wave in sorted(locks.placed.items()):
        group = instance.group[name]
        classes[group.school, group.class_name].append(name)
        if group.bus:
            buses[group.bus].append(name)
        if wave is not None:
            load[wave] += group.size
            inside[wave].append(name)
    for names in classes.values():
        if len(names) > 1:
            raise ImpossibleLocks("duplicate_class", tuple(names))
    for names in buses.values():
        common = set.intersection(
            *({wave} if (wave := locks.placed[name]) is not None else set(possible.waves[name]) for name in names)
        )
        if not common:
            raise ImpossibleLocks("bus_cannot_meet", tuple(names))
    for wave, pupils in sorted(load.items()):
        if pupils > instance.wave[wave].capacity:
            raise ImpossibleLocks(
                "wave_full", tuple(inside[wave]), wave=wave, pupils=pupils, capacity=instance.wave[wave].capacity
            )
    pupils = sum(instance.group[name].size for name in locks.placed)
    if pupils > instance.rules.places:
        raise ImpossibleLocks("places_full", tuple(sorted(locks.placed)), pupils=pupils, places=instance.rules.places)


def obeys(locks: Locks, waves: dict[str, str]) -> tuple[str, ...]:
    """The groups that were placed by hand and are not where they were put: none, when all is well."""
    return tuple(
        sorted(name for name, wave in locks.placed.items() if name not in waves or wave not in (None, waves[name]))
    )
