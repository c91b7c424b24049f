"""Who has which stand. One lock, the event's row, for everything that gives or takes one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.mail.services import write_letter
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.orders.queries import standing_order
from registrations.stands.geometry import nearest, whole_square_metres
from registrations.stands.hooks import when_placed
from registrations.stands.layout import box_of, settings_of
from registrations.stands.models import PlacingState, Stand, StandHold, StandPlacing, StandSettings
from registrations.stands.refusals import (
    ChoiceClosed,
    FairOver,
    HoldOver,
    NoPlaceYet,
    NotPlaced,
    StandBlocked,
    StandTaken,
    WrongSize,
)

NEAREST = 5
MOST_OVER = 1.25
"""A company may choose a stand of its package's size up to this many times it; smaller ones it may not be sold."""

PLACED = audit.verb("stand.placed", _("gave the stand"))
FREED = audit.verb("stand.freed", _("took the stand back"))
CHOSEN = audit.verb("stand.chosen", _("chose the stand"))
SWAPPED = audit.verb("stand.swapped", _("swapped the stands"))
TOLD = audit.verb("stands.told", _("told the companies of their stands"))


# --- The organiser --------------------------------------------------------------------------------------------------


@transaction.atomic
def place(*, stand: Stand, exhibitor: Exhibitor, by: User, at: datetime) -> StandPlacing:
    """Give ``exhibitor`` the stand; the one that it had becomes free. Whoever has been told of stands is told of the change.

    Placing where it stands already changes nothing. Raises FairOver, NoPlaceYet, StandBlocked, StandTaken.
    """
    event, stand, exhibitor = _locked(stand, exhibitor, at)
    earlier = _placing_of(exhibitor)
    if earlier is not None and earlier.stand_id == stand.pk:
        return earlier
    _refuse_unless_free(stand, at, held_for=exhibitor)
    placing = _give(stand, exhibitor, earlier, PLACED, by=by, at=at)
    settings = settings_of(event)
    if settings.told_at is not None:
        _tell(placing, earlier.stand.number if earlier else "", at)
    return placing


@transaction.atomic
def free(*, exhibitor: Exhibitor, by: User | None, at: datetime, quietly: bool = False) -> Stand | None:
    """Take ``exhibitor``'s stand back, and what it holds; ``None``: it had no stand.

    The company is told if it knew of the stand, unless ``quietly``: another letter says it. Raises FairOver, but for what
    follows ``quietly`` from another act, which has asked that itself.
    """
    event = Event.objects.locked(exhibitor.event_id)
    if not quietly and not event.takes_decisions(at):
        raise FairOver
    StandHold.objects.filter(exhibitor=exhibitor).delete()
    placing = _placing_of(exhibitor)
    if placing is None:
        return None
    stand = placing.stand
    placing.delete()
    audit.record(stand, FREED, by=by, at=at, changes={"exhibitor": [_name(exhibitor), None]})
    if placing.told_at is not None and not quietly:
        exhibitor.event = event
        _write(exhibitor, "freed", {"earlier": stand.number})
    return stand


@transaction.atomic
def swap(*, one: Exhibitor, other: Exhibitor, by: User, at: datetime) -> None:
    """Each gets the other's stand. Raises FairOver, NotPlaced."""
    event = Event.objects.locked(one.event_id)
    if not event.takes_decisions(at):
        raise FairOver
    placings = [_placing_of(one), _placing_of(other)]
    for exhibitor, placing in zip((one, other), placings, strict=True):
        if placing is None:
            raise NotPlaced(company=exhibitor.organisation)
    first, second = [placing for placing in placings if placing is not None]
    StandPlacing.objects.filter(pk__in=[first.pk, second.pk]).delete()
    for was, goes_to in ((first, second.stand), (second, first.stand)):
        changes = {"exhibitor": [None, _name(was.exhibitor)]}
        audit.record(goes_to, SWAPPED, by=by, at=at, changes=changes)
        new = StandPlacing.objects.create(
            stand=goes_to,
            exhibitor=was.exhibitor,
            state=was.state,
            placed_at=at,
            placed_by=by,
            told_at=was.told_at,
        )
        if was.told_at is not None:
            new.exhibitor.event = event
            _tell(new, was.stand.number, at)


@transaction.atomic
def tell_companies(*, event: Event, by: User, at: datetime) -> int:
    """Write to every company whose stand it does not know of yet; how many. What is changed after it is written at once."""
    event = Event.objects.locked(event.pk)
    if not event.takes_decisions(at):
        raise FairOver
    settings, _made = StandSettings.objects.get_or_create(event=event)
    untold = StandPlacing.objects.filter(stand__event=event, told_at__isnull=True)
    rows = list(untold.select_related("stand__hall", "exhibitor__organisation", "exhibitor__started_by"))
    for placing in rows:
        placing.exhibitor.event = event
        _tell(placing, "", at)
    if settings.told_at is None:
        settings.told_at = at
        settings.save(update_fields=["told_at"])
    if rows:
        audit.record(settings, TOLD, by=by, at=at, changes={"companies": [None, len(rows)]})
    return len(rows)


# --- The company ----------------------------------------------------------------------------------------------------


@transaction.atomic
def hold(*, stand: Stand, exhibitor: Exhibitor, by: User, at: datetime) -> StandHold:
    """Keep a free stand while the company makes up its mind; what it held before it lets go.

    Raises FairOver, NoPlaceYet, ChoiceClosed, WrongSize, StandBlocked, StandTaken (with the nearest that are free).
    """
    event, stand, exhibitor = _locked(stand, exhibitor, at)
    settings = settings_of(event)
    if not settings.choice_is_open(at):
        raise ChoiceClosed
    _refuse_wrong_size(stand, exhibitor)
    _refuse_unless_free(stand, at, held_for=exhibitor)
    _own_holds(exhibitor).exclude(stand=stand).delete()
    until = at + timedelta(minutes=settings.hold_minutes)
    kept = stand.hold_of().filter(exhibitor=exhibitor, until_at__gt=until).first()
    if kept is not None:  # an offer keeps it longer
        return kept
    kept, _made = StandHold.objects.update_or_create(
        stand=stand, defaults={"exhibitor": exhibitor, "until_at": until, "by": by}
    )
    return kept


@transaction.atomic
def choose(*, stand: Stand, exhibitor: Exhibitor, by: User, at: datetime) -> StandPlacing:
    """Take the stand that is held; the one that the company had becomes free. Choosing it again changes nothing.

    Raises FairOver, NoPlaceYet, ChoiceClosed, HoldOver.
    """
    event, stand, exhibitor = _locked(stand, exhibitor, at)
    earlier = _placing_of(exhibitor)
    if earlier is not None and earlier.stand_id == stand.pk:
        return earlier
    if not settings_of(event).choice_is_open(at):
        raise ChoiceClosed
    kept = stand.hold_of().filter(exhibitor=exhibitor).first()
    if kept is None or not kept.holds(at):
        raise HoldOver
    _refuse_unless_free(stand, at, held_for=exhibitor)
    placing = _give(stand, exhibitor, earlier, CHOSEN, by=by, at=at)
    placing.state, placing.told_at = PlacingState.CONFIRMED, at
    placing.save(update_fields=["state", "told_at"])
    return placing


@transaction.atomic
def let_go(*, exhibitor: Exhibitor) -> None:
    """What the company held and does not want is free at once."""
    Event.objects.locked(exhibitor.event_id)
    _own_holds(exhibitor).delete()


def promised_m2(exhibitor: Exhibitor) -> int | None:
    """How large a stand the company's package holds; ``None``: nothing is said."""
    order = standing_order(exhibitor)
    return (order.package.stand_m2 or None) if order and order.package else None


def fits(stand: Stand, promised: int | None) -> bool:
    """Whether a company that was promised so many m² may choose ``stand``."""
    return promised is None or promised <= whole_square_metres(box_of(stand)) <= promised * MOST_OVER


# --- Below ----------------------------------------------------------------------------------------------------------


def _locked(stand: Stand, exhibitor: Exhibitor, at: datetime) -> tuple[Event, Stand, Exhibitor]:
    """All three as they are under the event's lock. Raises FairOver, NoPlaceYet."""
    event = Event.objects.locked(stand.event_id)
    if not event.takes_decisions(at):
        raise FairOver
    stand = Stand.objects.select_related("hall").get(pk=stand.pk)
    exhibitor = Exhibitor.objects.select_related("organisation", "started_by").get(pk=exhibitor.pk, event=event)
    exhibitor.event = event
    if exhibitor.state not in State.holding():
        raise NoPlaceYet(company=exhibitor.organisation)
    return event, stand, exhibitor


def _own_holds(exhibitor: Exhibitor) -> QuerySet[StandHold]:
    """What the company keeps by its own press; what an offer keeps for it stays."""
    offered = exhibitor.stand_offers.filter(ended_at__isnull=True).values("stand")
    return StandHold.objects.filter(exhibitor=exhibitor).exclude(stand__in=offered)


def _placing_of(exhibitor: Exhibitor) -> StandPlacing | None:
    rows = StandPlacing.objects.select_related("stand__hall", "exhibitor__organisation", "exhibitor__started_by")
    return rows.filter(exhibitor=exhibitor).first()


def _refuse_unless_free(stand: Stand, at: datetime, *, held_for: Exhibitor) -> None:
    if stand.blocked_at is not None:
        raise StandBlocked(number=stand.number)
    kept = stand.hold_of().exclude(exhibitor=held_for).first()
    if stand.placing_of().exists() or (kept is not None and kept.holds(at)):
        raise StandTaken(stand.number, _nearest_free(stand, held_for, at))


def _nearest_free(stand: Stand, exhibitor: Exhibitor, at: datetime) -> list[str]:
    """Numbers of the free stands in the same hall that would fit the company, the nearest first."""
    promised = promised_m2(exhibitor)
    rows = Stand.objects.filter(hall=stand.hall_id).exclude(pk=stand.pk).free(at)
    there = {row.number: box_of(row) for row in rows if fits(row, promised)}
    return nearest(box_of(stand), there, NEAREST)


def _refuse_wrong_size(stand: Stand, exhibitor: Exhibitor) -> None:
    promised = promised_m2(exhibitor)
    if not fits(stand, promised):
        raise WrongSize(number=stand.number, size=whole_square_metres(box_of(stand)), promised=promised)


def _give(
    stand: Stand, exhibitor: Exhibitor, earlier: StandPlacing | None, verb: str, *, by: User, at: datetime
) -> StandPlacing:
    if earlier is not None:
        earlier.delete()
        audit.record(earlier.stand, FREED, by=by, at=at, changes={"exhibitor": [_name(exhibitor), None]})
    StandHold.objects.filter(exhibitor=exhibitor).delete()
    stand.hold_of().delete()  # over, or this company's own
    placing = StandPlacing.objects.create(stand=stand, exhibitor=exhibitor, placed_at=at, placed_by=by)
    audit.record(stand, verb, by=by, at=at, changes={"exhibitor": [None, _name(exhibitor)]})
    for follow in when_placed:
        follow(exhibitor, by, at)
    return placing


def _tell(placing: StandPlacing, earlier: str, at: datetime) -> None:
    """The letter about the stand, once it is the company's to know; ``earlier`` the number of the one that it had."""
    placing.told_at = at
    placing.save(update_fields=["told_at"])
    _write(placing.exhibitor, "placed", {"stand": placing.stand, "earlier": earlier})


def _write(exhibitor: Exhibitor, name: str, facts: dict[str, object]) -> None:
    write_letter(
        to=exhibitor.contact_email,
        template=f"registrations/stands/mail/{name}",
        context={"exhibitor": exhibitor, **facts},
        language=exhibitor.started_by.language if exhibitor.started_by else "",
        event=exhibitor.event,
    )


def _name(exhibitor: Exhibitor) -> str:
    return exhibitor.organisation.name
