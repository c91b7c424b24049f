"""What companies are told of their stands, one letter each; and the organiser, of a stand that comes back."""

from collections.abc import Iterable
from typing import Any

from events.mail.services import write_letter
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.placement.instances import exhibitor_id
from registrations.placement.models import StandOffer
from registrations.placement.queries import line_of
from registrations.placement.words import BY_HAND, reason_in_words
from registrations.stands.models import StandPlacing

MAIL = "registrations/placement/mail"


def tell_placed(*, event: Event, exhibitors: Iterable[int]) -> int:
    """A letter to each of ``exhibitors`` about the stand that it has; how many letters."""
    rows = StandPlacing.objects.filter(exhibitor__in=list(exhibitors)).order_by("exhibitor")
    placings = list(rows.select_related("stand__hall", "exhibitor__organisation", "exhibitor__started_by"))
    for placing in placings:
        _write("placed", placing.exhibitor, event, {"placing": placing, "stand": placing.stand})
    return len(placings)


def tell_waiting(*, event: Event, exhibitors: Iterable[int], solution: dict[str, Any]) -> int:
    """A letter to each of ``exhibitors``, which have no stand: why, and their place in the line; how many letters.

    That somebody was taken off a stand by hand is no reason to tell: the company has never heard of that stand.
    """
    places = {row.pk: place for place, row in enumerate(line_of(event), start=1)}
    rows = Exhibitor.objects.filter(pk__in=list(exhibitors)).select_related("organisation", "started_by").order_by("pk")
    reasons = solution.get("reasons", {})
    for row in rows:
        reason = reasons.get(exhibitor_id(row.pk))
        reason = None if reason and reason["code"] == BY_HAND else reason
        context = {"place": places.get(row.pk), "reason": lambda reason=reason: reason_in_words(reason)}
        _write("waits", row, event, context)
    return len(rows)


def tell_of_offer(offer: StandOffer) -> None:
    """The stand that it may have, and until when."""
    _write("offer", offer.exhibitor, offer.exhibitor.event, {"offer": offer, "stand": offer.stand})


def tell_declined(offer: StandOffer, event: Event) -> None:
    """To the organiser: whose no it was, and that the stand is free."""
    write_letter(
        to=event.contact_email,
        template=f"{MAIL}/declined",
        context={"exhibitor": offer.exhibitor, "stand": offer.stand},
        event=event,
    )


def _write(name: str, exhibitor: Exhibitor, event: Event, context: dict[str, Any]) -> None:
    write_letter(
        to=exhibitor.contact_email,
        template=f"{MAIL}/{name}",
        context={"exhibitor": exhibitor, **context},
        language=exhibitor.started_by.language if exhibitor.started_by else "",
        event=event,
    )
