"""Loads what a proposal is worked out from, in a constant number of queries."""

from collections import defaultdict
from datetime import datetime

from django.db.models import F, Sum

from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.orders.models import Order, OrderAddOn
from registrations.packages.models import Package
from registrations.placement.instances import NO_PACKAGE, ExhibitorRow, Ground, HallRow, StandRow
from registrations.placement.models import Nearness, NeighbourWish, StandOffer, StandWish
from registrations.stands.geometry import Box
from registrations.stands.models import Hall, Stand, StandHold, StandPlacing


def gives_out_stands(event: Event) -> bool:
    """Whether it has a floor with stands to give."""
    return Stand.objects.for_event(event).exists()


def load_ground(event: Event, at: datetime) -> Ground:
    """The floor, the accepted exhibitors and their wishes as they are at aware time ``at``. Eleven queries."""
    unanswered = StandOffer.objects.for_event(event).open(at).filter(exhibitor__placing__isnull=True)
    offers = dict(unanswered.values_list("stand", "exhibitor"))
    return Ground(_halls(event), _stands(event, offers, at), _exhibitors(event), frozenset(offers.values()))


def package_of(exhibitor: Exhibitor) -> Package | None:
    """The package that it has or has asked for."""
    order = Order.objects.filter(exhibitor=exhibitor).standing().select_related("package").first()
    return order.package if order else None


def packages_of(event: Event) -> dict[int, Package]:
    """The package of each exhibitor that has one, by the exhibitor's key."""
    rows = Order.objects.for_event(event).standing().filter(package__isnull=False).select_related("package")
    return {row.exhibitor_id: row.package for row in rows if row.package}


def extra_power_of(event: Event) -> dict[int, int]:
    """What the extras of each exhibitor's order add, in W, by the exhibitor's key; those that add nothing are left out."""
    rows = OrderAddOn.objects.filter(order__in=Order.objects.for_event(event).standing(), addon__power_w__gt=0)
    added = rows.values_list("order__exhibitor").annotate(watts=Sum(F("quantity") * F("addon__power_w")))
    return dict(added.order_by())


def power_of(package: Package | None, extra_w: int, wish: StandWish | None) -> int:
    """What its package and extras give, or what it has asked for beyond that."""
    return max((package.power_w if package else 0) + extra_w, (wish.power_w if wish else 0) or 0)


def _halls(event: Event) -> tuple[HallRow, ...]:
    rows = Hall.objects.filter(event=event).order_by("position", "pk")
    return tuple(HallRow(row.pk, row.width_cm, row.depth_cm, row.entrance) for row in rows)


def _stands(event: Event, offers: dict[int, int], at: datetime) -> tuple[StandRow, ...]:
    placed = dict(StandPlacing.objects.filter(stand__event=event).values_list("stand", "exhibitor"))
    held = offers | dict(
        StandHold.objects.filter(stand__event=event, until_at__gt=at).values_list("stand", "exhibitor")
    )
    return tuple(
        StandRow(
            pk=row.pk,
            hall=row.hall_id,
            number=row.number,
            box=Box(row.x_cm, row.y_cm, row.width_cm, row.depth_cm),
            row=row.row,
            col=row.col,
            power_w=row.power_w,
            value=row.value,
            is_blocked=row.blocked_at is not None,
            taken_by=placed.get(row.pk),
            held_by=held.get(row.pk),
        )
        for row in Stand.objects.for_event(event).in_order()
    )


def _exhibitors(event: Event) -> tuple[ExhibitorRow, ...]:
    packages, extra_power = packages_of(event), extra_power_of(event)
    wishes = {row.exhibitor_id: row for row in StandWish.objects.filter(exhibitor__event=event)}
    others: dict[str, defaultdict[int, list[int]]] = {kind: defaultdict(list) for kind in Nearness.values}
    for who, other, kind in NeighbourWish.objects.filter(exhibitor__event=event).values_list(
        "exhibitor", "other", "kind"
    ):
        others[kind][who].append(other)
    refused: defaultdict[int, list[int]] = defaultdict(list)
    for who, stand in StandOffer.objects.for_event(event).declined().values_list("exhibitor", "stand").order_by("pk"):
        refused[who].append(stand)
    rows = Exhibitor.objects.for_event(event).holding_a_place().select_related("organisation").order_by("pk")
    found = []
    for row in rows:
        package, wish = packages.get(row.pk), wishes.get(row.pk)
        found.append(
            ExhibitorRow(
                pk=row.pk,
                municipality=row.organisation.municipality_id or "",
                field=" ".join(row.field.casefold().split()),
                rank=package.rank if package else NO_PACKAGE,
                applied_at=row.applied_at,
                min_size=package.stand_m2 if package else 0,
                power_w=power_of(package, extra_power.get(row.pk, 0), wish),
                corner=bool(wish and wish.corner),
                entrance=bool(wish and wish.entrance),
                apart_from_field=bool(wish and wish.apart_from_field),
                near=tuple(others[Nearness.NEAR][row.pk]),
                apart=tuple(others[Nearness.APART][row.pk]),
                refused=tuple(dict.fromkeys(refused[row.pk])),
            )
        )
    return tuple(found)
