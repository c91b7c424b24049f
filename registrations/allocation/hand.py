"""What an organiser decides by hand about a class, whatever the computation would say. It needs a why."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.nights.models import Night, Wave
from events.programme.models import Event
from registrations.allocation.instances import build_instance, group_id, pk_of, wave_id
from registrations.allocation.locks import Lock, solver_locks
from registrations.allocation.models import HandPlacing
from registrations.allocation.solver.locks import ImpossibleLocks
from registrations.allocation.solver.locks import check_locks as check
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.problem import SchoolsInstance
from registrations.bookings.models import SchoolClass
from registrations.bookings.states import ClassState

PLACED = audit.verb("class.placed_by_hand", _("decided by hand"))
RELEASED = audit.verb("class.released", _("took back what was decided by hand"))

# What the trail calls it; events.look.history translates it.
GETS_A_PLACE = gettext_noop("gets a place")

RULES: dict[str, str | Promise] = {
    "wave_not_possible": _("%(classes)s can not come to %(wave)s: the school has said so."),
    "no_possible_wave": _("%(classes)s can not come at any of the times."),
    "larger_than_wave": _("%(classes)s is %(size)s pupils, and at most %(capacity)s fit."),
    "no_timetable": _("%(classes)s does not find enough stations then that suit it and are open."),
    "duplicate_class": _("%(classes)s: the same class of the same school can not come twice."),
    "bus_cannot_meet": _("%(classes)s share a bus, so they must come at the same time."),
    "wave_full": _("%(classes)s are %(pupils)s pupils together, and %(wave)s takes %(capacity)s."),
    "places_full": _("%(classes)s are %(pupils)s pupils together, and there are %(places)s places."),
}


class CannotLock(Refusal):
    """``rule`` is the first rule that would be broken, a key of RULES."""

    code = "cannot_lock"

    def __init__(self, rule: str, **facts: Any):
        super().__init__(RULES.get(rule, _("What is decided by hand can not all be kept: %(classes)s.")), **facts)
        self.rule = rule


class NotInTheAllocation(Refusal):
    code = "not_in_the_allocation"
    message = _("The class is cancelled or not sent: it takes no part in the allocation.")


@transaction.atomic
def place_by_hand(
    *, school_class: SchoolClass, gets_a_place: bool, wave: Wave | None, note: str, by: User, at: datetime
) -> HandPlacing:
    """The next proposals give the class a place (in ``wave``, or at any time that suits it), or none.

    Raises CannotLock when that breaks a rule, together with what else is decided by hand; NotInTheAllocation.
    """
    night = school_class.booking.night
    Event.objects.locked(night.event_id)
    school_class = SchoolClass.objects.select_for_update(no_key=True, of=("self",)).get(pk=school_class.pk)
    if school_class.state not in ClassState.wanting():
        raise NotInTheAllocation
    wave = wave if gets_a_place else None
    before = HandPlacing.objects.filter(school_class=school_class).first()
    row, _made = HandPlacing.objects.update_or_create(
        school_class=school_class,
        defaults={"gets_a_place": gets_a_place, "wave": wave, "note": note, "by": by, "at": at},
    )
    if gets_a_place:
        check_locks(build_instance(night), locks_of(night))
    audit.record(
        school_class,
        PLACED,
        by=by,
        at=at,
        changes={
            GETS_A_PLACE: [before.gets_a_place if before else None, gets_a_place],
            "wave": [before.wave_id if before else None, wave.pk if wave else None],
        },
    )
    return row


@transaction.atomic
def release(*, school_class: SchoolClass, by: User, at: datetime) -> bool:
    """The computation decides about the class again; whether there was anything to take back."""
    Event.objects.locked(school_class.booking.night.event_id)
    row = HandPlacing.objects.filter(school_class=school_class).first()
    if row is None:
        return False
    changes = {GETS_A_PLACE: [row.gets_a_place, None], "wave": [row.wave_id, None]}
    row.delete()
    audit.record(school_class, RELEASED, by=by, at=at, changes=changes)
    return True


def locks_of(night: Night) -> list[Lock]:
    """What is decided by hand about the classes that take part, as the solver and a proposal's row have it."""
    rows = HandPlacing.objects.filter(school_class__in=SchoolClass.objects.for_night(night).wanting())
    return [
        {
            "group": group_id(row.school_class),
            "place": row.gets_a_place,
            "wave": wave_id(row.wave) if row.wave else None,
        }
        for row in rows.select_related("school_class", "wave").order_by("school_class")
    ]


def check_locks(instance: dict[str, Any], locks: list[Lock]) -> None:
    """Raises CannotLock with the first rule that the locks break, as far as that is seen before anything is solved."""
    try:
        check(Possible(SchoolsInstance.from_json(instance)), solver_locks(locks))
    except ImpossibleLocks as broken:
        raise refusal_of(broken.rule, broken.groups, broken.numbers) from broken


def refusal_of(rule: str, groups: Iterable[str], numbers: dict[str, Any]) -> CannotLock:
    """The refusal in words, with the names of classes and admissions."""
    keys = [pk_of(ident) for ident in groups]
    rows = SchoolClass.objects.filter(pk__in=keys).select_related("booking__school")
    facts = dict(numbers)
    if facts.get("wave"):
        facts["wave"] = Wave.objects.get(pk=pk_of(str(facts["wave"]))).name
    return CannotLock(rule, classes=", ".join(f"{row.label} ({row.booking.school})" for row in rows), **facts)
