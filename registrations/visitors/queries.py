"""What the organiser asks of the visitors."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, DateTimeField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _

from events.exports import Column
from events.programme.models import Event
from registrations.checkin.models import Presence
from registrations.visitors.models import Visitor, VisitorState

SORTS: dict[str, Collate | F] = {
    "name": Collate("name", "swedish"),
    "company": Collate("company", "swedish"),
    "registered": F("registered_at"),
    "arrived": F("arrived_at"),
}


@dataclass(frozen=True)
class Filter:
    """What the list shows: words to look for, a state, and the order (a key of SORTS, with a minus: backwards)."""

    words: str = ""
    state: str = ""
    sort: str = "-registered"

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Filter":
        """Reads an address' query; what makes no sense is left aside."""
        state, sort = query.get("state", ""), query.get("sort", "")
        return cls(
            words=query.get("q", "").strip().replace("\0", "")[:100],
            state=state if state in VisitorState.values else "",
            sort=sort if sort.removeprefix("-") in SORTS else cls.sort,
        )


def listed_visitors(event: Event, chosen: Filter) -> QuerySet[Visitor]:
    """The visitors of ``event`` that ``chosen`` lets through, in one query.

    Each has ``arrived_at``: when the door let them in, or ``None``.
    """
    came = Presence.objects.arrived().filter(ticket__visitor=OuterRef("pk"), event=event)
    arrived_at: Subquery = Subquery(came.values("first_at")[:1], output_field=DateTimeField())
    rows = _searched(event, chosen.words).annotate(arrived_at=arrived_at)
    if chosen.state:
        rows = rows.filter(state=chosen.state)
    key = SORTS[chosen.sort.removeprefix("-")]
    way = key.desc(nulls_last=True) if chosen.sort.startswith("-") else key.asc(nulls_last=True)
    return rows.order_by(way, "pk")


def state_counts(event: Event, chosen: Filter) -> list[tuple[str, str, int]]:
    """How many visitors are in each state, as (value, label, count), for the chosen words."""
    counted = dict(_searched(event, chosen.words).order_by().values_list("state").annotate(n=Count("pk")))
    return [(state.value, str(state.label), counted.get(state.value, 0)) for state in VisitorState]


def _searched(event: Event, words: str) -> QuerySet[Visitor]:
    rows = Visitor.objects.filter(event=event)
    for word in words.split()[:5]:
        rows = rows.filter(Q(name__icontains=word) | Q(company__icontains=word) | Q(email__icontains=word))
    return rows


EXPORT = [
    Column(_("Name"), lambda visitor: visitor.name),
    Column(_("Company or organisation"), lambda visitor: visitor.company),
    Column(_("E-mail"), lambda visitor: visitor.email if visitor.has_address else ""),
    Column(_("State"), lambda visitor: visitor.get_state_display()),
    Column(_("Signed up"), lambda visitor: visitor.registered_at),
    Column(_("Cancelled"), lambda visitor: visitor.cancelled_at),
    Column(_("Let in"), lambda visitor: visitor.arrived_at),
]
