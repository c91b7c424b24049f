"""What is asked of the register of schools."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Collate

from events.municipalities.models import Municipality
from events.programme.models import Event
from registrations.schools.models import School, SchoolQuerySet, SchoolStatus

WORDS = 5
PAGE = 50
MOST = 2000


def search_schools(text: str, limit: int = 20) -> list[School]:
    """At most ``limit`` schools that can be booked for and that ``text`` may mean, the likeliest first.

    Every word must be found: in the name, in the municipality's name or at the start of the school unit code. Names
    that begin with the text come first, then alphabetically. Nothing is found for an empty text.
    """
    words = _words(text)
    if not words:
        return []
    rows = matching(School.objects.bookable(), text).select_related("municipality")
    whole = " ".join(words)
    nearness = Case(
        When(name__iexact=whole, then=Value(0)),
        When(name__istartswith=whole, then=Value(1)),
        When(name__istartswith=words[0], then=Value(2)),
        When(name__icontains=whole, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
    return list(rows.order_by(nearness, Collate("name", "swedish"), "pk")[:limit])


def matching(rows: SchoolQuerySet, text: str) -> QuerySet[School]:
    """Those of ``rows`` in which every word of ``text`` is found; all of them for an empty text."""
    for word in _words(text):
        wanted = Q(name__icontains=word) | Q(municipality__name__icontains=word)
        if word.isascii() and word.isdigit():
            wanted |= Q(code__startswith=word)
        rows = rows.filter(wanted)
    return rows


@dataclass(frozen=True)
class Filter:
    """What the register's page shows: words to look for, a status, a municipality's code, and how many rows."""

    words: str = ""
    status: str = ""
    municipality: str = ""
    shown: int = PAGE

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Filter":
        """Reads an address' query; what makes no sense is left aside."""
        status, place, shown = query.get("status", ""), query.get("municipality", ""), query.get("shown", "")
        return cls(
            words=query.get("q", "").strip().replace("\0", "")[:100],
            status=status if status in SchoolStatus.values else "",
            municipality=place if re.fullmatch(r"[0-9]{4}", place) else "",
            shown=max(PAGE, min(int(shown), MOST)) if re.fullmatch(r"[0-9]{1,5}", shown) else PAGE,
        )


def register_rows(chosen: Filter) -> QuerySet[School]:
    """The schools that ``chosen`` lets through, by name."""
    return _chosen(chosen, status=chosen.status, municipality=chosen.municipality).select_related("municipality")


def status_counts(chosen: Filter) -> list[tuple[str, str, int]]:
    """How many schools have each status, as (value, label, count), for the chosen words and municipality."""
    rows = _chosen(chosen, municipality=chosen.municipality).order_by()
    counted = dict(rows.values_list("status").annotate(n=Count("pk")))
    return [(status.value, str(status.label), counted.get(status.value, 0)) for status in SchoolStatus]


def municipality_counts(chosen: Filter) -> list[tuple[str, str, int]]:
    """How many schools lie in each municipality, as (code, name, count), for the chosen words and status."""
    counted = dict(_chosen(chosen, status=chosen.status).order_by().values_list("municipality").annotate(n=Count("pk")))
    return [(m.code, m.name, counted.get(m.code, 0)) for m in Municipality.objects.alphabetical()]


def _chosen(chosen: Filter, status: str = "", municipality: str = "") -> QuerySet[School]:
    rows = School.objects.alphabetical()
    if status:
        rows = rows.filter(status=status)
    if municipality:
        rows = rows.filter(municipality=municipality)
    return matching(rows, chosen.words)


def coming_bookings(codes: Iterable[str], event: Event) -> dict[str, int]:
    """How many sent bookings of ``event`` the schools with ``codes`` have, for those that have any."""
    rows = School.objects.filter(code__in=list(codes), bookings__night__event=event, bookings__sent_at__isnull=False)
    return dict(rows.values_list("code").annotate(n=Count("bookings")))


def evenings_of(school: School, events: QuerySet[Event]) -> QuerySet[Event]:
    """Those of ``events`` that ``school`` has sent a booking to, the latest first, with ``classes`` and ``pupils``.

    Cancelled classes are not counted. ``came`` is how many pupils the door let in, ``None`` where it counted none.
    """
    sent = Q(night__bookings__school=school, night__bookings__sent_at__isnull=False)
    alive = ~Q(night__bookings__classes__state="cancelled") & Q(night__bookings__classes__isnull=False)
    return (
        events.filter(sent)
        .annotate(
            classes=Count("night__bookings__classes", filter=alive),
            pupils=Sum("night__bookings__classes__pupils", filter=alive),
            came=Sum("night__bookings__classes__ticket__presence__came"),
        )
        .order_by("-starts_at")
    )


def _words(text: str) -> list[str]:
    return text.replace("\0", "")[:100].split()[:WORDS]
