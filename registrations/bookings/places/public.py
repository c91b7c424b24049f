"""What the event's public page says of the places: the declared rule, and how they went to the municipalities."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string

from events.municipalities.models import Municipality
from events.nights.models import Night
from events.programme.models import Event
from registrations.allocation.models import Proposal
from registrations.allocation.words import declared_order


@dataclass(frozen=True, slots=True)
class Line:
    """A municipality: pupils applied for, its fair share, places given."""

    name: str
    applied: int
    share: int
    placed: int


def declared_rule(event: Event, request: HttpRequest) -> str:
    """The section of the public page; three queries. Empty where schools do not book, or nothing is planned yet."""
    night = Night.objects.filter(event=event).first() if event.takes_schools else None
    if night is None:
        return ""
    night.event = event
    published = Proposal.objects.for_night(night).published().only("measures", "published_at", "kind").first()
    context = {
        "event": event,
        "night": night,
        "order": declared_order(night.first_aim)[:4],
        "published": published,
        "lines": municipality_lines(published) if published else [],
    }
    return render_to_string("registrations/bookings/places/public_section.html", context, request)


def municipality_lines(published: Proposal) -> list[Line]:
    """How the places went, in Swedish order, those who applied for some; one query."""
    rows = (published.measures or {}).get("proposal", {}).get("municipalities", {})
    return [
        Line(row.name, rows[row.code]["demand"], rows[row.code]["target"], rows[row.code]["placed"])
        for row in Municipality.objects.alphabetical()
        if rows.get(row.code, {}).get("demand")
    ]
