"""What an organiser decides by hand about a class, whatever the computation would say. It needs a why."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.nights.models import Night, Wave
from events.programme.models import Event
from registrations.allocation.instances import build_instance, group_id, pk_of, wave_id
from registrations.allocation.locks import Broken, Lock, broken_rules
from registrations.allocation.models import HandPlacing
from registrations.bookings.models import SchoolClass
from registrations.bookings.states import ClassState

PLACED = audit.verb("class.placed_by_hand", _("decided by hand"))
RELEASED = audit.verb("class.released", _("took back what was decided by hand"))

RULES: dict[str, str | Promise] = {
    "lock_time": _("%(classes)s has not said that it can come then."),
    "lock_twice": _("%(classes)s: the same class of the same school cannot come twice."),
    "lock_bus": _("%(classes)s share a bus, so they must come at the same time."),
    "lock_places": _("%(classes)s are %(pupils)s pupils together, and there are %(places)s places."),
    "lock_wave": _("%(classes)s are %(pupils)s pupils together, and %(wave)s takes %(places)s."),
    "lock_stations": _("Only %(stations)s stations suit %(classes)s, and each pupil should see %(visits)s."),
}


class CannotLock(Refusal):
    """``rule`` is the first rule that would be broken, a key of RULES."""

    code = "cannot_lock"

    def __init__(self, rule: str, **facts: Any):
        super().__init__(RULES[rule], **facts)
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
            "gets_a_place": [before.gets_a_place if before else None, gets_a_place],
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
    changes = {"gets_a_place": [row.gets_a_place, None], "wave": [row.wave_id, None]}
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
    """Raises CannotLock with the first rule that the locks break."""
    for broken in broken_rules(instance, locks):
        raise refusal_of(broken)


def refusal_of(broken: Broken) -> CannotLock:
    """The refusal in words, with the names of classes and admissions."""
    rows = SchoolClass.objects.filter(pk__in=[pk_of(ident) for ident in broken.groups]).select_related(
        "booking__school"
    )
    facts = dict(broken.facts)
    if facts.get("wave"):
        facts["wave"] = Wave.objects.get(pk=pk_of(facts["wave"])).name
    return CannotLock(broken.code, classes=", ".join(f"{row.label} ({row.booking.school})" for row in rows), **facts)
