"""The bus is late: a placed class comes in with another admission, and everybody else stays where they are."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.nights.models import Night, Wave
from events.programme.models import Event
from registrations.allocation.instances import build_instance, group_id, pk_of, wave_id
from registrations.allocation.models import Team, Visit
from registrations.bookings.duplicates import key_of
from registrations.bookings.letters import write_to_all
from registrations.bookings.models import SchoolClass
from registrations.bookings.places import occupancy
from registrations.bookings.places.refusals import AlreadyIn, EveningOver, NoTimetable, WaveTooSmall, WrongState
from registrations.bookings.states import ClassState
from registrations.checkin.models import Presence

Visited = tuple[str, str, int]
"""Team, station, first round, as instances name them."""

MOVED = audit.verb("place.moved_by_hand", _("moved the class to another admission"))


@dataclass(frozen=True, slots=True)
class Option:
    """An admission that a class could be moved to. ``free`` places; ``fits`` by places, the stations come later."""

    wave: Wave
    free: int
    fits: bool


def together(school_class: SchoolClass) -> list[SchoolClass]:
    """The class and those that have its bus and have not come in yet: they can only be moved together."""
    booking = school_class.booking
    rows = SchoolClass.objects.for_night(booking.night).holding().select_related("booking__school", "wave")
    rows = rows.exclude(
        pk__in=Presence.objects.arrived().filter(ticket__school_class__isnull=False).values("ticket__school_class")
    )
    municipality = booking.school.municipality_id
    return [
        row
        for row in rows.filter(booking__school__municipality=municipality).order_by("pk")
        if row.pk == school_class.pk or (row.bus.strip() and key_of(row.bus) == key_of(school_class.bus))
    ]


def options(school_class: SchoolClass, at: datetime) -> list[Option]:
    """The other admissions that are not over at ``at``, in the order of the evening."""
    night = school_class.booking.night
    waves = [wave for wave in night.waves.in_order() if wave.pk != school_class.wave_id]
    by_wave = _free_by_capacity(night, waves)
    pupils = sum(row.pupils for row in together(school_class))
    return [
        Option(wave, by_wave[wave.pk], by_wave[wave.pk] >= pupils) for wave in waves if _rounds_left(wave, night, at)
    ]


@transaction.atomic
def move_to_wave(*, school_class: SchoolClass, wave: Wave, by: User, at: datetime) -> list[SchoolClass]:
    """Move the class, with those that share its bus, to ``wave``: new stations and times, the same teams and code.

    Gives those that were moved. Raises WrongState, AlreadyIn, WaveTooSmall, NoTimetable, EveningOver; then everybody
    stays where they were.
    """
    event = Event.objects.locked(school_class.booking.night.event_id)
    night = Night.objects.get(pk=school_class.booking.night_id)
    night.event = event
    if not event.takes_decisions(at):
        raise EveningOver
    wanted = {row.pk for row in together(school_class)}
    rows = SchoolClass.objects.select_for_update(of=("self",), no_key=True).filter(pk__in={*wanted, school_class.pk})
    classes = list(rows.select_related("booking__school", "booking__night__event", "wave").order_by("pk"))
    one = next((row for row in classes if row.pk == school_class.pk), None)
    if one is None or one.state not in ClassState.holding() or wave.night_id != night.pk:
        raise WrongState
    if one.pk not in wanted:
        raise AlreadyIn
    if one.wave_id == wave.pk:
        return []
    wave.night = night
    visits = _new_visits(night, classes, wave, at)
    for row in classes:
        with audit.change(row, MOVED, by=by, at=at):
            row.wave = wave
            row.save(update_fields=["wave"])
    _write(visits, classes)
    for pk in dict.fromkeys(row.booking_id for row in classes):
        mine = [row for row in classes if row.booking_id == pk]
        names = ", ".join(row.label for row in mine)
        write_to_all(booking=mine[0].booking, name="places/moved", context={"names": names, "wave": wave})
    return classes


def _new_visits(night: Night, classes: list[SchoolClass], wave: Wave, at: datetime) -> list[Visited]:
    pupils = sum(row.pupils for row in classes)
    free = _free_by_capacity(night, [wave], classes)[wave.pk]
    if pupils > free:
        raise WaveTooSmall(free=free, pupils=pupils)
    left = _rounds_left(wave, night, at)
    if not left:
        raise NoTimetable
    instance = build_instance(night)
    taken = occupancy.seats_taken(wave, besides=classes)
    kept = Visit.objects.filter(team__school_class__in=classes)
    # OR-tools is large: only a process that moves a class loads it.
    from registrations.bookings.places.timetable import find_timetable

    found = find_timetable(
        instance,
        [group_id(row) for row in classes],
        wave_id(wave),
        taken={(f"s{station}", number): pupils for (station, number), pupils in taken.items()},
        first_round=left[0],
        kept=frozenset(
            (f"c{pk}-{number}", f"s{station}")
            for pk, number, station in kept.values_list("team__school_class", "team__number", "station")
        ),
    )
    if found is None:
        raise NoTimetable
    return found


def _write(visits: list[Visited], classes: list[SchoolClass]) -> None:
    teams = {f"c{row.school_class_id}-{row.number}": row for row in Team.objects.filter(school_class__in=classes)}
    Visit.objects.filter(team__in=teams.values()).delete()
    Visit.objects.bulk_create(
        Visit(team=teams[team], station_id=pk_of(station), round=number) for team, station, number in visits
    )


def _rounds_left(wave: Wave, night: Night, at: datetime) -> list[int]:
    """The rounds of ``wave`` that have not begun at ``at``; a class that comes too late for the first can have the rest."""
    wave.night = night
    left = [number for number in range(1, wave.rounds + 1) if wave.round_starts_at(number) > at]
    return left if len(left) >= night.visits_per_team else []


def _free_by_capacity(night: Night, waves: list[Wave], besides: list[SchoolClass] | None = None) -> dict[int, int]:
    """Places free in each of ``waves``: moving takes none of the evening's places, so those do not count here."""
    held = occupancy.pupils_by_wave(night, besides=besides or [])
    return {wave.pk: max(0, wave.capacity - held.get(wave.pk, 0)) for wave in waves}
