"""What the organiser decides about places that nobody has answered for. Never a silent job."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.look import formats
from registrations.bookings.letters import write_to_all
from registrations.bookings.models import SchoolClass
from registrations.bookings.places.refusals import DayPassed, EveningOver, NotDueYet, WrongState
from registrations.bookings.places.services import free_place, lock_class
from registrations.bookings.states import ClassState

TAKEN_BACK = audit.verb("place.taken_back", _("took the place back, since nobody had answered"))
EXTENDED = audit.verb("place.extended", _("gave the school more time to answer"))


@dataclass
class Outcome:
    """What became of an act on many: those it was done to, and the others with the refusal that stopped each."""

    done: list[SchoolClass] = field(default_factory=list)
    refused: list[tuple[SchoolClass, Refusal]] = field(default_factory=list)


@transaction.atomic
def withdraw_place(*, school_class: SchoolClass, by: User, at: datetime, message: str = "") -> SchoolClass:
    """Take an unanswered place back: it is free for others. The school can ask for one again, as if it had given it back;
    as long as it says nothing, no reallocation gives it one.

    Raises NotDueYet while the school may still answer, WrongState (also when it answered this moment), EveningOver.
    """
    event, school_class = lock_class(school_class)
    if not event.takes_decisions(at):
        raise EveningOver
    if school_class.state != ClassState.OFFERED:
        raise WrongState
    answer_by_at = school_class.answer_by_at
    if answer_by_at and at < answer_by_at:
        raise NotDueYet(until=formats.moment(localtime(answer_by_at), get_language()))
    with audit.change(school_class, TAKEN_BACK, by=by, at=at):
        free_place(school_class=school_class, state=ClassState.GIVEN_BACK, at=at)
        numbers = {"answer_by": answer_by_at.isoformat() if answer_by_at else ""}
        school_class.outcome = {"code": "no_answer", "numbers": numbers, "cost": {}}
        school_class.save(update_fields=["outcome"])
    context = {"school_class": school_class, "answer_by_at": answer_by_at, "message": message}
    write_to_all(booking=school_class.booking, name="places/taken_back", context=context)
    return school_class


def withdraw_many(*, classes: Iterable[SchoolClass], by: User, at: datetime, message: str = "") -> Outcome:
    """``withdraw_place`` for each, each in its own transaction: one that cannot be done stops none of the rest."""
    outcome = Outcome()
    for school_class in classes:
        try:
            outcome.done.append(withdraw_place(school_class=school_class, by=by, at=at, message=message))
        except Refusal as refusal:
            outcome.refused.append((school_class, refusal))
    return outcome


@transaction.atomic
def extend_answer(*, classes: Iterable[SchoolClass], until: datetime, by: User, at: datetime) -> list[SchoolClass]:
    """The schools of ``classes`` may answer until ``until``; one letter a booking. Gives those that were unanswered.

    Raises DayPassed when ``until`` is not between now and the evening; then nothing is written.
    """
    done: list[SchoolClass] = []
    for one in sorted(classes, key=lambda row: row.pk):
        event, school_class = lock_class(one)
        if not at < until < event.starts_at:
            raise DayPassed
        if school_class.state != ClassState.OFFERED or school_class.answer_by_at == until:
            continue
        with audit.change(school_class, EXTENDED, by=by, at=at):
            school_class.answer_by_at = until
            school_class.save(update_fields=["answer_by_at"])
        done.append(school_class)
    for pk in dict.fromkeys(row.booking_id for row in done):
        together = [row for row in done if row.booking_id == pk]
        context = {"classes": together, "answer_by_at": until}
        write_to_all(booking=together[0].booking, name="places/extended", context=context)
    return done
