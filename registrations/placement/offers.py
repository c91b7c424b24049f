"""What follows publishing: a company says yes or no to its stand, and a stand that becomes free is offered to the next.

The line are accepted exhibitors without a stand, in the order in which they were accepted. Nothing is offered before
the organiser says so; an offer that nobody answers is over by itself.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.placement.letters import tell_declined, tell_of_offer
from registrations.placement.models import OfferEnd, StandOffer
from registrations.placement.queries import first_in_line, free_stands
from registrations.placement.running import TooLateForStands
from registrations.stands import placing
from registrations.stands.models import PlacingState, Stand, StandHold, StandPlacing

OFFERED = audit.verb("stand.offered", _("offered the company a stand"))
CONFIRMED = audit.verb("stand.confirmed", _("confirmed the stand"))
DECLINED = audit.verb("stand.declined", _("said no to the stand"))
ANSWERED = audit.verb("stand.answered", _("answered the offer of a stand"))
ENDED = audit.verb("stand.offer_ended", _("The offer of a stand ended"))


class StandNotFree(Refusal):
    code = "stand_not_free"
    message = _("The stand is not free any more.")


class NotNextInLine(Refusal):
    code = "not_next_in_line"
    message = _("Another exhibitor is next for that stand now. Look at the list again.")


class UntilWrong(Refusal):
    code = "until_wrong"
    message = _("The offer must end in the future, and before the event begins.")


class OfferOver(Refusal):
    code = "offer_over"
    message = _("The offer has ended. If a stand that suits you becomes free, the organiser writes again.")


class NoStandOffered(Refusal):
    code = "no_stand_offered"
    message = _("No stand waits for your answer.")


class AnotherStand(Refusal):
    code = "another_stand"
    message = _("You have another stand by now. Look at it before you answer.")


class StandConfirmed(Refusal):
    code = "stand_confirmed"
    message = _("You have said yes to stand %(number)s. Write to %(email)s if you can not keep it.")


@transaction.atomic
def confirm_stand(*, exhibitor: Exhibitor, stand: Stand, by: User, at: datetime) -> StandPlacing:
    """The company says yes to the stand that it was told of. A second click changes nothing.

    ``stand`` is the one that the company saw. Raises NoStandOffered, AnotherStand, TooLateForStands.
    """
    event = Event.objects.locked(exhibitor.event_id)
    given = StandPlacing.objects.select_related("stand").filter(exhibitor=exhibitor, told_at__isnull=False).first()
    if given is None:
        raise NoStandOffered
    if given.stand_id != stand.pk:
        raise AnotherStand
    if given.state == PlacingState.CONFIRMED:
        return given
    if not event.takes_decisions(at):
        raise TooLateForStands
    with audit.change(given, CONFIRMED, by=by, at=at):
        given.state = PlacingState.CONFIRMED
        given.save(update_fields=["state"])
    return given


@transaction.atomic
def decline_stand(*, exhibitor: Exhibitor, stand: Stand, by: User, at: datetime) -> StandOffer:
    """The company says no to the stand that it was told of; the organiser is written to. A second click changes nothing.

    ``stand`` is the one that the company saw. It is free at once; the company keeps its place and its turn in the line.
    What is left is an offer that was declined, until the event's end because it had no last day: nobody is offered the
    same stand twice. Raises NoStandOffered, AnotherStand, TooLateForStands, StandConfirmed.
    """
    event = Event.objects.locked(exhibitor.event_id)
    said = StandOffer.objects.filter(exhibitor=exhibitor, stand=stand, end=OfferEnd.DECLINED).first()
    if said is not None and not StandPlacing.objects.filter(exhibitor=exhibitor).exists():
        return said
    given = refuse_unless_declinable(event, exhibitor, stand, at)
    given.delete()
    declined = StandOffer.objects.create(
        stand=given.stand,
        exhibitor=exhibitor,
        offered_at=given.told_at or at,
        offered_by=given.placed_by,
        until_at=event.ends_at,
        ended_at=at,
        end=OfferEnd.DECLINED,
    )
    audit.record(given.stand, DECLINED, by=by, at=at, changes={"exhibitor": [exhibitor.organisation.name, None]})
    tell_declined(declined, event)
    return declined


def refuse_unless_declinable(event: Event, exhibitor: Exhibitor, stand: Stand, at: datetime) -> StandPlacing:
    """Raises what stands against a no to ``stand``; gives the placing that the no would end."""
    given = (
        StandPlacing.objects.select_related("stand__hall").filter(exhibitor=exhibitor, told_at__isnull=False).first()
    )
    if given is None:
        raise NoStandOffered
    if given.stand_id != stand.pk:
        raise AnotherStand
    if not event.takes_decisions(at):
        raise TooLateForStands
    if given.state == PlacingState.CONFIRMED:
        raise StandConfirmed(number=given.stand.number, email=event.contact_email)
    return given


@transaction.atomic
def offer_stand(*, stand: Stand, exhibitor: Exhibitor, until_at: datetime, by: User, at: datetime) -> StandOffer:
    """Offer a free stand to the next in line that it fits, until aware time ``until_at``; a letter goes out.

    ``exhibitor`` is whom the organiser saw as next; an offer that it has already is given back. The stand is held
    meanwhile. Raises StandNotFree, NotNextInLine, UntilWrong, TooLateForStands.
    """
    event = Event.objects.locked(stand.event_id)
    if not event.takes_decisions(at):
        raise TooLateForStands
    if not at < until_at < event.starts_at:
        raise UntilWrong
    _end(StandOffer.objects.for_event(event).lapsed(at), OfferEnd.LAPSED, at)
    again = StandOffer.objects.open(at).filter(stand=stand, exhibitor=exhibitor).first()
    if again is not None:
        return again
    if not free_stands(event, at).filter(pk=stand.pk).exists():
        raise StandNotFree
    first = first_in_line(event, stand, at)
    if first is None or first.pk != exhibitor.pk:
        raise NotNextInLine
    offer = StandOffer.objects.create(stand=stand, exhibitor=first, offered_at=at, offered_by=by, until_at=until_at)
    StandHold.objects.update_or_create(stand=stand, defaults={"exhibitor": first, "until_at": until_at, "by": by})
    audit.created(offer, OFFERED, by=by, at=at)
    tell_of_offer(offer)
    return offer


@transaction.atomic
def answer_offer(*, exhibitor: Exhibitor, stand: Stand, takes_it: bool, by: User, at: datetime) -> StandOffer:
    """The company's yes or no to the offer that it has; of a no the organiser is told.

    ``stand`` is the one that the company saw. Raises OfferOver, AnotherStand, StandNotFree, TooLateForStands.
    """
    event = Event.objects.locked(exhibitor.event_id)
    if not event.takes_decisions(at):
        raise TooLateForStands
    offer = StandOffer.objects.open(at).filter(exhibitor=exhibitor).select_related("stand__hall").first()
    if offer is None:
        raise OfferOver
    if offer.stand_id != stand.pk:
        raise AnotherStand
    if takes_it:
        _take(offer, by, at)
    with audit.change(offer, ANSWERED, by=by, at=at):
        offer.ended_at, offer.end = at, OfferEnd.ACCEPTED if takes_it else OfferEnd.DECLINED
        offer.save(update_fields=["ended_at", "end"])
    StandHold.objects.filter(stand=offer.stand, exhibitor=exhibitor).delete()
    if not takes_it:
        tell_declined(offer, event)
    return offer


def free_stand(exhibitor: Exhibitor, by: User | None, at: datetime) -> None:
    """Its stand and its offer, if it has one, are free again. Runs under the event's lock, which the caller holds."""
    placing.free(exhibitor=exhibitor, by=by, at=at, quietly=True)
    drop_offers(exhibitor, by, at)


def drop_offers(exhibitor: Exhibitor, by: User | None, at: datetime) -> None:
    """For ``stands.hooks.when_placed`` too: whoever has a stand, or no place, needs no offer."""
    _end(StandOffer.objects.filter(exhibitor=exhibitor, ended_at__isnull=True), OfferEnd.DROPPED, at)


def when_decided(exhibitor: Exhibitor, by: User, at: datetime) -> None:
    """Whoever is no longer accepted has no stand."""
    if exhibitor.state not in State.holding():
        free_stand(exhibitor, by, at)


def _take(offer: StandOffer, by: User, at: datetime) -> None:
    stand = Stand.objects.get(pk=offer.stand_id)
    taken = StandPlacing.objects.filter(stand=stand).exists()
    if taken or stand.blocked_at or StandPlacing.objects.filter(exhibitor=offer.exhibitor_id).exists():
        raise StandNotFree
    given = StandPlacing.objects.create(
        stand=stand,
        exhibitor_id=offer.exhibitor_id,
        state=PlacingState.CONFIRMED,
        placed_at=at,
        placed_by=by,
        told_at=offer.offered_at,
    )
    audit.created(given, CONFIRMED, by=by, at=at)


def _end(offers: Iterable[StandOffer], end: OfferEnd, at: datetime) -> None:
    for offer in offers:
        with audit.change(offer, ENDED, by=None, at=at):
            offer.ended_at, offer.end = at, end
            offer.save(update_fields=["ended_at", "end"])
        StandHold.objects.filter(stand=offer.stand_id, exhibitor=offer.exhibitor_id).delete()
