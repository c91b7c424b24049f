"""What there is to print at an evening, and how old it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, QuerySet, Sum
from django.db.models.functions import Collate

from events.access.models import AuditEntry
from events.municipalities.models import Municipality
from events.nights.models import Night, Wave
from registrations.allocation.models import Proposal
from registrations.bookings.states import ClassState
from registrations.papers.queries import placed_classes
from registrations.stations.models import Station

# A change of one of these may change what the papers say.
PRINTED = ("night", "venue", "station", "booking", "schoolclass", "proposal", "handplacing")


@dataclass(frozen=True)
class AsOf:
    """When places were last published, and when anything that the papers print last changed; ``None``: never."""

    published_at: datetime | None
    changed_at: datetime | None

    @property
    def changed_since(self) -> bool:
        """Whether what was printed when places were published is old by now."""
        return bool(self.published_at and self.changed_at and self.changed_at > self.published_at)


def as_of(night: Night) -> AsOf:
    """Two questions: the proposals know of publishing, the trail of changes."""
    published = Proposal.objects.for_night(night).aggregate(last=Max("published_at"))["last"]
    changes = AuditEntry.objects.filter(event=night.event_id, content_type__model__in=PRINTED)
    return AsOf(published, changes.aggregate(last=Max("at"))["last"])


def overview(night: Night) -> dict[str, Any]:
    """What the page shows, with as many questions however large the evening is."""
    rows = placed_classes(night).select_related("booking__school").annotate(team_count=Count("teams"))
    school, label = Collate("booking__school__name", "swedish"), Collate("label", "swedish")
    classes = list(rows.order_by(school, "booking__school", "grade", label, "pk"))
    stations = list(listed_stations(night))
    return {
        "as_of": as_of(night),
        "classes": classes,
        "untimed": sum(not row.team_count for row in classes),
        "unanswered": sum(row.state == ClassState.OFFERED for row in classes),
        "pupils": sum(row.pupils for row in classes),
        "municipalities": list(_municipalities(night)),
        "stations": stations,
        "waves": list(Wave.objects.filter(night=night).in_order()),
    }


def listed_stations(night: Night) -> QuerySet[Station]:
    """The stations that receive pupils, by number, with how many teams come to each."""
    rows = Station.objects.for_night(night).running().select_related("host__organisation", "zone")
    rows = rows.annotate(team_count=Count("visits"))
    return rows.order_by(F("number").asc(nulls_last=True), "name", "pk")


def municipality_name(code: str) -> str:
    """For a file's name; nothing for a code that is nobody's."""
    return Municipality.objects.filter(pk=code).values_list("name", flat=True).first() or "" if code else ""


def _municipalities(night: Night) -> Iterable[Mapping[str, Any]]:
    rows = placed_classes(night).order_by().values("booking__school__municipality")
    return rows.annotate(
        code=F("booking__school__municipality"),
        name=F("booking__school__municipality__name"),
        class_count=Count("pk"),
        pupils=Sum("pupils"),
    ).order_by(Collate("booking__school__municipality__name", "swedish"))
