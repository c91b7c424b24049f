"""Leaves a trail: each write by a person says who, what, when, before and after.

Services call it inside their transaction, so that the row and its trail are kept or lost together::

    with audit.change(exhibitor, ACCEPTED, by=by, at=at):
        exhibitor.state = State.ACCEPTED
        exhibitor.save()
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.functional import Promise

from events.access.models import AuditEntry, User

_VERBS: dict[str, str | Promise] = {}


def verb(code: str, label: str | Promise) -> str:
    """Declare a verb: ``code`` is stored, ``label`` (translated, past tense) is shown. Gives the code back."""
    _VERBS[code] = label
    return code


def label_of(code: str) -> str:
    return str(_VERBS.get(code, code))


def values_of(instance: models.Model) -> dict[str, Any]:
    """The instance's own columns as JSON values; foreign keys as keys, files as names. ``audit_exclude`` is left out.

    A model that is about a person leaves the person out: the trail keeps that something was done, and when.
    """
    excluded: set[str] = getattr(instance, "audit_exclude", set())
    values = {}
    for field in instance._meta.concrete_fields:
        if field.name in excluded or field.primary_key:
            continue
        value = field.value_from_object(instance)
        values[field.name] = value.name if isinstance(value, FieldFile) else value
    return values


@contextmanager
def change(instance: models.Model, verb: str, *, by: User | None, at: datetime, **also: Any) -> Iterator[None]:
    """Record what the block does to ``instance``'s columns; nothing is recorded when nothing changed.

    ``also`` adds further fields as ``name=[before, after]`` (many-to-many lists, say). ``by=None`` is the system.
    """
    before = values_of(instance)
    yield
    after = values_of(instance)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    changes |= {name: pair for name, pair in also.items() if pair[0] != pair[1]}
    if changes:
        record(instance, verb, by=by, at=at, changes=changes)


def created(instance: models.Model, verb: str, *, by: User | None, at: datetime) -> AuditEntry:
    """Record that ``instance`` came to be, with every value that is not empty."""
    changes = {name: [None, value] for name, value in values_of(instance).items() if value not in (None, "", [])}
    return record(instance, verb, by=by, at=at, changes=changes)


def record(
    instance: models.Model, verb: str, *, by: User | None, at: datetime, changes: dict[str, Any] | None = None
) -> AuditEntry:
    """Write one entry about ``instance``; it must have been saved. A model whose name is a person's has ``audit_name``."""
    return AuditEntry.objects.create(
        at=at,
        actor=by,
        verb=verb,
        content_type=ContentType.objects.get_for_model(instance),
        object_pk=str(instance.pk),
        object_name=str(getattr(instance, "audit_name", instance))[:200],
        event_id=_event_id(instance),
        changes=changes or {},
    )


def forget(model: type[models.Model], keys: Iterable[int]) -> int:
    """Delete every entry about these rows of ``model``, for those who keep no more of them; how many there were."""
    about = ContentType.objects.get_for_model(model)
    return AuditEntry.objects.filter(content_type=about, object_pk__in=[str(key) for key in keys]).delete()[0]


def _event_id(instance: models.Model) -> int | None:
    if instance._meta.label == "events.Event":
        return instance.pk
    return getattr(instance, "event_id", None)
