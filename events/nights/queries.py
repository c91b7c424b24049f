"""Reads about an evening: its night, the rounds' times, the walks between its zones, what will go wrong."""

from django.utils.timezone import localtime

from events.nights import hooks
from events.nights.models import Night, Walk, Wave
from events.nights.snags import Admission, Programme, snags_of
from events.nights.times import Rhythm, Round, rounds_of
from events.nights.wording import words_of
from events.programme.models import Event


def usual_night(event: Event) -> Night:
    """A night with the usual settings for ``event``, unsaved."""
    return Night(
        event=event,
        places=1000,
        bookings_open_at=event.registration_opens_at,
        bookings_close_at=event.registration_closes_at,
        answers_on=localtime(event.registration_closes_at).date(),
    )


def planned_night(event: Event) -> Night | None:
    """The night of ``event`` as it is saved, or ``None`` while nobody has planned it; its ``event`` is at hand."""
    night = Night.objects.filter(event=event).first() if event.takes_schools else None
    if night:
        night.event = event
    return night


def waves_of(night: Night) -> list[Wave]:
    """The admissions in their order, each with its ``night`` at hand."""
    waves = list(night.waves.in_order())
    for wave in waves:
        wave.night = night
    return waves


def rhythm_of(night: Night) -> Rhythm:
    return Rhythm(night.welcome_minutes, night.round_minutes, night.transition_minutes)


def round_times(wave: Wave) -> list[Round]:
    """The rounds of ``wave`` with their times."""
    return rounds_of(wave.starts_at, wave.rounds, rhythm_of(wave.night))


def walk_minutes(night: Night) -> dict[tuple[int, int], int]:
    """Minutes on foot between each two zones of ``night`` (primary keys), there and back; 0 where nobody has said."""
    zones = list(night.zones.values_list("pk", flat=True))
    minutes = {(one, other): 0 for one in zones for other in zones}
    for one, other, walk in Walk.objects.filter(one__night=night).values_list("one", "other", "minutes"):
        minutes[one, other] = minutes[other, one] = walk
    return minutes


def programme_of(night: Night) -> Programme:
    """The saved ``night`` in numbers."""
    event = night.event
    zones = list(night.zones.all())
    names = {zone.pk: zone.name for zone in zones}
    place = {zone.pk: position for position, zone in enumerate(zones)}
    walks = {}
    for walk in Walk.objects.filter(one__night=night):
        one, other = sorted((walk.one_id, walk.other_id), key=place.__getitem__)
        walks[names[one], names[other]] = walk.minutes
    return Programme(
        places=night.places,
        visits=night.visits_per_team,
        rhythm=rhythm_of(night),
        event_starts_at=event.starts_at,
        event_ends_at=event.ends_at,
        bookings_open_at=night.bookings_open_at,
        bookings_close_at=night.bookings_close_at,
        answers_on=night.answers_on,
        closes_on=localtime(night.bookings_close_at).date(),
        day=localtime(event.starts_at).date(),
        admissions=tuple(Admission(w.name, w.starts_at, w.capacity, w.rounds) for w in waves_of(night)),
        zones=tuple(zone.name for zone in zones),
        walks=walks,
    )


def warnings_about(night: Night) -> list[str]:
    """What will go wrong with the saved ``night``, in words; nothing of it is forbidden."""
    own = [words_of(snag) for snag in snags_of(programme_of(night))]
    return own + [words for provider in hooks.warnings for words in provider(night)]
