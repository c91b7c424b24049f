"""A company says what it wishes of its stand."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.versions import take_version
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.services import EventOver
from registrations.exhibitors.states import State
from registrations.placement.models import Nearness, NeighbourWish, StandWish

WISHED = audit.verb("stand_wish.changed", _("changed the wishes for the stand"))
MOST = 3
"""Whom a company can name to stand beside, and as many not to."""

WISHING = frozenset([State.APPLIED, State.ACCEPTED, State.WAITING])


class HasItsStand(Refusal):
    code = "has_its_stand"
    message = _("You have your stand already: wishes count no more. Write to the organiser if something is wrong.")


class UnknownNeighbour(Refusal):
    code = "unknown_neighbour"
    message = _("One of the companies is not at the event.")


@transaction.atomic
def save_wishes(
    *,
    exhibitor: Exhibitor,
    power_w: int | None,
    corner: bool,
    entrance: bool,
    apart_from_field: bool,
    near: Sequence[int],
    apart: Sequence[int],
    seen: int,
    by: User,
    at: datetime,
) -> StandWish:
    """Store all wishes of ``exhibitor``; ``near`` and ``apart`` are keys of other exhibitors of the event.

    ``seen`` is the version that the form was opened with, 1 where nothing was wished yet. Raises Stale, EventOver,
    HasItsStand, UnknownNeighbour.
    """
    rows = Exhibitor.objects.select_for_update(of=("self",), no_key=True).select_related("event")
    exhibitor = rows.get(pk=exhibitor.pk)
    if exhibitor.event.is_over(at):
        raise EventOver
    if not may_wish(exhibitor):
        raise HasItsStand
    named = {*near, *apart}
    known = Exhibitor.objects.for_event(exhibitor.event).holding_a_place().exclude(pk=exhibitor.pk)
    if len(named) != len(near) + len(apart) or known.filter(pk__in=named).count() != len(named):
        raise UnknownNeighbour
    wish, _new = StandWish.objects.get_or_create(exhibitor=exhibitor)
    take_version(wish, seen)
    before = neighbours_of(exhibitor)
    after = {Nearness.NEAR: list(near), Nearness.APART: list(apart)}
    with audit.change(wish, WISHED, by=by, at=at, **{kind.value: [before[kind], after[kind]] for kind in Nearness}):
        wish.power_w = power_w
        wish.corner, wish.entrance, wish.apart_from_field = corner, entrance, apart_from_field
        wish.save()
    NeighbourWish.objects.filter(exhibitor=exhibitor).delete()
    NeighbourWish.objects.bulk_create(
        NeighbourWish(exhibitor=exhibitor, other_id=pk, kind=kind) for kind in Nearness for pk in after[kind]
    )
    return wish


def may_wish(exhibitor: Exhibitor) -> bool:
    """Whether its wishes can still count: it is among those who may come and does not know its stand yet."""
    placing = getattr(exhibitor, "placing", None)
    return exhibitor.state in WISHING and not (placing and placing.told_at)


def neighbours_of(exhibitor: Exhibitor) -> dict[Nearness, list[int]]:
    """Whom it has named, by kind, in its order."""
    rows = list(exhibitor.neighbour_wishes.values_list("kind", "other"))
    return {kind: [pk for named, pk in rows if named == kind] for kind in Nearness}
