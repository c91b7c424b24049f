"""Other numbers for a class that has its place: an instant yes, or how many there is room for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from registrations.allocation.models import Team
from registrations.bookings.models import MAX_PUPILS, SchoolClass
from registrations.bookings.places import occupancy
from registrations.bookings.places.fitting import Fit, fit
from registrations.bookings.places.refusals import (
    EveningOver,
    NoRoom,
    NotEnoughRoom,
    NumbersChanged,
    TooFewForNeeds,
    TooLateToChange,
    WrongState,
)
from registrations.bookings.places.services import lock_class, refuse_arrived
from registrations.bookings.states import ClassState
from registrations.tickets.services import issue_class_ticket

NUMBERS = audit.verb("place.numbers", _("changed the numbers"))

# Whoever taps a stepper five times gets one receipt, so long after the last tap.
QUIET = timedelta(minutes=5)
MAX_ADULTS = 40


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change of numbers came to. ``freed`` places (0 when there are more pupils) go to the waiting list."""

    school_class: SchoolClass
    freed: int = 0


@transaction.atomic
def change_numbers(
    *, school_class: SchoolClass, pupils: int, adults: int, by: User | None, at: datetime, seen: int | None = None
) -> Changed:
    """``pupils`` and ``adults`` of a placed class from now on; teams, ticket and hosts' lists follow.

    ``seen`` is the number of pupils that the page showed. Raises NotEnoughRoom (its facts tell how many fit), NoRoom,
    TooFewForNeeds, NumbersChanged, TooLateToChange, AlreadyIn, WrongState, EveningOver; then nothing is written.
    """
    event, school_class = lock_class(school_class)
    if not event.takes_decisions(at):
        raise EveningOver
    if school_class.state not in ClassState.holding() or school_class.wave is None:
        raise WrongState
    before = (school_class.pupils, school_class.adults)
    pupils, adults = min(max(pupils, 1), MAX_PUPILS), min(max(adults, 0), MAX_ADULTS)
    if before == (pupils, adults):
        return Changed(school_class)
    if at >= school_class.wave.starts_at:
        raise TooLateToChange
    refuse_arrived(school_class)
    if seen is not None and seen != school_class.pupils:
        raise NumbersChanged(pupils=school_class.pupils)
    fitted = _fitted(school_class, pupils)
    with audit.change(school_class, NUMBERS, by=by, at=at):
        school_class.pupils, school_class.adults = pupils, adults
        school_class.version += 1
        school_class.save(update_fields=["pupils", "adults", "version"])
    _resize_teams(school_class, fitted.sizes)
    issue_class_ticket(school_class=school_class, at=at)
    _plan_receipt(school_class, at)
    return Changed(school_class, max(0, before[0] - pupils))


def _fitted(school_class: SchoolClass, pupils: int) -> Fit:
    assert school_class.wave is not None
    teams = occupancy.teams_of(school_class)
    wheelchairs = max(school_class.wheelchairs, sum(team.wheelchairs for team in teams))
    if pupils < min(wheelchairs, school_class.pupils):
        raise TooFewForNeeds(wheelchairs=wheelchairs)
    fitted = fit(
        teams,
        school_class.pupils,
        pupils,
        places=occupancy.free_places(school_class.booking.night, school_class.wave),
        seats=occupancy.seats_free(school_class),
    )
    if fitted.pupils < pupils:
        fits = fitted.pupils - school_class.pupils
        refusal = NotEnoughRoom if fits else NoRoom
        raise refusal(fits=fits, wanted=pupils - school_class.pupils, pupils=fitted.pupils)
    return fitted


def _resize_teams(school_class: SchoolClass, sizes: dict[int, int]) -> None:
    teams = list(Team.objects.filter(school_class=school_class))
    for team in teams:
        team.size = sizes.get(team.number, 0)
    Team.objects.filter(pk__in=[team.pk for team in teams if not team.size]).delete()
    Team.objects.bulk_update([team for team in teams if team.size], ["size"])


def _plan_receipt(school_class: SchoolClass, at: datetime) -> None:
    from registrations.bookings.places.tasks import send_receipt

    send_receipt.using(run_after=at + QUIET).enqueue(school_class.pk, school_class.version)
