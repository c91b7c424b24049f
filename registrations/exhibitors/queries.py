"""What the organiser asks of the applications."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _

from events.exports import Column
from events.municipalities.models import Municipality
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State

SORTS: dict[str, list[str | Collate]] = {
    "name": [Collate("organisation__name", "swedish")],
    "municipality": [Collate("organisation__municipality__name", "swedish")],
    "state": ["state"],
    "applied": ["applied_at"],
}
ELSEWHERE = "none"
MUNICIPALITY_CODE = re.compile(r"[0-9]{4}")


@dataclass(frozen=True)
class Filter:
    """What the list shows: words to look for, a state, a municipality's code (or ELSEWHERE), and the order."""

    words: str = ""
    state: str = ""
    municipality: str = ""
    sort: str = "-applied"

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Filter":
        """Reads an address' query; what makes no sense is left aside."""
        state, sort = query.get("state", ""), query.get("sort", "")
        place = query.get("municipality", "")
        return cls(
            words=query.get("q", "").strip().replace("\0", "")[:100],
            state=state if state in State.values else "",
            municipality=place if place == ELSEWHERE or MUNICIPALITY_CODE.fullmatch(place) else "",
            sort=sort if sort.removeprefix("-") in SORTS else cls.sort,
        )


def applications(event: Event, chosen: Filter) -> QuerySet[Exhibitor]:
    """The sent applications to ``event`` that ``chosen`` lets through, ready for a table in one query."""
    rows = _searched(event, chosen.words)
    if chosen.state:
        rows = rows.filter(state=chosen.state)
    if chosen.municipality:
        rows = rows.filter(_in_municipality(chosen.municipality))
    rows = rows.select_related("organisation__municipality")
    order = SORTS[chosen.sort.removeprefix("-")]
    if chosen.sort.startswith("-"):
        return rows.order_by(*[key.desc() if isinstance(key, Collate) else f"-{key}" for key in order], "-pk")
    return rows.order_by(*order, "pk")


def state_counts(event: Event, chosen: Filter) -> list[tuple[str, str, int]]:
    """How many applications are in each state, as (value, label, count), for the chosen words and municipality."""
    rows = _searched(event, chosen.words)
    if chosen.municipality:
        rows = rows.filter(_in_municipality(chosen.municipality))
    counted = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return [(state.value, str(state.label), counted.get(state.value, 0)) for state in State if state != State.DRAFT]


def municipality_counts(event: Event, chosen: Filter) -> list[tuple[str, str, int]]:
    """How many applications come from each municipality, as (code, name, count), for the chosen words and state."""
    rows = _searched(event, chosen.words)
    if chosen.state:
        rows = rows.filter(state=chosen.state)
    counted = dict(rows.order_by().values_list("organisation__municipality").annotate(n=Count("pk")))
    listed = [(m.code, m.name, counted.get(m.code, 0)) for m in Municipality.objects.alphabetical()]
    return [*listed, (ELSEWHERE, str(_("Elsewhere")), counted.get(None, 0))]


def confirmed(event: Event, words: str = "") -> QuerySet[Exhibitor]:
    """The exhibitors that the public may see, by name; ``hides_logo``: its package holds no logo on the page."""
    rows = event.exhibitors.holding_a_place().select_related("organisation__municipality")
    without = Exhibitor.objects.filter(pk=OuterRef("pk"), orders__state="confirmed", orders__package__shows_logo=False)
    rows = rows.annotate(hides_logo=Exists(without))
    for word in words.split()[:5]:
        rows = rows.filter(
            Q(organisation__name__icontains=word)
            | Q(field__icontains=word)
            | Q(profile__icontains=word)
            | Q(organisation__city__icontains=word)
        )
    return rows.order_by(Collate("organisation__name", "swedish"), "pk")


def _staff_names(exhibitor: Exhibitor) -> str:
    return ", ".join(person.name for person in exhibitor.staff.all())


EXPORT = [
    Column(_("Company"), lambda e: e.organisation.name),
    Column(_("Organisation number"), lambda e: e.organisation.number),
    Column(_("Municipality"), lambda e: e.organisation.municipality),
    Column(_("State"), lambda e: e.get_state_display()),
    Column(_("Line of business"), lambda e: e.field),
    Column(_("About the company"), lambda e: e.profile),
    Column(_("Website"), lambda e: e.website),
    Column(_("Contact person"), lambda e: e.contact_name),
    Column(_("E-mail"), lambda e: e.contact_email),
    Column(_("Phone"), lambda e: e.contact_phone),
    Column(_("Stand staff"), _staff_names),
    Column(_("Wishes for the stand"), lambda e: e.wishes),
    Column(_("Applied"), lambda e: e.applied_at),
    Column(_("Decided"), lambda e: e.decided_at),
]


def _searched(event: Event, words: str) -> QuerySet[Exhibitor]:
    rows = Exhibitor.objects.for_event(event).sent()
    for word in words.split()[:5]:
        digits = word.replace("-", "")
        rows = rows.filter(
            Q(organisation__name__icontains=word)
            | Q(organisation__organisation_number__startswith=digits if digits.isdigit() else "-")
            | Q(field__icontains=word)
            | Q(contact_name__icontains=word)
            | Q(contact_email__icontains=word)
            | Q(organisation__city__icontains=word)
        )
    return rows


def _in_municipality(code: str) -> Q:
    if code == ELSEWHERE:
        return Q(organisation__municipality__isnull=True)
    return Q(organisation__municipality=code)
