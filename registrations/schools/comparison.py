"""What a file says otherwise than the register of schools: new ones, changed ones, closed ones. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from registrations.schools.csv_files import SchoolRow

CLOSED = "closed"
FIELDS = ("name", "municipality", "types", "status", "principal")


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a school: ``name``, ``municipality`` (its code), ``types``, ``status`` or ``principal``."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedSchool:
    """``before`` is the school as the register has it, ``after`` as the file does."""

    before: SchoolRow
    after: SchoolRow
    changes: list[Change]

    @property
    def closes(self) -> bool:
        """Whether the school was open until this file."""
        return any(change.field == "status" and change.after == CLOSED for change in self.changes)


@dataclass(frozen=True, slots=True)
class Comparison:
    """``closed`` have changed so that they close; ``same`` counts; ``absent`` are open and not in the file."""

    new: list[SchoolRow] = field(default_factory=list)
    changed: list[ChangedSchool] = field(default_factory=list)
    closed: list[ChangedSchool] = field(default_factory=list)
    absent: list[SchoolRow] = field(default_factory=list)
    same: int = 0

    @property
    def writes_nothing(self) -> bool:
        return not (self.new or self.changed or self.closed)


def compare(known: Mapping[str, SchoolRow], rows: Iterable[SchoolRow]) -> Comparison:
    """What taking ``rows`` would do to ``known`` (by code). Taking them a second time does nothing."""
    same, told = 0, set()
    found = Comparison()
    for row in rows:
        told.add(row.code)
        before = known.get(row.code)
        if before is None:
            found.new.append(row)
            continue
        changes = _changes(before, row)
        if not changes:
            same += 1
            continue
        changed = ChangedSchool(before, row, changes)
        (found.closed if changed.closes else found.changed).append(changed)
    absent = [row for code, row in known.items() if code not in told and row.status != CLOSED]
    return Comparison(found.new, found.changed, found.closed, absent, same)


def _changes(before: SchoolRow, after: SchoolRow) -> list[Change]:
    """Field by field; a column that the file does not have changes nothing."""
    changes = []
    for name in FIELDS:
        was, now = getattr(before, name), getattr(after, name)
        if now is not None and (was or "") != now:
            changes.append(Change(name, was or "", now))
    return changes
