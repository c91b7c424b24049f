"""After cancellations, or when there is more room: from the rows to ``alloc.realloc/1``, and a proposal on it.

``base`` is the evening as it is now, with what has fallen away still in it; ``announced`` is what schools and hosts were
told, as the rows have it; ``events`` say what has fallen away. New room is simply in the base.
"""

from collections import Counter, defaultdict
from copy import deepcopy
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access.models import User
from events.errors import Refusal
from events.nights.models import Night
from events.programme.models import Event
from registrations.allocation.hand import check_locks, locks_of
from registrations.allocation.instances import build_instance, group_id, pk_of, station_as_json, station_id, wave_id
from registrations.allocation.models import Proposal, ProposalKind, Visit
from registrations.allocation.pictures import effective, waves_of
from registrations.allocation.running import enqueue_proposal
from registrations.bookings.models import SchoolClass
from registrations.stations.models import Station

FORMAT = "alloc.realloc/1"
Json = dict[str, Any]


class NothingPublished(Refusal):
    code = "nothing_published"
    message = _("No places are published yet: make a first proposal.")


@transaction.atomic
def ask_for_reallocation(*, night: Night, seconds: int, seed: int, note: str, by: User, at: datetime) -> Proposal:
    """A proposal that keeps what people were told as far as it can, made in the background.

    Raises NothingPublished, OneAtATime, CountsMissing and what ``check_locks`` raises.
    """
    Event.objects.locked(night.event_id)
    instance = build_reallocation(night)
    locks = locks_of(night)
    check_locks(effective(instance), locks)
    return enqueue_proposal(
        night=night,
        kind=ProposalKind.REALLOCATION,
        instance=instance,
        locks=locks,
        seconds=seconds,
        seed=seed,
        note=note,
        by=by,
        at=at,
    )


def build_reallocation(night: Night) -> Json:
    """The instance, in a constant number of queries. Raises NothingPublished, CountsMissing."""
    published = Proposal.objects.for_night(night).published().only("instance", "solution").first()
    if published is None or published.solution is None:
        raise NothingPublished
    base = build_instance(night)
    announced = announced_now(night)
    events = [
        *_cancelled_groups(base, announced, published),
        *_cancelled_stations(base, announced),
        *_closed_rounds(base, announced),
        *_cut_waves(base, announced),
    ]
    teams = {team["id"] for group in base["groups"] for team in group["teams"]}
    stations = {row["id"] for row in base["stations"]}
    announced["visits"] = [row for row in announced["visits"] if row["team"] in teams and row["station"] in stations]
    return {"format": FORMAT, "base": base, "announced": announced, "events": events}


def announced_now(night: Night) -> Json:
    """The places and visits that people know of, as a solution; two queries."""
    held = SchoolClass.objects.for_night(night).holding().select_related("wave").order_by("pk")
    visits = Visit.objects.filter(team__school_class__in=SchoolClass.objects.for_night(night).holding())
    rows = visits.values_list("team__school_class", "team__number", "station", "round")
    return {
        "format": "alloc.solution/1",
        "status": "feasible",
        "objective": [],
        "assignments": [{"group": group_id(row), "wave": wave_id(row.wave)} for row in held if row.wave],
        "visits": [
            {"team": f"c{pk}-{number}", "station": f"s{station}", "round": first}
            for pk, number, station, first in rows.order_by("team__school_class", "team__number", "round")
        ],
        "reasons": {},
        "seconds": 0,
        "seed": 1,
    }


def _cancelled_groups(base: Json, announced: Json, published: Proposal) -> list[Json]:
    """Classes that were published a place and no longer want one, put back into what was announced."""
    assert published.solution is not None
    then = effective(published.instance)
    there = {row["id"] for row in base["groups"]}
    stations, waves = {row["id"] for row in base["stations"]}, {row["id"] for row in base["waves"]}
    schools, known = {row["id"]: row for row in then["schools"]}, {row["id"] for row in base["schools"]}
    wave_of = waves_of(published.solution)
    gone = [row for row in then["groups"] if row["id"] in wave_of and row["id"] not in there]
    gone = [row for row in gone if wave_of[row["id"]] in waves]
    for row in gone:
        group = deepcopy(row)
        group["waves"] = [wave for wave in group["waves"] if wave in waves]
        tiers = [[one for one in tier if one in stations] for tier in group["preferences"]]
        group["preferences"] = [tier for tier in tiers if tier]
        base["groups"].append(group)
        if group["school"] not in known:
            base["schools"].append(schools[group["school"]])
            known.add(group["school"])
        announced["assignments"].append({"group": row["id"], "wave": wave_of[row["id"]]})
    teams = {team["id"] for row in gone for team in row["teams"]}
    announced["visits"] += [
        {name: row[name] for name in ("team", "station", "round")}
        for row in published.solution.get("visits", [])
        if row["team"] in teams
    ]
    return [{"type": "cancel_group", "group": row["id"]} for row in gone]


def _cancelled_stations(base: Json, announced: Json) -> list[Json]:
    """Stations that somebody was sent to and that receive nobody any more, put back into the base."""
    there = {row["id"] for row in base["stations"]}
    used = {row["station"] for row in announced["visits"]} - there
    rows = Station.objects.filter(pk__in=[pk_of(ident) for ident in used]).select_related("host__organisation", "field")
    zones = set(base["walk_minutes"])
    gone = [row for row in rows.prefetch_related("closed_rounds").order_by("pk") if f"z{row.zone_id}" in zones]
    base["stations"] += [station_as_json(row) for row in gone]
    return [{"type": "cancel_station", "station": station_id(row)} for row in gone]


def _closed_rounds(base: Json, announced: Json) -> list[Json]:
    """Rounds that were closed on somebody: open in the base, and closed by an event."""
    wave_of = {row["group"]: row["wave"] for row in announced["assignments"]}
    visited: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
    durations = {row["id"]: row["duration"] for row in base["stations"]}
    for row in announced["visits"]:
        wave = wave_of.get(row["team"].rsplit("-", 1)[0])
        for number in range(row["round"], row["round"] + durations.get(row["station"], 1)):
            visited[row["station"]].add((str(wave), number))
    events = []
    for station in base["stations"]:
        fallen = [pair for pair in station["closed"] if tuple(pair) in visited[station["id"]]]
        station["closed"] = [pair for pair in station["closed"] if pair not in fallen]
        events += [
            {"type": "close_round", "station": station["id"], "wave": wave, "round": number} for wave, number in fallen
        ]
    return events


def _cut_waves(base: Json, announced: Json) -> list[Json]:
    """Admissions that take fewer than were told to come in: as large as those in the base, and cut by an event."""
    size = {row["id"]: row["size"] for row in base["groups"]}
    load: Counter[str] = Counter()
    for row in announced["assignments"]:
        load[row["wave"]] += size.get(row["group"], 0)
    events = []
    for wave in base["waves"]:
        less = load[wave["id"]] - wave["capacity"]
        if less > 0:
            wave["capacity"] += less
            events.append({"type": "cut_wave", "wave": wave["id"], "capacity_less": less})
    return events
