"""The door's HTTP API for phones at the desk: who is this, and whom shall nobody let in."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_ratelimit.core import is_ratelimited
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import Field, StringConstraints

from events.errors import Refusal
from registrations.checkin.answers import json_answer, packed
from registrations.checkin.desk.queries import all_names, found_in_order, search_tickets
from registrations.checkin.desk.services import LONGEST_REASON, block_ticket, unblock_ticket
from registrations.checkin.devices.auth import DeviceToken, TooOften, device_of, door_of
from registrations.checkin.devices.models import Device, DeviceRole
from registrations.checkin.lists.contents import KINDS
from registrations.checkin.lists.services import freshen_list
from registrations.checkin.troubles import TROUBLES, Trouble
from registrations.tickets.addresses import ticket_url
from registrations.tickets.codes import spoken
from registrations.tickets.models import Ticket, TicketState
from registrations.tickets.qr import qr_modules, qr_path

# A kiosk stands among people: nobody prints a hall's badges from it.
KIOSK_BADGES = {"group": "kiosk-badges", "rate": "30/m", "key": lambda _group, request: str(request.auth.pk)}
Handle = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{12}$", description="Stands for the ticket's code.")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_REASON)]

router = Router(tags=["door"], auth=DeviceToken(DeviceRole.DESK))


class FoundOut(Schema):
    """A ticket as the desk sees it. ``wave`` is when a class is let in, ``inside`` and ``came`` are heads."""

    handle: str
    name: str
    company: Annotated[str, Field(description="The company, or a class's school.")]
    kind: Annotated[str, Field(description="v visitor, e exhibitor, c class")]
    state: Annotated[str, Field(description="ok, x cancelled, b blocked")]
    short: Annotated[str, Field(description="The last four symbols of the code.")]
    pupils: int
    wave: datetime | None
    inside: int
    came: int


class SearchOut(Schema):
    """The best matches first, at most twenty."""

    found: list[FoundOut]


class NamesOut(Schema):
    """``version`` is the list's: as long as it stays the names do."""

    version: int
    names: list[FoundOut]


class BlockIn(Schema):
    """``reason`` is kept in the trail of what was done."""

    handle: Handle
    reason: Annotated[Line, Field(min_length=1)]


class UnblockIn(Schema):
    handle: Handle
    reason: Line = ""


class OneOut(Schema):
    found: FoundOut


class QrOut(Schema):
    """``path`` is an SVG path of the dark modules in a square of ``side``, its white edge included."""

    side: int
    path: str


class BadgeOut(Schema):
    """What a badge shows. ``code`` is in four groups, as it is read aloud."""

    name: str
    company: str
    kind: str
    code: str
    qr: QrOut


@router.get(
    "/search", response={200: SearchOut, **TROUBLES}, url_name="door-search", summary="Find a ticket by words or code"
)
def search(request: HttpRequest, q: Annotated[str, Field(max_length=200)] = "") -> HttpResponse:
    """Name, company, school, class, the last four symbols of a code or a whole code; å is found as a too."""
    found = found_in_order(search_tickets(door_of(device_of(request)), q, timezone.now()))
    return json_answer({"found": found})


@router.get(
    "/names",
    response={200: NamesOut, **TROUBLES},
    url_name="door-names",
    summary="All names, to search without a network",
)
def names(request: HttpRequest) -> HttpResponse:
    door = freshen_list(door=door_of(device_of(request)), at=timezone.now())
    return packed(request, json_answer({"version": door.list_version, "names": all_names(door.event)}))


@router.post(
    "/block",
    response={200: OneOut, **TROUBLES, 404: Trouble, 409: Trouble},
    url_name="door-block",
    summary="Let nobody in with a ticket",
)
def block(request: HttpRequest, body: BlockIn) -> Any:
    """Twice is once. A cancelled ticket can not be blocked."""
    device = device_of(request)
    ticket = _ticket(device, body.handle)
    if ticket is None:
        return _unknown()
    try:
        block_ticket(ticket=ticket, reason=body.reason, by=None, device=device, at=timezone.now())
    except Refusal as refusal:
        return Status(409, {"code": refusal.code, "detail": str(refusal)})
    return json_answer({"found": found_in_order([ticket.pk])[0]})


@router.post(
    "/unblock",
    response={200: OneOut, **TROUBLES, 404: Trouble, 409: Trouble},
    url_name="door-unblock",
    summary="Let in again with a blocked ticket",
)
def unblock(request: HttpRequest, body: UnblockIn) -> Any:
    device = device_of(request)
    ticket = _ticket(device, body.handle)
    if ticket is None:
        return _unknown()
    try:
        unblock_ticket(ticket=ticket, reason=body.reason, by=None, device=device, at=timezone.now())
    except Refusal as refusal:
        return Status(409, {"code": refusal.code, "detail": str(refusal)})
    return json_answer({"found": found_in_order([ticket.pk])[0]})


@router.get(
    "/badge/{handle}",
    auth=DeviceToken(DeviceRole.DESK, DeviceRole.KIOSK),
    response={200: BadgeOut, **TROUBLES, 404: Trouble, 409: Trouble},
    url_name="door-badge",
    summary="What a badge shows",
)
def badge(request: HttpRequest, handle: str) -> Any:
    """For a valid ticket alone: a badge is a ticket too."""
    device = device_of(request)
    if device.role == DeviceRole.KIOSK and is_ratelimited(request, increment=True, **KIOSK_BADGES):
        raise TooOften
    ticket = _ticket(device, handle)
    if ticket is None:
        return _unknown()
    if ticket.state != TicketState.VALID:
        return Status(409, {"code": "not_valid", "detail": str(ticket.get_state_display())})
    modules = qr_modules(ticket_url(ticket))
    code = spoken(ticket.code)
    return json_answer(
        {
            "name": ticket.holder_name or code,
            "company": ticket.holder_company,
            "kind": KINDS[ticket.kind],
            "code": code,
            "qr": {"side": len(modules), "path": qr_path(modules)},
        }
    )


def _ticket(device: Device, handle: str) -> Ticket | None:
    """The ticket of the device's own event: another's does not exist here."""
    if len(handle) != 12 or not handle.isascii() or "\0" in handle:
        return None
    return Ticket.objects.with_holders().filter(event=device.event_id, handle=handle).first()


def _unknown() -> Status:
    return Status(404, {"code": "unknown", "detail": "The event has no such ticket."})
