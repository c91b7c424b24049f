"""Who came to fairs and courses, of those who had signed up."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Sum

from registrations.checkin.models import Act, Presence, Scan
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.visitors.models import Visitor, VisitorState
from surveys.figures.turnouts import Turnout, turnout


@dataclass(frozen=True, slots=True)
class Attendance:
    """``heads`` came through the door, nobody twice; ``turnouts`` of the visitors and of the exhibitors."""

    heads: int
    turnouts: tuple[Turnout, ...] = ()


def attendance_of(events: Collection[int]) -> dict[int, Attendance]:
    """The attendance of each of ``events`` (keys) where the door has counted anybody.

    One query, and two more where it has.
    """
    rows = Presence.objects.arrived().filter(event__in=events).order_by().values_list("event")
    heads = dict(rows.annotate(n=Sum("came")))
    if not heads:
        return {}
    visitors, exhibitors = _visitors(heads), _exhibitors(heads)
    found = {}
    for event, people in heads.items():
        shares = [
            turnout("visitors", *visitors.get(event, (0, 0))),
            turnout("exhibitors", *exhibitors.get(event, (0, 0))),
        ]
        found[event] = Attendance(people, tuple(share for share in shares if share))
    return found


def _visitors(events: Collection[int]) -> dict[int, tuple[int, int]]:
    """Of those who had signed up, how many came and how many they are. Who came without a ticket had not."""
    without = Scan.objects.filter(act=Act.WALK_IN, nonce=OuterRef("nonce"))
    came = Presence.objects.arrived().filter(ticket__visitor=OuterRef("pk"))
    rows = Visitor.objects.filter(~Exists(without), event__in=events).annotate(has_come=Exists(came))
    told = rows.filter(Q(state=VisitorState.REGISTERED) | Q(has_come=True)).order_by().values_list("event")
    counted = told.annotate(k=Count("pk", filter=Q(has_come=True)), n=Count("pk"))
    return {event: (k, n) for event, k, n in counted}


def _exhibitors(events: Collection[int]) -> dict[int, tuple[int, int]]:
    """The companies of which somebody came, of those that hold a place."""
    came = Presence.objects.arrived().filter(ticket__exhibitor=OuterRef("pk"))
    rows = Exhibitor.objects.filter(event__in=events).annotate(has_come=Exists(came))
    told = rows.filter(Q(state__in=State.holding()) | Q(has_come=True)).order_by().values_list("event")
    counted = told.annotate(k=Count("pk", filter=Q(has_come=True)), n=Count("pk"))
    return {event: (k, n) for event, k, n in counted}
