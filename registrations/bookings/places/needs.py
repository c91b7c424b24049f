"""Needs and diets that a school says anew when booking has closed, until its class comes in."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from events.access import audit
from events.access.models import User
from events.versions import take_version
from registrations.allocation.models import Team
from registrations.bookings.classes import NEEDS_CHANGED
from registrations.bookings.counts import too_many, without_zeros
from registrations.bookings.models import SchoolClass
from registrations.bookings.places import chairs
from registrations.bookings.places.refusals import EveningOver, TooLateForNeeds, WrongState
from registrations.bookings.places.services import lock_class
from registrations.bookings.refusals import NeedsOverPupils
from registrations.bookings.states import BookingState, ClassState


@transaction.atomic
def change_needs(
    *,
    school_class: SchoolClass,
    needs: Mapping[str, int],
    diets: Mapping[str, int],
    seen: int,
    by: User,
    at: datetime,
) -> SchoolClass:
    """``needs`` and ``diets`` (pupils by kind) of a class from now on; its teams and the hosts' lists follow.

    What a class needs is never refused for want of a station that suits: the visit that no longer fits stands among
    what the organiser has to reallocate. ``seen`` is the version that the page showed. Raises Stale, NeedsOverPupils,
    TooLateForNeeds, WrongState, EveningOver.
    """
    event, school_class = lock_class(school_class)
    if not event.takes_decisions(at):
        raise EveningOver
    if school_class.booking.state != BookingState.SENT or school_class.state not in ClassState.wanting():
        raise WrongState
    said = without_zeros(needs), without_zeros(diets)
    if said == (school_class.needs, school_class.diets):
        return school_class
    if school_class.wave and at >= school_class.wave.starts_at:
        raise TooLateForNeeds
    if any(too_many(counts, school_class.pupils) for counts in said):
        raise NeedsOverPupils(label=school_class.label)
    take_version(school_class, seen)
    if said[0] != school_class.needs and school_class.state in ClassState.holding():
        school_class.needs_changed_at = at
    school_class.needs, school_class.diets = said
    school_class.save(update_fields=["needs", "diets", "needs_changed_at", "version"])
    # Which and how many is not for a trail that outlives them.
    audit.record(school_class, NEEDS_CHANGED, by=by, at=at)
    _seat(school_class)
    return school_class


def _seat(school_class: SchoolClass) -> None:
    teams = list(Team.objects.filter(school_class=school_class).prefetch_related("visits__station"))
    seated = chairs.seated([_as_chairs(team) for team in teams], school_class.wheelchairs)
    for team in teams:
        team.wheelchairs = seated[team.number]
    Team.objects.bulk_update(teams, ["wheelchairs"])


def _as_chairs(team: Team) -> chairs.Team:
    suits = all(visit.station.accessible for visit in team.visits.all())
    return chairs.Team(team.number, team.size, team.wheelchairs, suits)
