"""What a school does with its classes: add, change (one or many at once), take away."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Stale
from events.nights.models import Wave
from events.programme.models import Event
from events.versions import take_version
from registrations.bookings.counts import too_many
from registrations.bookings.duplicates import same_class
from registrations.bookings.letters import write_to_all
from registrations.bookings.models import Booking, SchoolClass, Wish
from registrations.bookings.refusals import (
    ChangesClosed,
    EveningOver,
    NeedsOverPupils,
    SameLabel,
    StationNotForGrade,
    TooManyClasses,
    TooManyWishes,
    UnknownWish,
    WrongState,
)
from registrations.bookings.states import BookingState, ClassState, can_become
from registrations.bookings.wishes import MOST_WISHES, may_visit, offer_of, order_of
from registrations.stations.models import Station

CLASS_ADDED = audit.verb("booking.class_added", _("added a class"))
CLASS_CHANGED = audit.verb("booking.class_changed", _("changed the class"))
NEEDS_CHANGED = audit.verb("booking.needs_changed", _("changed needs or diets"))
CLASS_CANCELLED = audit.verb("booking.class_cancelled", _("cancelled the class"))

MOST_CLASSES = 30
# A change of these is worth a letter to the colleagues.
TOLD = {"label", "grade", "pupils", "adults"}


@dataclass(frozen=True)
class ClassEdit:
    """What one page says of one class. ``seen`` is the version that the page was opened with.

    ``fields`` are columns; ``waves`` the keys of the times that work (empty: all of them), ``wishes`` keys in order;
    ``None`` for what is not on the page.
    """

    pk: int
    seen: int
    fields: dict[str, Any] = field(default_factory=dict)
    waves: frozenset[int] | None = None
    wishes: tuple[str, ...] | None = None


def locked(booking: Booking) -> Booking:
    """The booking's row, locked until the transaction ends, with school and event at hand."""
    rows = Booking.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("school", "night__event").get(pk=booking.pk)


def refuse_unless_changeable(booking: Booking, at: datetime) -> None:
    """A draft can be written on until the evening is over, a sent booking until the deadline. Raises refusals."""
    if not booking.night.event.takes_decisions(at):
        raise EveningOver
    if booking.state == BookingState.CANCELLED:
        raise WrongState
    if booking.state == BookingState.SENT and not booking.night.bookings_are_open(at):
        raise ChangesClosed


@transaction.atomic
def add_class(
    *, booking: Booking, label: str, grade: int, pupils: int, adults: int, by: User, at: datetime
) -> SchoolClass:
    """One more class; it comes with the bus of the others. Two at once are told apart by their labels.

    Raises SameLabel, TooManyClasses, ChangesClosed, EveningOver, WrongState.
    """
    booking = locked(booking)
    refuse_unless_changeable(booking, at)
    known = booking.classes.exclude(state=ClassState.CANCELLED).prefetch_related("possible_waves", "wishes")
    others = list(known.order_by("pk"))
    _refuse_same_label(others, label, grade)
    if len(others) >= MOST_CLASSES:
        raise TooManyClasses(most=MOST_CLASSES)
    bus = next((one.bus for one in others if one.bus), "")
    added = SchoolClass.objects.create(booking=booking, label=label, grade=grade, pupils=pupils, adults=adults, bus=bus)
    _take_over(added, others)
    if booking.state == BookingState.SENT:
        audit.created(added, CLASS_ADDED, by=by, at=at)
        write_to_all(booking=booking, name="changed", context={"by": by, "school_class": added, "new": True}, but=by)
    return added


@transaction.atomic
def save_classes(*, booking: Booking, edits: Iterable[ClassEdit], by: User, at: datetime) -> dict[int, int]:
    """Store what a page says of one or more classes, all of it or nothing; the classes' versions now, by key.

    What is as it was does not count as a change, whichever version was seen. While the booking is a draft nobody but
    the school knows of it, and typing leaves no trail. Raises Stale, SameLabel, NeedsOverPupils, StationNotForGrade,
    UnknownWish, TooManyWishes, ChangesClosed, EveningOver, WrongState.
    """
    booking = locked(booking)
    refuse_unless_changeable(booking, at)
    rows = list(booking.classes.prefetch_related("possible_waves", "wishes"))
    by_key = {one.pk: one for one in rows}
    versions, told = {}, []
    for edit in edits:
        one = by_key.get(edit.pk)
        if one is None:
            raise Stale
        one.booking = booking
        if _is_news(one, edit):
            if one.state != ClassState.APPLIED:
                raise ChangesClosed
            take_version(one, edit.seen)
            _write(one, edit, others=[other for other in rows if other.pk != one.pk], by=by, at=at)
            if TOLD & set(edit.fields):
                told.append(one)
        versions[one.pk] = one.version
    if booking.state == BookingState.SENT:
        for one in told:
            write_to_all(booking=booking, name="changed", context={"by": by, "school_class": one, "new": False}, but=by)
    return versions


@transaction.atomic
def drop_class(*, school_class: SchoolClass, by: User, at: datetime) -> None:
    """Take a class out: from a draft without a trace, from a sent booking as cancelled, which its people are told.

    A class that has no place yet can be cancelled until the evening; one that has a place gives it back instead.
    Raises WrongState, EveningOver.
    """
    # Publishing reads the classes under the event's lock; nobody cancels while it writes.
    event = Event.objects.locked(school_class.event_id)
    booking = locked(school_class.booking)
    if not event.takes_decisions(at):
        raise EveningOver
    one = booking.classes.filter(pk=school_class.pk).first()
    if one is None or one.state == ClassState.CANCELLED:
        return
    if booking.state == BookingState.DRAFT:
        drop_from_draft(one)
        return
    if one.state in ClassState.holding() or not can_become(one.state, ClassState.CANCELLED):
        raise WrongState
    cancel(one, by=by, at=at)
    write_to_all(booking=booking, name="cancelled", context={"by": by, "classes": [one]})


def drop_from_draft(one: SchoolClass) -> None:
    """Delete ``one`` with its trail: what a school writes and never sends is nobody else's."""
    audit.forget(SchoolClass, [one.pk])
    one.delete()


def throw_away(draft: Booking) -> None:
    """Delete ``draft`` (locked by the caller) with its classes, and what the trail has of them."""
    audit.forget(SchoolClass, draft.classes.values_list("pk", flat=True))
    audit.forget(Booking, [draft.pk])
    draft.delete()


def cancel(one: SchoolClass, *, by: User, at: datetime) -> None:
    """Move ``one`` (its booking locked by the caller) to cancelled, with its trail."""
    with audit.change(one, CLASS_CANCELLED, by=by, at=at):
        one.state = ClassState.CANCELLED
        one.version += 1
        one.save(update_fields=["state", "version"])


def _take_over(added: SchoolClass, others: list[SchoolClass]) -> None:
    """What was said of all the other classes at once holds for the new one too: times, wishes, the reason."""
    if not others:
        return
    last = others[-1]
    if len({one.reason for one in others}) == 1:
        added.reason = last.reason
        added.save(update_fields=["reason"])
    times = [{wave.pk for wave in one.possible_waves.all()} for one in others]
    if all(some == times[0] for some in times):
        added.possible_waves.set(times[0])
    orders = [order_of(one) for one in others]
    if orders[0] and all(order == orders[0] for order in orders):
        fit = [w for w in last.wishes.select_related("station") if not w.station or may_visit(w.station, added.grade)]
        Wish.objects.bulk_create(
            Wish(school_class=added, rank=rank, station=wish.station, field_id=wish.field_id)
            for rank, wish in enumerate(fit, start=1)
        )


def _is_news(one: SchoolClass, edit: ClassEdit) -> bool:
    if any(getattr(one, name) != value for name, value in edit.fields.items()):
        return True
    if edit.waves is not None and edit.waves != {wave.pk for wave in one.possible_waves.all()}:
        return True
    return edit.wishes is not None and list(edit.wishes) != order_of(one)


def _write(one: SchoolClass, edit: ClassEdit, *, others: list[SchoolClass], by: User, at: datetime) -> None:
    before_waves = sorted(wave.pk for wave in one.possible_waves.all())
    before_counts = (one.needs, one.diets)
    before = audit.values_of(one)
    for name, value in edit.fields.items():
        setattr(one, name, value)
    if {"label", "grade"} & set(edit.fields) and (one.label, one.grade) != (before["label"], before["grade"]):
        _refuse_same_label([other for other in others if other.state != ClassState.CANCELLED], one.label, one.grade)
        one.beside_twin = False
    if too_many(one.needs, one.pupils) or too_many(one.diets, one.pupils):
        raise NeedsOverPupils(label=one.label)
    one.save()
    if edit.waves is not None:
        one.possible_waves.set(Wave.objects.filter(night=one.booking.night_id, pk__in=edit.waves))
    if edit.wishes is not None:
        _write_wishes(one, edit.wishes)
    if one.booking.state == BookingState.DRAFT:
        return
    waves = before_waves if edit.waves is None else sorted(edit.waves)
    after = audit.values_of(one)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if waves != before_waves:
        changes["possible_waves"] = [before_waves, waves]
    if changes or edit.wishes is not None:
        audit.record(one, CLASS_CHANGED, by=by, at=at, changes=changes)
    if (one.needs, one.diets) != before_counts:
        # Which and how many is not for a trail that outlives them.
        audit.record(one, NEEDS_CHANGED, by=by, at=at)


def _write_wishes(one: SchoolClass, order: tuple[str, ...]) -> None:
    if len(order) > MOST_WISHES:
        raise TooManyWishes(most=MOST_WISHES)
    offered = offer_of(one.booking.night).by_key()
    # What was wished for before a station fell away may stay in the list; it is dropped without a word.
    known = set(order_of(one))
    wishes = []
    for key in order:
        thing = offered.get(key)
        if isinstance(thing, Station):
            if not may_visit(thing, one.grade):
                raise StationNotForGrade(station=thing.name, label=one.label)
            wishes.append(Wish(school_class=one, station=thing))
        elif thing is not None:
            wishes.append(Wish(school_class=one, field=thing))
        elif key not in known:
            raise UnknownWish
    for rank, wish in enumerate(wishes, start=1):
        wish.rank = rank
    one.wishes.all().delete()
    Wish.objects.bulk_create(wishes)


def _refuse_same_label(others: list[SchoolClass], label: str, grade: int) -> None:
    for other in others:
        if other.grade == grade and same_class(other.label, label, grade):
            raise SameLabel(label=other.label)
