"""A page for each ticket, and the badges of a whole fair as one PDF."""

from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.access.gate import get_event_for
from events.programme.models import EventState
from registrations.tickets.addresses import ticket_url
from registrations.tickets.badges import badge_sheets, badge_tickets
from registrations.tickets.codes import spoken
from registrations.tickets.gate import get_ticket
from registrations.tickets.hooks import ticket_sections
from registrations.tickets.models import TicketState
from registrations.tickets.qr import qr_svg


@require_safe
@never_cache
def ticket(request: HttpRequest, code: str) -> HttpResponse:
    """The ticket to show at the door. Its address is a secret: nobody indexes it, keeps it or passes it on."""
    found = get_ticket(request, code)
    if code != found.code:
        return redirect("registrations:ticket", found.code)
    is_over = found.event.is_over(timezone.now())
    presence = getattr(found, "presence", None)
    is_good = found.state == TicketState.VALID and found.event.state != EventState.CANCELLED and not is_over
    context = {
        "ticket": found,
        "event": found.event,
        "wave": found.school_class.wave if found.school_class else None,
        "qr": qr_svg(ticket_url(found), label=_("QR code of the ticket")),
        "spoken": spoken(found.code),
        "is_over": is_over,
        "is_good": is_good,
        "presence": presence,
        "sections": [section(found, request) for section in ticket_sections],
        "may_cancel": bool(is_good and found.visitor and not (presence and presence.came)),
    }
    response = render(request, "registrations/tickets/ticket.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    # Not "no-referrer": then the browser hides the form's origin too, and the language could not be changed here.
    response["Referrer-Policy"] = "same-origin"
    return response


@require_safe
@never_cache
def ticket_from_qr(request: HttpRequest, code: str) -> HttpResponse:
    """The address in capitals that the QR holds: on to the ticket's page."""
    return redirect("registrations:ticket", get_ticket(request, code).code)


@login_required
@require_safe
def badges(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All valid tickets as badges to print, or those of ``?kind=exhibitor`` or ``visitor``."""
    event = get_event_for(request.user, slug, "tickets.badges")
    tickets = badge_tickets(event, request.GET.get("kind", ""))
    if not tickets.exists():
        messages.info(request, _("There are no tickets to print yet: they come with visitors and accepted exhibitors."))
        return redirect("events:event-overview", event.slug)
    sheets = BytesIO(badge_sheets(event, tickets))
    response = FileResponse(sheets, filename=f"{event.slug}-badges.pdf", content_type="application/pdf")
    response["Cache-Control"] = "no-store"
    return response
