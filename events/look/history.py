"""The audit trail in words: what a person reads in an object's history."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from events.access import audit
from events.access.models import AuditEntry
from events.look import formats

LONGEST = 120
FOR_PROGRAMS = {"fingerprint"}  # kept in an entry to recognise something again; says nothing to people

NAMES = (  # of what entries say beside columns, and of columns that have no words of their own
    gettext_noop("answers"),
    gettext_noop("area"),
    gettext_noop("asked at"),
    gettext_noop("asked by"),
    gettext_noop("cancelled at"),
    gettext_noop("closed schools"),
    gettext_noop("colleague"),
    gettext_noop("copied from"),
    gettext_noop("event"),
    gettext_noop("file"),
    gettext_noop("finished at"),
    gettext_noop("granted"),
    gettext_noop("host"),
    gettext_noop("indicators"),
    gettext_noop("invitations"),
    gettext_noop("municipality"),
    gettext_noop("night"),
    gettext_noop("organisation"),
    gettext_noop("participants"),
    gettext_noop("plan"),
    gettext_noop("published at"),
    gettext_noop("published by"),
    gettext_noop("reminders"),
    gettext_noop("role"),
    gettext_noop("school class"),
    gettext_noop("seed"),
    gettext_noop("staff"),
    gettext_noop("started at"),
    gettext_noop("started by"),
    gettext_noop("station"),
    gettext_noop("stop wanted"),
    gettext_noop("theme"),
    gettext_noop("until"),
    gettext_noop("wave"),
)


@dataclass(frozen=True)
class Change:
    """One field, before and after, as text; empty text where there was or is nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One entry: who did what to what, when (aware), and the fields that it changed. ``made``: it came to be."""

    at: datetime
    who: str
    verb: str
    thing: str
    changes: list[Change]
    made: bool


def lines_of(entries: Iterable[AuditEntry]) -> list[Line]:
    """``entries`` (with actor and content type at hand) in words, in their order.

    Names behind foreign keys are read in one query for each related model, however many entries.
    """
    rows = list(entries)
    names = _names_behind_keys(rows)
    return [
        Line(
            at=row.at,
            who=str(row.actor) if row.actor else _("The system"),
            verb=audit.label_of(row.verb),
            thing=row.object_name,
            changes=[
                Change(_title(field, name), _text(field, before, names), _text(field, after, names))
                for name, (before, after) in row.changes.items()
                if name not in FOR_PROGRAMS
                for field in [_field(row, name)]
            ],
            made=bool(row.changes) and all(before is None for before, _after in row.changes.values()),
        )
        for row in rows
    ]


def _field(entry: AuditEntry, name: str) -> models.Field | None:
    model = entry.content_type.model_class()
    if model is None:
        return None
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def _title(field: models.Field | None, name: str) -> str:
    words = str(field.verbose_name) if field else name.replace("_", " ")
    noun, _space, year = words.rpartition(" ")
    title = f"{_(noun)} {year}" if noun and year.isdigit() else _(words)
    return title[:1].upper() + title[1:]


def _related(field: models.Field | None) -> type[models.Model] | None:
    related = field.related_model if isinstance(field, models.ForeignKey | models.ManyToManyField) else None
    return related if isinstance(related, type) else None


def _keys(model: type[models.Model], value: Any) -> list[Any]:
    """What may be keys of ``model`` in ``value``: numbers, or texts where its key is text (a municipality's code)."""
    kind = str if isinstance(model._meta.pk, models.CharField) else int
    return [key for key in (value if isinstance(value, list) else [value]) if isinstance(key, kind)]


def _names_behind_keys(entries: list[AuditEntry]) -> dict[tuple[type[models.Model], Any], str]:
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for entry in entries:
        for name, pair in entry.changes.items():
            related = _related(_field(entry, name))
            if related:
                wanted[related].update(key for value in pair for key in _keys(related, value))
    return {
        (model, key): str(thing)
        for model, keys in wanted.items()
        for key, thing in model._base_manager.in_bulk(keys).items()
    }


def _text(field: models.Field | None, value: Any, names: dict[tuple[type[models.Model], Any], str]) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        return ", ".join(_text(field, one, names) for one in value)
    related = _related(field)
    if related:
        return names.get((related, value), str(value) if isinstance(value, str) else _("(removed)"))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField):
        return formats.moment(_local(value), get_language(), timezone.localdate().year)
    if isinstance(field, models.DateField):
        return formats.day(date.fromisoformat(value), get_language())
    if isinstance(value, int | float):
        return formats.number(value, get_language())
    return Truncator(value).chars(LONGEST)


def _local(value: str) -> datetime:
    return timezone.localtime(datetime.fromisoformat(value))
