"""Somebody without a ticket comes to the desk: written down, let in, and a badge to print."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from events.access.gate import get_event_for
from events.once.guard import makes_once
from events.programme.models import Event
from registrations.checkin.desk.entering import NotLetIn, admit_walk_in
from registrations.checkin.desk.forms import WalkInForm
from registrations.checkin.desk.views import PAGES, nonce_of
from registrations.checkin.desk.walk_ins import signed_up
from registrations.checkin.lists.services import ensure_door
from registrations.checkin.models import Gate
from registrations.checkin.services import ensure_gate
from registrations.checkin.verdict import Outcome
from registrations.tickets.addresses import ticket_url
from registrations.tickets.codes import spoken
from registrations.tickets.models import Ticket
from registrations.tickets.qr import qr_svg


@never_cache
@login_required
@makes_once
@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Name, perhaps company and address; then the page with the badge. Where the door says no, nothing is written."""
    event = get_event_for(request.user, slug, "checkin.scan")
    gate = ensure_gate(event=event)
    initial = {"gate": request.GET.get("gate")} if request.GET.get("gate", "").isdigit() else None
    form = WalkInForm(request.POST or None, event=event, initial=initial)
    status, refused = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                ticket = _let_in(request, event, form, form.cleaned_data["gate"] or gate)
            except NotLetIn as no:
                refused, status = no.outcome, 409
            else:
                return redirect("registrations:door-walk-in-done", event.slug, ticket.handle)
    context = {
        "event": event,
        "form": form,
        "refused": refused,
        "why": _why(refused, event) if refused else "",
    }
    return render(request, f"{PAGES}/walk_in.html", context, status=status)


def _let_in(request: HttpRequest, event: Event, form: WalkInForm, gate: Gate) -> Ticket:
    details = form.details
    known, taken = signed_up(event, details["email"], details["name"])
    kept = admit_walk_in(
        event=event,
        details=details,
        gate=gate,
        nonce=nonce_of(request.POST.get("once", "")),
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
    assert kept.ticket, "whoever was let in has a ticket"
    ticket = Ticket.objects.with_holders().get(pk=kept.ticket)
    if known and taken:
        messages.info(
            request, _("Somebody else has come in with that address already, so this ticket is made without one.")
        )
    elif known:
        messages.info(
            request,
            _("%(email)s was signed up already: the ticket it has was used, and it is let in.")
            % {"email": details["email"]},
        )
    return ticket


def _why(outcome: Outcome, event: Event) -> str:
    """What the door's no means for somebody who stands at the desk."""
    door = ensure_door(event=event)
    if outcome == Outcome.FULL:
        return _(
            "As many people are in as the fire limit allows (%(limit)s). Let somebody in when somebody has left."
        ) % {"limit": door.fire_limit}
    words = {
        Outcome.CANCELLED: _("The event is cancelled."),
        Outcome.BLOCKED: _("That address has a ticket, and the ticket is blocked. Search for it to see more."),
        Outcome.ALREADY_IN: _("That address has a ticket, and it has come in already. Search for the name."),
        Outcome.WRONG_GATE: _("Visitors do not come in at this gate. Choose another one."),
        Outcome.TOO_EARLY: _("The doors are not open yet."),
        Outcome.CLOSED: _("The doors are closed."),
        Outcome.WRONG_DAY: _("The event is on another day."),
    }
    return words.get(outcome, str(outcome.label))


@never_cache
@login_required
@require_safe
def walk_in_done(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """Who has just come in, the badge to print, and on to the next one."""
    event = get_event_for(request.user, slug, "checkin.scan")
    rows = Ticket.objects.with_holders().select_related("presence__gate")
    ticket = get_object_or_404(rows, event=event, handle=handle, visitor__isnull=False)
    context = {
        "event": event,
        "ticket": ticket,
        "presence": getattr(ticket, "presence", None),
        "spoken": spoken(ticket.code),
        "qr": qr_svg(ticket_url(ticket), label=_("QR code of the ticket")),
    }
    return render(request, f"{PAGES}/walk_in_done.html", context)
