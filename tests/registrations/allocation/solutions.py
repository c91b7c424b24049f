"""Solutions made by hand, so that pages and services are tried without a solver."""

from typing import Any

from django.utils import timezone

from events.nights.models import Night
from registrations.allocation.instances import build_instance
from registrations.allocation.models import Proposal, ProposalKind, ProposalState
from registrations.allocation.pictures import effective, picture
from tests.night_factories import ProposalFactory

Json = dict[str, Any]


def solution_of(instance: Json, placed: dict[str, str]) -> Json:
    """``placed`` groups in their waves; each team at the first stations, one a round."""
    stations = [row["id"] for row in instance["stations"]][: instance["rules"]["visits_per_team"]]
    teams = {row["id"]: row["teams"] for row in instance["groups"]}
    size = {row["id"]: row["size"] for row in instance["groups"]}
    pupils = sum(size[group] for group in placed)
    return {
        "format": "alloc.solution/1",
        "status": "feasible",
        "objective": [
            {"name": "schools_with_place", "sense": "max", "value": 1, "bound": 1, "proven": True},
            {"name": "municipal_fulfilment_sorted", "sense": "max", "value": [500], "bound": [800], "proven": False},
            {"name": "pupils_placed", "sense": "max", "value": pupils, "bound": pupils + 5, "proven": False},
        ],
        "assignments": [{"group": group, "wave": wave} for group, wave in sorted(placed.items())],
        "visits": [
            {"team": team["id"], "station": station, "round": number}
            for group in sorted(placed)
            for team in teams[group]
            for number, station in enumerate(stations, start=1)
        ],
        "reasons": {
            group: {"code": "municipality_share_full", "text": "", "numbers": {}}
            for group in sorted(teams.keys() - placed.keys())
        },
        "seconds": 0.1,
        "seed": 1,
    }


def measures_of(instance: Json, solution: Json) -> Json:
    return {"proposal": picture(instance, solution), "first_come": picture(instance, solution)}


def ready_proposal(night: Night, placed: dict[str, str], **values: Any) -> Proposal:
    """A proposal on the bookings as they are, ready to be published."""
    instance = values.pop("instance", None) or build_instance(night)
    schools = effective(instance)
    solution = values.pop("solution", None) or solution_of(schools, placed)
    now = values.setdefault("asked_at", timezone.now())
    return ProposalFactory(
        night=night,
        instance=instance,
        solution=solution,
        baselines={"first_come": solution},
        measures=measures_of(schools, solution),
        kind=values.pop("kind", ProposalKind.FIRST),
        state=ProposalState.DONE,
        finished_at=now,
        **values,
    )
