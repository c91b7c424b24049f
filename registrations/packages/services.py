"""The price list: made, changed, retired, put in order. What has been sold keeps its price and its texts."""

from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.programme.models import Event
from events.versions import take_version
from registrations.packages.models import AddOn, Discount, Package

MADE = audit.verb("sale.made", _("put up for sale"))
CHANGED = audit.verb("sale.changed", _("changed what is for sale"))
RETIRED = audit.verb("sale.retired", _("took out of sale"))
RETURNED = audit.verb("sale.returned", _("took into sale again"))

Thing = TypeVar("Thing", Package, AddOn, Discount)
Ordered = TypeVar("Ordered", Package, AddOn)


@transaction.atomic
def put_up(*, event: Event, model: type[Thing], by: User, at: datetime, **fields: Any) -> Thing:
    """Something new for sale, last in its list; ``packages`` are those that a discount is for."""
    chosen = fields.pop("packages", None)
    if model is not Discount:
        fields["position"] = model._default_manager.filter(event=event).count() + 1
    thing = model(event=event, **fields)
    thing.save()
    if chosen is not None and isinstance(thing, Discount):
        thing.packages.set(chosen)
    audit.created(thing, MADE, by=by, at=at)
    return thing


@transaction.atomic
def change(*, thing: Thing, seen: int, by: User, at: datetime, **fields: Any) -> Thing:
    """What is sold from now on; ``seen`` is the version the form was opened with. Raises Stale."""
    thing = _locked(thing)
    take_version(thing, seen)
    chosen = fields.pop("packages", None)
    also: dict[str, Any] = {}
    if chosen is not None and isinstance(thing, Discount):
        also["packages"] = [sorted(thing.packages.values_list("pk", flat=True)), sorted(one.pk for one in chosen)]
    with audit.change(thing, CHANGED, by=by, at=at, **also):
        for name, value in fields.items():
            setattr(thing, name, value)
        thing.save()
        if chosen is not None and isinstance(thing, Discount):
            thing.packages.set(chosen)
    return thing


@transaction.atomic
def retire(*, thing: Thing, back: bool, by: User, at: datetime) -> Thing:
    """Sell it no longer, or (``back``) again. Who has ordered it keeps it.

    Raises ValidationError where another has taken its place meanwhile: a partner has one discount.
    """
    thing = _locked(thing)
    with audit.change(thing, RETURNED if back else RETIRED, by=by, at=at):
        thing.retired_at = None if back else thing.retired_at or at
        if back:
            thing.validate_constraints()
        thing.save()
    return thing


@transaction.atomic
def move(*, thing: Ordered, up: bool) -> None:
    """One step up or down in its list; at the end it stays."""
    rows = list(type(thing)._default_manager.select_for_update().filter(event=thing.event_id))
    place = next(at for at, row in enumerate(rows) if row.pk == thing.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows, start=1):
        row.position = position
    type(thing)._default_manager.bulk_update(rows, ["position"])


def _locked(thing: Thing) -> Thing:
    return type(thing)._default_manager.select_for_update(of=("self",), no_key=True).get(pk=thing.pk)
