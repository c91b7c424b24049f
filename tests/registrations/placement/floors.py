"""A small fair for the tests of the stands: four stands in a row, companies that want them, and solutions by hand."""

from typing import Any

from django.utils import timezone

from events.programme.models import Event
from registrations.allocation.models import ProposalState
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.orders.models import Order
from registrations.orders.states import OrderState
from registrations.packages.models import Package
from registrations.placement.instances import Json, build_instance, exhibitor_id, stand_id
from registrations.placement.loading import load_ground
from registrations.placement.measures import Measured, picture
from registrations.placement.models import StandProposal
from registrations.stands.models import Stand
from tests import factories
from tests.stand_factories import HallFactory, StandFactory


def a_fair(**values: Any) -> Event:
    return factories.EventFactory(**values)


def four_stands(event: Event) -> list[Stand]:
    """A1–A4 of 3 × 3 m side by side along the far wall: A1 and A4 are corners, A2 and A3 nearest to the entrance."""
    hall = HallFactory(event=event, name="Hallen", width_cm=1200, depth_cm=1000)
    return [
        StandFactory(hall=hall, number=f"A{n + 1}", x_cm=300 * n, y_cm=0, row=1, col=n + 1, power_w=power)
        for n, power in enumerate((0, 500, 500, 2000))
    ]


def an_exhibitor(event: Event, name: str, *, package: Package | None = None, **values: Any) -> Exhibitor:
    """Accepted, with a confirmed order of ``package`` if there is one."""
    exhibitor = factories.ExhibitorFactory(
        event=event,
        organisation__name=name,
        contact_email=f"{name.split()[0].lower()}@foretag.example",
        **{"state": State.ACCEPTED, "decided_at": factories.NOW, **values},
    )
    if package is not None:
        Order.objects.create(
            event=event,
            exhibitor=exhibitor,
            package=package,
            state=OrderState.CONFIRMED,
            priced_at=factories.NOW,
            confirmed_at=factories.NOW,
        )
    return exhibitor


def solution_of(instance: Json, at: dict[str, str]) -> Json:
    """``at`` as a solver would have answered it, nothing proven."""
    names = (
        ("placed_by_priority", "max"),
        ("competitor_conflicts", "min"),
        ("position_value_by_package", "max"),
        ("near_wishes_met", "max"),
        ("same_municipality_pairs", "max"),
    )
    values = Measured(instance, at).level_values()
    return {
        "format": "alloc.solution/1",
        "status": "feasible",
        "objective": [
            {"name": name, "sense": sense, "value": value, "bound": value, "proven": True}
            for (name, sense), value in zip(names, values, strict=True)
        ],
        "assignments": [{"exhibitor": one, "stand": stand} for one, stand in sorted(at.items())],
        "reasons": {
            row["id"]: {"code": "stands_taken", "text": "", "numbers": {"fitting": 1}}
            for row in instance["exhibitors"]
            if row["id"] not in at
        },
        "seconds": 0.1,
        "seed": 1,
    }


def ready_proposal(event: Event, placed: dict[Exhibitor, Stand], **values: Any) -> StandProposal:
    """A proposal on everything as it is, that gives ``placed`` beside what is given."""
    now = values.setdefault("asked_at", timezone.now())
    instance, fixed = build_instance(load_ground(event, now))
    at = fixed | {exhibitor_id(one.pk): stand_id(stand.pk) for one, stand in placed.items()}
    last = StandProposal.objects.for_event(event).first()
    return StandProposal.objects.create(
        event=event,
        number=values.pop("number", last.number + 1 if last else 1),
        instance=instance,
        fixed=fixed,
        solution=solution_of(instance, at),
        measures=picture(instance, at),
        state=ProposalState.DONE,
        finished_at=now,
        **values,
    )
