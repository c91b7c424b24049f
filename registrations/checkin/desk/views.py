"""Search at the desk, for those who are signed in: who is this, let them in, take it back, block, print a badge."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.access.gate import get_event_for
from events.errors import Refusal
from events.programme.models import Event
from registrations.checkin.desk import services
from registrations.checkin.desk.entering import NothingToUndo, enter_ticket
from registrations.checkin.desk.queries import last_admission, search_tickets, tickets_in_order
from registrations.checkin.lists.services import ensure_door
from registrations.checkin.models import Gate, Presence
from registrations.checkin.services import ensure_gate
from registrations.checkin.standing import ENTER, UNDO
from registrations.checkin.typed import Answer, judge_typed
from registrations.tickets.badges import badge_sheets
from registrations.tickets.codes import spoken
from registrations.tickets.models import Ticket, TicketState

PAGES = "registrations/checkin/desk"
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket that was found, where it stands, and a ``nonce`` for what is done with it next."""

    ticket: Ticket
    presence: Presence | None
    nonce: UUID

    @property
    def is_class(self) -> bool:
        return self.ticket.kind == Ticket.Kind.CLASS

    @property
    def inside(self) -> int:
        return self.presence.inside if self.presence else 0

    @property
    def came(self) -> int:
        return self.presence.came if self.presence else 0

    @property
    def left(self) -> int:
        """How many heads are still outside."""
        return max(0, self.ticket.headcount - self.inside)

    @property
    def may_enter(self) -> bool:
        """Whether a button says so first: who is in already is looked at, not let in. The rules have the last word."""
        return self.ticket.state == TicketState.VALID and (self.left > 0 if self.is_class else not self.came)

    @property
    def short(self) -> str:
        return self.ticket.code[-4:]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody without phone and paper: one field, the tickets that it may mean, and what can be done with each."""
    event = get_event_for(request.user, slug, "checkin.scan")
    gate = _gate(request, event)
    status, answer, text = 200, None, ""
    if request.method == "POST":
        try:
            answer, text = _acted(request, event, gate)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            status = 409
    typed = request.GET.get("q", "")[:LONGEST]
    keys = search_tickets(ensure_door(event=event), typed, timezone.now())
    rows = [Row(ticket, getattr(ticket, "presence", None), uuid4()) for ticket in tickets_in_order(keys)]
    context = {
        "event": event,
        "typed": typed.strip(),
        "rows": rows,
        "gates": list(event.gates.order_by("pk")),
        "chosen_gate": gate,
        "answer": answer,
        "text": text,
        "nonce": uuid4(),
    }
    return render(request, f"{PAGES}/search.html", context, status=status)


def _acted(request: HttpRequest, event: Event, gate: Gate) -> tuple[Answer, str]:
    """Let in, let in all the same, or take back: the door's answer, and the code that it is about."""
    said, at, nonce = request.POST, timezone.now(), nonce_of(request.POST.get("nonce", ""))
    by: Any = request.user
    if said.get("act") == UNDO and said.get("ref"):
        answer = judge_typed(event=event, gate=gate, text="", act=UNDO, nonce=str(nonce), ref=said["ref"], by=by, at=at)
        return answer, ""
    ticket = _ticket(event, said.get("handle", ""), said.get("text", ""))
    if said.get("act") == UNDO:
        ref = last_admission(ticket)
        if ref is None:
            raise NothingToUndo
        answer = judge_typed(
            event=event, gate=gate, text=ticket.code, act=UNDO, nonce=str(nonce), ref=str(ref), by=by, at=at
        )
        return answer, ticket.code
    reason = " ".join(said.get("reason", "").replace("\0", "").split())[:LONGEST]
    enter_ticket(
        ticket=ticket, gate=gate, heads=_heads(said.get("heads", "")), reason=reason, nonce=nonce, by=by, at=at
    )
    # The same record once more is the same record, and says in words what became of it.
    answer = judge_typed(event=event, gate=gate, text=ticket.code, act=ENTER, nonce=str(nonce), by=by, at=at)
    return answer, ticket.code


@login_required
@require_POST
def block(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """Nobody comes in with this ticket any more, for a reason that is kept."""
    event = get_event_for(request.user, slug, "checkin.scan")
    ticket = _ticket(event, handle)
    try:
        services.block_ticket(
            ticket=ticket,
            reason=request.POST.get("reason", ""),
            by=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The ticket is blocked. Every phone knows within seconds of its next contact."))
    return redirect(_back(request, event, ticket))


@login_required
@require_POST
def unblock(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    event = get_event_for(request.user, slug, "checkin.scan")
    try:
        ticket = services.unblock_ticket(
            ticket=_ticket(event, handle),
            by=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        ticket = _ticket(event, handle)
    else:
        if ticket.state == TicketState.VALID:
            messages.success(request, _("The ticket lets in again."))
        else:
            messages.info(request, _("The block is lifted, but the holder has cancelled: the ticket stays cancelled."))
    return redirect(_back(request, event, ticket))


@never_cache
@login_required
@require_safe
def badge(request: HttpRequest, slug: str, handle: str) -> HttpResponseBase:
    """One badge as a PDF to print. A badge is a ticket too: there is none for one that is not valid."""
    event = get_event_for(request.user, slug, "checkin.scan")
    ticket = _ticket(event, handle)
    if ticket.state != TicketState.VALID:
        raise Http404
    sheet = BytesIO(badge_sheets(event, [ticket]))
    response = FileResponse(sheet, filename=f"{event.slug}-badge.pdf", content_type="application/pdf")
    response["Cache-Control"] = "no-store"
    return response


def _gate(request: HttpRequest, event: Event) -> Gate:
    """The gate where the desk stands, as the page last said; else the event's first."""
    first = ensure_gate(event=event)
    chosen = request.POST.get("gate") or request.GET.get("gate", "")
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 10):
        return first
    return event.gates.filter(pk=int(chosen)).first() or first


def _ticket(event: Event, handle: str, text: str = "") -> Ticket:
    """The event's own ticket with ``handle``, or with the code in ``text``; 404 for any other."""
    rows = Ticket.objects.with_holders().select_related("school_class__wave").filter(event=event)
    if handle:
        return get_object_or_404(rows, handle=handle.replace("\0", ""))
    return get_object_or_404(rows, code=text.replace("\0", ""))


def nonce_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _heads(text: str) -> int | None:
    whole = text.isascii() and text.isdigit() and len(text) < 5
    return min(int(text), 2000) if whole and int(text) else None


def _back(request: HttpRequest, event: Event, ticket: Ticket) -> str:
    query = {"q": request.POST.get("q", "")[:LONGEST] or spoken(ticket.code)}
    if request.POST.get("gate"):
        query["gate"] = request.POST["gate"][:9]
    return f"{reverse('registrations:door-search', args=[event.slug])}?{urlencode(query)}"
