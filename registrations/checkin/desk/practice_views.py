"""A sheet to practise with, and what an ordinary camera shows of its codes."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.access.gate import get_event_for
from registrations.checkin.desk.views import PAGES
from registrations.checkin.practice import PRACTICE_TICKETS
from registrations.tickets.addresses import code_url
from registrations.tickets.codes import spoken
from registrations.tickets.qr import qr_svg


@login_required
@require_safe
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """The practice tickets on an A4: scanned in practice they touch nothing, and at the real door neither."""
    event = get_event_for(request.user, slug, "checkin.scan")
    tickets = [
        {
            "words": ticket.words,
            "outcome": ticket.outcome,
            "spoken": spoken(ticket.code),
            "qr": qr_svg(code_url(ticket.code), label=_("QR code of a practice ticket")),
        }
        for ticket in PRACTICE_TICKETS
    ]
    return render(request, f"{PAGES}/practice.html", {"event": event, "tickets": tickets})


@require_safe
def practice_ticket(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody has read a practice code with the phone's own camera: what it is, and that all is well."""
    return render(request, f"{PAGES}/practice_ticket.html")
