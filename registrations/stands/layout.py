"""The floor as the organiser draws it: halls, what lies behind them, and the stands. The event's row is the lock.

Whatever changes the floor raises FairOver once the event is over or cancelled.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.programme.models import Event
from events.versions import take_version
from registrations.stands.drawing import Rows, draw
from registrations.stands.geometry import Box
from registrations.stands.models import LONGEST_CM, Hall, Stand, StandSettings
from registrations.stands.refusals import (
    FairOver,
    HallInUse,
    HallTooSmall,
    NumberTaken,
    RowsTooLarge,
    StandInUse,
    StandOutside,
    StandsOverlap,
    TooManyStands,
)
from registrations.stands.uploads import clean_plan

MOST_STANDS = 2000
FARTHEST_CM = LONGEST_CM

HALL_ADDED = audit.verb("hall.added", _("added the hall"))
HALL_CHANGED = audit.verb("hall.changed", _("changed the hall"))
HALL_REMOVED = audit.verb("hall.removed", _("removed the hall"))
ROWS_DRAWN = audit.verb("hall.rows", _("drew rows of stands"))
STAND_ADDED = audit.verb("stand.added", _("added the stand"))
STAND_CHANGED = audit.verb("stand.changed", _("changed the stand"))
STAND_MOVED = audit.verb("stand.moved", _("moved the stand on the floor"))
STAND_REMOVED = audit.verb("stand.removed", _("removed the stand"))
STAND_BLOCKED = audit.verb("stand.blocked", _("blocked the stand"))
STAND_UNBLOCKED = audit.verb("stand.unblocked", _("unblocked the stand"))
SETTINGS_CHANGED = audit.verb("hall.settings", _("changed how stands are given out"))


def settings_of(event: Event) -> StandSettings:
    """How ``event`` gives out its stands; not stored before somebody has said something."""
    return StandSettings.objects.filter(event=event).first() or StandSettings(event=event)


@transaction.atomic
def save_settings(*, event: Event, seen: int, by: User, at: datetime, **fields: Any) -> StandSettings:
    """Keep how stands are given out; ``seen`` is the version that the form was opened with. Raises Stale."""
    Event.objects.locked(event.pk)
    settings, _made = StandSettings.objects.get_or_create(event=event)
    take_version(settings, seen)
    with audit.change(settings, SETTINGS_CHANGED, by=by, at=at):
        for name, value in fields.items():
            setattr(settings, name, value)
        settings.save()
    return settings


# --- Halls ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_hall(*, event: Event, by: User, at: datetime, upload: File | None = None, **fields: Any) -> Hall:
    """A hall, last in the row. Raises what ``clean_plan`` refuses."""
    plan = clean_plan(upload) if upload else None  # takes its time, so before the lock
    _refuse_past(Event.objects.locked(event.pk), at)
    hall = Hall(event=event, position=event.halls.count() + 1, **fields)
    if plan is not None:
        hall.plan = plan
    hall.save()
    audit.created(hall, HALL_ADDED, by=by, at=at)
    return hall


@transaction.atomic
def change_hall(
    *,
    hall: Hall,
    seen: int,
    by: User,
    at: datetime,
    upload: File | None = None,
    forget_plan: bool = False,
    **fields: Any,
) -> Hall:
    """Raises Stale, HallTooSmall, and what ``clean_plan`` refuses."""
    plan = clean_plan(upload) if upload else None  # takes its time, so before the lock
    hall = _locked_hall(hall, at)
    take_version(hall, seen)
    earlier = hall.plan.name
    with audit.change(hall, HALL_CHANGED, by=by, at=at):
        for name, value in fields.items():
            setattr(hall, name, value)
        if plan is not None:
            hall.plan = plan
        elif forget_plan:
            hall.plan = ""
        for stand in hall.stands.all():
            if not box_of(stand).is_inside(hall.width_cm, hall.depth_cm):
                raise HallTooSmall(number=stand.number)
        hall.save()
        hall.stands.update(hall_width_cm=hall.width_cm, hall_depth_cm=hall.depth_cm)
    if earlier and earlier != hall.plan.name:
        transaction.on_commit(lambda: default_storage.delete(earlier))
    return hall


@transaction.atomic
def remove_hall(*, hall: Hall, by: User, at: datetime) -> None:
    """With its stands. Raises HallInUse."""
    hall = _locked_hall(hall, at)
    if count := hall.stands.filter(placing__isnull=False).count():
        raise HallInUse(count=count)
    audit.record(hall, HALL_REMOVED, by=by, at=at, changes={"name": [hall.name, None]})
    earlier = hall.plan.name
    hall.delete()
    if earlier:
        transaction.on_commit(lambda: default_storage.delete(earlier))


# --- Stands ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def draw_rows(*, hall: Hall, rows: Rows, by: User, at: datetime) -> list[Stand]:
    """The stands of ``rows`` on the hall's floor. Raises RowsTooLarge, StandsOverlap, NumberTaken, TooManyStands."""
    hall = _locked_hall(hall, at)
    made = planned(hall, rows)
    Stand.objects.bulk_create(made)
    numbers = f"{made[0].number}–{made[-1].number}"
    audit.record(hall, ROWS_DRAWN, by=by, at=at, changes={"stands": [None, f"{len(made)}: {numbers}"]})
    return list(hall.stands.filter(number__in=[stand.number for stand in made]))


def planned(hall: Hall, rows: Rows) -> list[Stand]:
    """The stands that ``rows`` would become, not stored. Raises as ``draw_rows`` does."""
    width, depth = rows.needs
    if width > hall.width_cm or depth > hall.depth_cm:
        metres = {"width": width, "depth": depth, "hall_width": hall.width_cm, "hall_depth": hall.depth_cm}
        raise RowsTooLarge(**{name: _metres(length) for name, length in metres.items()})
    taken = list(Stand.objects.filter(event=hall.event_id).values_list("number", flat=True))
    if len(taken) + rows.rows * rows.per_row > MOST_STANDS:
        raise TooManyStands(most=MOST_STANDS)
    there = list(hall.stands.all())
    first_row = max((stand.row for stand in there), default=0) + 1
    made = [
        Stand(
            event_id=hall.event_id,
            hall=hall,
            number=one.number,
            row=one.row,
            col=one.col,
            power_w=rows.power_w,
            hall_width_cm=hall.width_cm,
            hall_depth_cm=hall.depth_cm,
            **measures(one.box),
        )
        for one in draw(rows, taken=taken, first_row=first_row)
    ]
    for stand in made:
        _refuse_overlap(stand, there)
    return made


@transaction.atomic
def add_stand(*, hall: Hall, by: User, at: datetime, **fields: Any) -> Stand:
    """One stand more. Raises StandOutside, StandsOverlap, NumberTaken, TooManyStands."""
    hall = _locked_hall(hall, at)
    if Stand.objects.filter(event=hall.event_id).count() >= MOST_STANDS:
        raise TooManyStands(most=MOST_STANDS)
    stand = Stand(event_id=hall.event_id, hall=hall, **fields)
    _fit(stand, hall)
    stand.save()
    audit.created(stand, STAND_ADDED, by=by, at=at)
    return stand


@transaction.atomic
def change_stand(*, stand: Stand, seen: int, by: User, at: datetime, **fields: Any) -> Stand:
    """Number, measures, power, worth. Raises Stale, StandOutside, StandsOverlap, NumberTaken."""
    stand, hall = _locked_stand(stand, at)
    take_version(stand, seen)
    with audit.change(stand, STAND_CHANGED, by=by, at=at):
        for name, value in fields.items():
            setattr(stand, name, value)
        _fit(stand, hall)
        stand.save()
    return stand


@transaction.atomic
def move_stand(*, stand: Stand, x_cm: int, y_cm: int, by: User, at: datetime) -> Stand:
    """To another place on the same floor. Raises StandOutside, StandsOverlap."""
    stand, hall = _locked_stand(stand, at)
    with audit.change(stand, STAND_MOVED, by=by, at=at):
        stand.x_cm, stand.y_cm = x_cm, y_cm
        _fit(stand, hall)
        stand.version += 1
        stand.save()
    return stand


@transaction.atomic
def remove_stand(*, stand: Stand, by: User, at: datetime) -> None:
    """Raises StandInUse."""
    stand, _hall = _locked_stand(stand, at)
    _refuse_in_use(stand)
    audit.record(stand, STAND_REMOVED, by=by, at=at, changes={"number": [stand.number, None]})
    stand.delete()


@transaction.atomic
def block(*, stand: Stand, reason: str, by: User, at: datetime) -> Stand:
    """Nobody gets it until it is unblocked; a company that only holds it loses it. Raises StandInUse."""
    stand, _hall = _locked_stand(stand, at)
    _refuse_in_use(stand)
    with audit.change(stand, STAND_BLOCKED, by=by, at=at):
        stand.blocked_at, stand.blocked_reason = stand.blocked_at or at, reason
        stand.version += 1
        stand.save()
    stand.hold_of().delete()
    return stand


@transaction.atomic
def unblock(*, stand: Stand, by: User, at: datetime) -> Stand:
    stand, _hall = _locked_stand(stand, at)
    with audit.change(stand, STAND_UNBLOCKED, by=by, at=at):
        stand.blocked_at, stand.blocked_reason = None, ""
        stand.version += 1
        stand.save()
    return stand


# --- Below ----------------------------------------------------------------------------------------------------------


def box_of(stand: Stand) -> Box:
    return Box(stand.x_cm, stand.y_cm, stand.width_cm, stand.depth_cm)


def measures(box: Box) -> dict[str, int]:
    """``box`` as the stand's own columns."""
    return {"x_cm": box.x, "y_cm": box.y, "width_cm": box.width, "depth_cm": box.depth}


def _refuse_past(event: Event, at: datetime) -> None:
    """The floor of a fair that has been stays as it was."""
    if not event.takes_decisions(at):
        raise FairOver


def _locked_hall(hall: Hall, at: datetime) -> Hall:
    _refuse_past(Event.objects.locked(hall.event_id), at)
    return Hall.objects.select_for_update(of=("self",), no_key=True).get(pk=hall.pk)


def _locked_stand(stand: Stand, at: datetime) -> tuple[Stand, Hall]:
    _refuse_past(Event.objects.locked(stand.event_id), at)
    stand = Stand.objects.select_for_update(of=("self",), no_key=True).select_related("hall").get(pk=stand.pk)
    return stand, stand.hall


def _fit(stand: Stand, hall: Hall) -> None:
    """Refuse a place where the stand cannot be, and a number that another has."""
    stand.hall_width_cm, stand.hall_depth_cm = hall.width_cm, hall.depth_cm
    if not box_of(stand).is_inside(hall.width_cm, hall.depth_cm):
        raise StandOutside(number=stand.number)
    _refuse_overlap(stand, hall.stands.exclude(pk=stand.pk))
    if Stand.objects.filter(event=stand.event_id, number=stand.number).exclude(pk=stand.pk).exists():
        raise NumberTaken(number=stand.number)


def _refuse_overlap(stand: Stand, others: Iterable[Stand]) -> None:
    box = box_of(stand)
    for other in others:
        if box.overlaps(box_of(other)):
            raise StandsOverlap(number=stand.number, other=other.number)


def _refuse_in_use(stand: Stand) -> None:
    placing = stand.placing_of().select_related("exhibitor__organisation").first()
    if placing is not None:
        raise StandInUse(company=placing.exhibitor.organisation, number=stand.number)


def _metres(length: int) -> str:
    """1250 cm is "12.5"."""
    return f"{length / 100:g}"
