"""Conflicts with what it takes to explain them, in as many queries for many as for one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, Q, QuerySet

from events.access.models import AuditEntry
from events.programme.models import Event
from registrations.bookings.models import SchoolClass
from registrations.checkin.conflicts.models import Conflict, ConflictKind, ConflictState
from registrations.checkin.models import Act, Scan
from registrations.tickets.models import Ticket

ENDED_SHOWN = 100


@dataclass(slots=True)
class Around:
    """What lies around the scans of conflicts: corrections and undoings by the nonce that they are about, and since
    when tickets are not valid, by their keys."""

    undone: set[UUID] = field(default_factory=set)
    heads: dict[UUID, int] = field(default_factory=dict)
    invalid_since: dict[int, datetime] = field(default_factory=dict)


def conflicts_of(event: Event) -> QuerySet[Conflict]:
    """All of ``event``'s, with holders and scans at hand."""
    scans = Scan.objects.select_related("gate", "device", "scanned_by").order_by("happened_at", "nonce")
    return (
        Conflict.objects.filter(event=event)
        .select_related(
            "ticket__visitor",
            "ticket__staff",
            "ticket__exhibitor__organisation",
            "ticket__school_class__booking__school",
            "ticket__presence",
            "settled_by",
        )
        .prefetch_related(Prefetch("scans", scans))
    )


def open_conflicts(event: Event) -> QuerySet[Conflict]:
    """Those that wait for the desk, the oldest first."""
    return conflicts_of(event).filter(state=ConflictState.OPEN).order_by("opened_at", "pk")


def ended_conflicts(event: Event) -> QuerySet[Conflict]:
    """Those that are settled or have solved themselves, the latest first."""
    return conflicts_of(event).exclude(state=ConflictState.OPEN).order_by("-ended_at", "-pk")[:ENDED_SHOWN]


def open_count(event: Event) -> int:
    return Conflict.objects.filter(event=event, state=ConflictState.OPEN).count()


def around(conflicts: Sequence[Conflict]) -> Around:
    """What explains ``conflicts`` beside their own scans. Two queries, however many they are."""
    found = Around()
    nonces = [scan.nonce for conflict in conflicts for scan in conflict.scans.all()]
    about = list(Scan.objects.filter(ref__in=nonces, act__in=[Act.CORRECT, Act.UNDO]).order_by("happened_at", "nonce"))
    found.undone = {scan.ref for scan in about if scan.act == Act.UNDO and scan.ref}
    found.heads = {scan.ref: scan.headcount for scan in about if scan.act == Act.CORRECT and scan.ref}
    tickets = [one.ticket for one in conflicts if one.kind == ConflictKind.NOT_VALID and one.ticket]
    found.invalid_since = _invalid_since(tickets)
    return found


def _invalid_since(tickets: Iterable[Ticket]) -> dict[int, datetime]:
    """When the tickets were cancelled or blocked, by key, where anything tells."""
    since = {t.pk: t.visitor.cancelled_at for t in tickets if t.visitor and t.visitor.cancelled_at}
    rest = [ticket for ticket in tickets if ticket.pk not in since]
    if not rest:
        return since
    kinds = ContentType.objects.get_for_models(Ticket, SchoolClass)
    keys = {(kinds[Ticket].pk, str(ticket.pk)): ticket.pk for ticket in rest}
    keys |= {(kinds[SchoolClass].pk, str(t.school_class_id)): t.pk for t in rest if t.school_class_id}
    by_kind = defaultdict(list)
    for kind, key in keys:
        by_kind[kind].append(key)
    where = Q()
    for kind, found in by_kind.items():
        where |= Q(content_type=kind, object_pk__in=found)
    for entry in AuditEntry.objects.filter(where, changes__has_key="state").order_by("at"):
        since[keys[entry.content_type_id, entry.object_pk]] = entry.at
    return since
