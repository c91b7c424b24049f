"""Writes the register of schools: what a file says, and which school took over which."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.municipalities.models import Municipality
from events.programme.models import Event
from registrations.schools.comparison import FIELDS, Change, ChangedSchool, Comparison, compare
from registrations.schools.csv_files import SchoolRow
from registrations.schools.models import School, SchoolChange, SchoolStatus

IMPORTED = audit.verb("schools.imported", _("updated the register of schools"))
SUCCEEDED = audit.verb("school.succeeded", _("named the school that took over"))


class NoSuccessor(Refusal):
    code = "no_successor"
    message = _("A school cannot take over itself, nor one that it has been taken over by.")


def row_of(school: School) -> SchoolRow:
    """``school`` as a file would have it."""
    return SchoolRow(school.code, school.name, school.municipality_id, school.status, school.types, school.principal)


def compare_with_register(rows: Sequence[SchoolRow]) -> Comparison:
    """What ``take_rows`` would do now."""
    return compare({school.code: row_of(school) for school in School.objects.alphabetical()}, rows)


@transaction.atomic
def take_rows(*, rows: Sequence[SchoolRow], by: User | None, at: datetime, event: Event | None = None) -> Comparison:
    """Make the register say what ``rows`` say, and keep what it said before as changes; what was done.

    A school that ``rows`` do not name is left as it is: only a file that says so closes a school. ``event`` is where
    somebody stood when they did it; the trail is kept there.
    """
    list(Municipality.objects.select_for_update(no_key=True).order_by("pk"))  # one import at a time
    found = compare_with_register(rows)
    School.objects.bulk_create(_new(row, at) for row in found.new)
    changed = [*found.changed, *found.closed]
    schools = School.objects.in_bulk([one.after.code for one in changed], field_name="code")
    for one in changed:
        _apply(schools[one.after.code], one)
    School.objects.bulk_update(schools.values(), ["name", "municipality", "types", "status", "principal"])
    SchoolChange.objects.bulk_create(
        SchoolChange(
            school=schools[one.after.code], at=at, field=change.field, before=change.before, after=change.after
        )
        for one in changed
        for change in one.changes
    )
    School.objects.filter(code__in=[row.code for row in rows]).update(seen_at=at)
    if event is not None and not found.writes_nothing:
        counts = {"new": len(found.new), "changed": len(found.changed), "closed schools": len(found.closed)}
        changes = {name: [None, count] for name, count in counts.items() if count}
        audit.record(event, IMPORTED, by=by, at=at, changes=changes)
    return found


@transaction.atomic
def name_successor(*, school: School, successor: School | None, by: User, at: datetime) -> School:
    """Say that ``successor`` took over ``school``; ``None`` takes it back. Raises NoSuccessor for a circle."""
    list(School.objects.select_for_update(no_key=True).filter(successor__isnull=False).order_by("pk"))
    school = School.objects.select_for_update(no_key=True).get(pk=school.pk)
    after, seen = successor, set()
    while after is not None and after.pk not in seen:
        if after.pk == school.pk:
            raise NoSuccessor
        seen.add(after.pk)
        after = after.successor
    with audit.change(school, SUCCEEDED, by=by, at=at):
        school.successor = successor
        school.save(update_fields=["successor"])
    return school


def in_words(change: Change | SchoolChange, municipalities: Mapping[str, str]) -> dict[str, object]:
    """A change for a page: what it is about, before and after as people say it, and perhaps when."""
    words: dict[str, Mapping[str, object]] = {"municipality": municipalities, "status": dict(SchoolStatus.choices)}
    known = words.get(change.field, {})
    return {
        "title": getattr(School, change.field).field.verbose_name,
        "before": known.get(change.before, change.before),
        "after": known.get(change.after, change.after),
        "at": getattr(change, "at", None),
    }


def _new(row: SchoolRow, at: datetime) -> School:
    return School(
        code=row.code,
        name=row.name,
        municipality_id=row.municipality,
        status=row.status,
        types=row.types or "",
        principal=row.principal or "",
        added_at=at,
        seen_at=at,
    )


def _apply(school: School, changed: ChangedSchool) -> None:
    for change in changed.changes:
        assert change.field in FIELDS
        setattr(school, "municipality_id" if change.field == "municipality" else change.field, change.after)
