"""Writes about an evening's programme: its rules, admissions, zones with the walks between them, and fields."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.nights import hooks
from events.nights.models import Field, Night, Walk, Wave, Zone
from events.nights.queries import usual_night
from events.programme.models import Event
from events.versions import take_version

PLANNED = audit.verb("night.planned", _("planned the evening"))
CHANGED = audit.verb("night.changed", _("changed the programme"))
COPIED = audit.verb("night.copied", _("took over the programme of an earlier evening"))

# What the trail calls the parts; events.look.history translates them.
ADMISSIONS, ZONES, WALKS, FIELDS = (
    gettext_noop("admissions"),
    gettext_noop("zones"),
    gettext_noop("walks"),
    gettext_noop("fields"),
)

Row = TypeVar("Row", Wave, Zone, Field)


class StillUsed(Refusal):
    code = "still_used"
    message = _("%(what)s can not be removed: %(users)s. Nothing is saved.")


class NameTaken(Refusal):
    code = "name_taken"
    message = _("Two rows would be called %(name)s. Give each its own name.")


@dataclass(frozen=True)
class RowDetails:
    """A row of a table: ``pk`` of the one that is changed (``None``: a new one), its ``values``, or ``remove`` it."""

    values: Mapping[str, Any]
    pk: int | None = None
    remove: bool = False


@dataclass(frozen=True)
class ProgrammeDetails:
    """Everything that the organiser decides about an evening.

    ``rules`` are columns of the night. ``walks`` maps two positions in ``zones`` to minutes, ``None`` for unknown.
    Rows that are not named stay as they are.
    """

    rules: Mapping[str, Any]
    waves: Sequence[RowDetails] = ()
    zones: Sequence[RowDetails] = ()
    fields: Sequence[RowDetails] = ()
    walks: Mapping[tuple[int, int], int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Saved:
    """The programme as it is now; ``told`` says in words who has been written to about new times."""

    night: Night
    told: list[str]


@transaction.atomic
def save_programme(*, event: Event, details: ProgrammeDetails, seen: int, by: User, at: datetime) -> Saved:
    """Store the programme of ``event``, opened in version ``seen`` (1 where there was none).

    Who was told of an admission's times is told of its new ones. Raises Stale, StillUsed, NameTaken; then nothing is written.
    """
    event = Event.objects.locked(event.pk)
    night = Night.objects.select_for_update(no_key=True).filter(event=event).first() or usual_night(event)
    night.event = event
    before, times = picture_of(night), _times_of(night)
    take_version(night, seen)
    for name, value in details.rules.items():
        setattr(night, name, value)
    night.save()
    _save_rows(Wave, night, details.waves)
    zones = _save_rows(Zone, night, [_placed(row, place) for place, row in enumerate(details.zones)])
    _save_rows(Field, night, [_placed(row, place) for place, row in enumerate(details.fields)])
    _save_walks(zones, details.walks)
    _leave_trail(night, before, by=by, at=at)
    retimed = [
        hooks.Retimed(wave, times[wave][0])
        for wave, now in _times_of(night).items()
        if wave in times and _differ(times[wave], now)
    ]
    told = [words for tell in hooks.when_retimed for words in tell(night, retimed, by, at)] if retimed else []
    return Saved(night, told)


@transaction.atomic
def ensure_night(*, event: Event, by: User, at: datetime) -> Night:
    """The night of ``event``; where nobody has planned it yet, one with the usual settings."""
    night = Night.objects.filter(event=event).first()
    if night is None:
        event = Event.objects.locked(event.pk)
        night = Night.objects.filter(event=event).first() or usual_night(event)
        if night.pk is None:
            night.save()
            audit.created(night, PLANNED, by=by, at=at)
    night.event = event
    return night


def picture_of(night: Night) -> dict[str, Any]:
    """The saved ``night`` with its parts as the trail tells them; empty for one that is not saved yet."""
    if night.pk is None:
        return {}
    zones = {zone.pk: zone for zone in night.zones.all()}
    walks = Walk.objects.filter(one__night=night).order_by("one__position", "one", "other__position", "other")
    return {
        **audit.values_of(night),
        ADMISSIONS: [in_words(wave) for wave in night.waves.in_order()],
        ZONES: [in_words(zone) for zone in zones.values()],
        WALKS: [f"{zones[w.one_id].name}–{zones[w.other_id].name}: {w.minutes} min" for w in walks],
        FIELDS: [in_words(one) for one in night.fields.all()],
    }


def in_words(row: Wave | Zone | Field) -> str:
    """A row in a line, such as "Admission 1 · 17.00 · 250 · 7"."""
    if isinstance(row, Wave):
        return f"{row.name} · {localtime(row.starts_at):%H.%M} · {row.capacity} · {row.rounds}"
    more = row.directions if isinstance(row, Zone) else row.name_en
    return f"{row.name} ({more})" if more else row.name


def _times_of(night: Night) -> dict[Wave, tuple[datetime, ...]]:
    """When each admission of ``night`` begins, and then each of its rounds; empty for one that is not saved yet."""
    waves = list(night.waves.in_order()) if night.pk else []
    for wave in waves:
        wave.night = night
    return {wave: (wave.starts_at, *map(wave.round_starts_at, range(1, wave.rounds + 1))) for wave in waves}


def _differ(before: tuple[datetime, ...], now: tuple[datetime, ...]) -> bool:
    """Whether times that were there are others; a round more or fewer changes no time."""
    return any(one != other for one, other in zip(before, now, strict=False))


def _leave_trail(night: Night, before: Mapping[str, Any], *, by: User, at: datetime) -> None:
    after = picture_of(night)
    if before:
        changes = {name: [before[name], value] for name, value in after.items() if before[name] != value}
    else:
        changes = {name: [None, value] for name, value in after.items() if value not in (None, "", [])}
    if changes:
        audit.record(night, CHANGED if before else PLANNED, by=by, at=at, changes=changes)


def _placed(row: RowDetails, place: int) -> RowDetails:
    return RowDetails({**row.values, "position": place}, row.pk, row.remove)


def _save_rows(model: type[Row], night: Night, rows: Iterable[RowDetails]) -> list[Row | None]:
    """Write ``rows``; gives what each became, ``None`` for the removed. Raises StillUsed, NameTaken."""
    rows = list(rows)
    stored: dict[int, Row] = {one.pk: one for one in model._default_manager.filter(night=night)}
    for row in rows:
        if row.remove and row.pk in stored:
            _remove(stored.pop(row.pk))
    saved = [None if row.remove else stored.get(row.pk or 0) or model(night=night) for row in rows]
    # Two rows may swap names, so the old names make room before any new one is written.
    for one, row in zip(saved, rows, strict=True):
        if one is not None and one.pk and one.name != row.values["name"]:
            model._default_manager.filter(pk=one.pk).update(name=f"#{one.pk}")
    names = {one.name for pk, one in stored.items() if one not in saved}
    for one, row in zip(saved, rows, strict=True):
        if one is None:
            continue
        for name, value in row.values.items():
            setattr(one, name, value)
        if one.name in names:
            raise NameTaken(name=one.name)
        names.add(one.name)
        one.save()
    return saved


def _remove(one: Wave | Zone | Field) -> None:
    users = [words for provider in hooks.used_by for words in provider(one)]
    if users:
        raise StillUsed(what=one, users=", ".join(users))
    one.delete()


def _save_walks(zones: Sequence[Zone | None], walks: Mapping[tuple[int, int], int | None]) -> None:
    for (first, second), minutes in walks.items():
        pair = [zones[first], zones[second]]
        if None in pair:
            continue
        one, other = sorted((zone for zone in pair if zone), key=lambda zone: zone.pk)
        if minutes is None:
            Walk.objects.filter(one=one, other=other).delete()
        else:
            Walk.objects.update_or_create(one=one, other=other, defaults={"minutes": minutes})
