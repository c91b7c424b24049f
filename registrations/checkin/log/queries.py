"""The scans of an event, the latest first: found by gate, phone, answer and words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.exports import Column
from events.programme.models import Event
from registrations.checkin.clocks import clock_in_words, day_of, sure_to, time_of_day
from registrations.checkin.conflicts.explaining import LATE
from registrations.checkin.devices.models import Device
from registrations.checkin.models import Gate, Scan
from registrations.checkin.verdict import Outcome
from registrations.tickets.models import Ticket

WORDS = (
    "ticket__visitor__name",
    "ticket__visitor__company",
    "ticket__staff__name",
    "ticket__exhibitor__organisation__name",
    "ticket__school_class__label",
    "ticket__school_class__booking__school__name",
    "device__name",
    "reason",
    "text",
)


@dataclass(frozen=True)
class Filter:
    """What the log shows; ``gate`` and ``device`` are keys, 0 for all of them."""

    words: str = ""
    gate: int = 0
    device: int = 0
    outcome: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Filter":
        """Reads an address' query; what makes no sense is left aside."""
        outcome = query.get("outcome", "")
        return cls(
            words=query.get("q", "").strip().replace("\0", "")[:100],
            gate=_key(query.get("gate", "")),
            device=_key(query.get("device", "")),
            outcome=outcome if outcome in Outcome.values else "",
        )

    @property
    def is_empty(self) -> bool:
        return self == Filter()


def listed_scans(event: Event, chosen: Filter) -> QuerySet[Scan]:
    """The scans that ``chosen`` lets through, the latest first, ready to be shown in two queries."""
    holders = Prefetch("ticket", Ticket.objects.with_holders())
    rows = Scan.objects.filter(event=event).select_related("gate", "device", "scanned_by").prefetch_related(holders)
    if chosen.gate:
        rows = rows.filter(gate=chosen.gate)
    if chosen.device:
        rows = rows.filter(device=chosen.device)
    if chosen.outcome:
        rows = rows.filter(outcome=chosen.outcome)
    for word in chosen.words.split()[:5]:
        found = Q()
        for field in WORDS:
            found |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(found)
    return rows.order_by("-happened_at", "-pk")


def choices(event: Event) -> dict[str, Iterable[Any]]:
    """What can be chosen: the event's gates and phones, and the answers that there are."""
    there = set(Scan.objects.filter(event=event).order_by().values_list("outcome", flat=True).distinct())
    return {
        "gates": Gate.objects.filter(event=event),
        "devices": Device.objects.filter(event=event),
        "outcomes": [(one.value, one.label) for one in Outcome if one.value in there],
    }


@dataclass(frozen=True, slots=True)
class Line:
    """A scan as its row shows it. ``late``: it came to the server so much later that the phone had no contact."""

    scan: Scan
    day: str
    time: str
    sure: str
    received: str
    shown: str
    late: bool

    @property
    def differs(self) -> bool:
        """Whether the guard saw something else than the server found."""
        return bool(self.shown) and self.scan.shown != self.scan.outcome


def lines_of(scans: Iterable[Scan]) -> list[Line]:
    return [
        Line(
            scan,
            day_of(scan.happened_at),
            time_of_day(scan.happened_at),
            sure_to(scan.clock_error_ms) if scan.clock_offset_ms is not None else "",
            time_of_day(scan.received_at),
            _label(scan.shown),
            scan.received_at - scan.happened_at > LATE,
        )
        for scan in scans
    ]


def _label(outcome: str) -> str:
    return str(Outcome(outcome).label) if outcome in Outcome.values else ""


def _key(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


EXPORT = [
    Column(_("When, by the corrected clock"), lambda scan: scan.happened_at),
    Column(_("To the second"), lambda scan: time_of_day(scan.happened_at)),
    Column(_("Sure to"), lambda scan: sure_to(scan.clock_error_ms) if scan.clock_offset_ms is not None else ""),
    Column(_("The phone's own clock"), lambda scan: clock_in_words(scan.clock_offset_ms, scan.clock_error_ms)),
    Column(_("Received"), lambda scan: scan.received_at),
    Column(_("What was done"), lambda scan: scan.get_act_display()),
    Column(_("Name"), lambda scan: scan.ticket.holder_name if scan.ticket else ""),
    Column(_("Company or school"), lambda scan: scan.ticket.holder_company if scan.ticket else ""),
    Column(_("Gate"), lambda scan: scan.gate),
    Column(_("Phone"), lambda scan: scan.device.name if scan.device else ""),
    Column(_("By"), lambda scan: scan.scanned_by.name if scan.scanned_by else ""),
    Column(_("The guard saw"), lambda scan: _label(scan.shown)),
    Column(_("The server found"), lambda scan: scan.get_outcome_display()),
    Column(_("Let in"), lambda scan: _("Yes") if scan.let_in else _("No")),
    Column(_("People"), lambda scan: scan.headcount),
    Column(pgettext_lazy("the door's", "Reason"), lambda scan: scan.reason),
]
