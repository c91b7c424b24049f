"""What the organiser decides about schools' bookings: answers to requests, and which classes come with the same bus."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.nights.models import Night, Wave
from events.programme.models import Event
from registrations.bookings.classes import CLASS_ADDED, CLASS_CHANGED, locked
from registrations.bookings.counts import too_many
from registrations.bookings.duplicates import same_class
from registrations.bookings.letters import write_to_all
from registrations.bookings.models import Booking, ChangeRequest, RequestKind, SchoolClass
from registrations.bookings.places.numbers import change_numbers
from registrations.bookings.refusals import EveningOver, NeedsOverPupils, SameLabel, WrongState
from registrations.bookings.states import BookingState, ClassState

ANSWERED = audit.verb("booking.request_answered", _("answered the school's request"))
BUS = audit.verb("booking.bus", _("said which bus the class comes with"))


class AnsweredAlready(Refusal):
    code = "answered_already"
    message = _("A colleague has answered the request already.")


class TwoMunicipalities(Refusal):
    code = "two_municipalities"
    message = _("The classes come from different municipalities. A bus is shared within one.")


class NoCommonTime(Refusal):
    code = "no_common_time"
    message = _("The classes have no time in common, so they cannot come with the same bus.")


@dataclass(frozen=True)
class Granted:
    """What a granted request comes to; what is ``None`` stays as it is.

    ``waves`` are the keys of the times that work from now on. ``label`` and ``grade`` make one more class.
    """

    pupils: int | None = None
    adults: int | None = None
    waves: frozenset[int] | None = None
    label: str | None = None
    grade: int | None = None


def does_itself(request: ChangeRequest) -> bool:
    """Whether granting ``request`` changes the booking; otherwise it is an answer, and the organiser acts elsewhere."""
    one = request.school_class
    if request.kind == RequestKind.NEW_CLASS:
        return request.booking.state == BookingState.SENT
    if one is None or request.booking.state != BookingState.SENT:
        return False
    if request.kind == RequestKind.NUMBERS:
        return one.state in ClassState.wanting()
    return request.kind == RequestKind.WAVE and one.state in {ClassState.APPLIED, ClassState.WAITING}


@transaction.atomic
def answer_request(
    *, request: ChangeRequest, granted: bool, answer: str, change: Granted | None, by: User, at: datetime
) -> ChangeRequest:
    """Say yes or no in words, and do what was asked for when ``change`` says what that is; the school gets a letter.

    Raises AnsweredAlready, EveningOver, NeedsOverPupils, SameLabel, WrongState, and what
    ``places.numbers.change_numbers`` raises; then nothing is written or sent.
    """
    event = Event.objects.locked(request.event_id)
    # A merge moves requests to the booking that is kept: which one that is, is known under the event's lock.
    request = ChangeRequest.objects.select_related("booking").get(pk=request.pk)
    booking = locked(request.booking)
    booking.night.event = event
    if request.granted is not None:
        raise AnsweredAlready
    if not event.takes_decisions(at):
        raise EveningOver
    request.booking = booking
    if request.school_class_id:
        request.school_class = booking.classes.get(pk=request.school_class_id)
        request.school_class.booking = booking
    changed = None
    if granted and change is not None:
        if not does_itself(request):
            raise WrongState
        changed = _do(request, change, by, at)
    request.granted, request.answer = granted, answer
    request.answered_by, request.answered_at = by, at
    request.save(update_fields=["granted", "answer", "answered_by", "answered_at"])
    audit.record(booking, ANSWERED, by=by, at=at, changes={"granted": [None, granted]})
    write_to_all(booking=booking, name="organiser/answered", context={"request": request, "changed": changed})
    return request


@transaction.atomic
def name_bus(*, night: Night, pks: Iterable[int], bus: str, by: User, at: datetime) -> list[SchoolClass]:
    """The classes ``pks`` of ``night`` come with ``bus`` (empty: with none); those that are cancelled are left out.

    Raises TwoMunicipalities, NoCommonTime, EveningOver.
    """
    if not Event.objects.locked(night.event_id).takes_decisions(at):
        raise EveningOver
    pks = list(pks)
    # What a school is just saving must not write the bus back as it was: it holds its booking meanwhile.
    theirs = SchoolClass.objects.filter(pk__in=pks).values("booking")
    list(Booking.objects.select_for_update(no_key=True).filter(night=night, pk__in=theirs).order_by("pk"))
    rows = SchoolClass.objects.select_for_update(of=("self",), no_key=True).for_night(night).wanting()
    chosen = list(
        rows.filter(pk__in=pks).select_related("booking__school").prefetch_related("possible_waves").order_by("pk")
    )
    if bus:
        _refuse_impossible_bus(night, chosen)
    for one in chosen:
        with audit.change(one, BUS, by=by, at=at):
            one.bus = bus
            one.save(update_fields=["bus"])
    return chosen


def _refuse_impossible_bus(night: Night, chosen: list[SchoolClass]) -> None:
    if len({one.booking.school.municipality_id for one in chosen}) > 1:
        raise TwoMunicipalities
    common = set(night.waves.values_list("pk", flat=True))
    if not common:
        return
    for one in chosen:
        # A class that says nothing can come at any time.
        common &= {wave.pk for wave in one.possible_waves.all()} or common
    if not common:
        raise NoCommonTime


def _do(request: ChangeRequest, change: Granted, by: User, at: datetime) -> SchoolClass:
    if request.kind == RequestKind.NEW_CLASS:
        return _one_more(request.booking, change, by, at)
    one = request.school_class
    assert one is not None  # ``does_itself`` has looked
    if request.kind == RequestKind.WAVE:
        before = sorted(wave.pk for wave in one.possible_waves.all())
        one.possible_waves.set(Wave.objects.filter(night=one.booking.night_id, pk__in=change.waves or ()))
        after = sorted(wave.pk for wave in one.possible_waves.all())
        one.version += 1
        one.save(update_fields=["version"])
        if before != after:
            audit.record(one, CLASS_CHANGED, by=by, at=at, changes={"possible_waves": [before, after]})
        return one
    pupils = one.pupils if change.pupils is None else change.pupils
    adults = one.adults if change.adults is None else change.adults
    if one.state in ClassState.holding():
        return change_numbers(school_class=one, pupils=pupils, adults=adults, by=by, at=at).school_class
    if too_many(one.needs, pupils) or too_many(one.diets, pupils):
        raise NeedsOverPupils(label=one.label)
    with audit.change(one, CLASS_CHANGED, by=by, at=at):
        one.pupils, one.adults = pupils, adults
        one.version += 1
        one.save(update_fields=["pupils", "adults", "version"])
    return one


def _one_more(booking: Booking, change: Granted, by: User, at: datetime) -> SchoolClass:
    """Before the answers it waits for the allocation with the others; after them it stands on the waiting list."""
    label, grade = change.label or "", change.grade or booking.night.youngest_grade
    for other in booking.classes.exclude(state=ClassState.CANCELLED):
        if same_class(other.label, label, grade):
            raise SameLabel(label=other.label)
    told = SchoolClass.objects.for_night(booking.night).filter(told_at__isnull=False).exists()
    added = SchoolClass.objects.create(
        booking=booking,
        label=label,
        grade=grade,
        pupils=change.pupils or 1,
        adults=change.adults if change.adults is not None else 2,
        state=ClassState.WAITING if told else ClassState.APPLIED,
    )
    audit.created(added, CLASS_ADDED, by=by, at=at)
    return added
