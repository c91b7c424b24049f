"""What is asked of the register of schools."""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Collate

from registrations.schools.models import School, SchoolQuerySet

WORDS = 5


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


def _words(text: str) -> list[str]:
    return text.replace("\0", "")[:100].split()[:WORDS]
