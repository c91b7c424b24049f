"""The live board: for the organiser's desk, and with ``?wall=1`` for a screen on the wall."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.access.gate import get_event_for
from events.access.rules import may
from registrations.checkin.board.queries import SHOWN_MINUTES, recent_board
from registrations.checkin.board.rates import HEIGHT, WIDTH
from registrations.checkin.clocks import time_of_day

PAGES = "registrations/checkin/board"
LIVE = "board-now"
THEMES = ("dark", "light")


@never_cache
@login_required
@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """The numbers as they are now; htmx asks for them alone every few seconds.

    The wall shows no contacts and no ways on: anybody may stand before it.
    """
    event = get_event_for(request.user, slug, "checkin.watch")
    wall = "wall" in request.GET
    found = recent_board(event, timezone.now())
    context = {
        "event": event,
        "board": found,
        "updated": time_of_day(found.at),
        "picture": {"width": SHOWN_MINUTES * WIDTH, "height": HEIGHT, "minutes": SHOWN_MINUTES},
        "sees_contacts": not wall and may(request.user, "schools.view", event),
        "may_move": not wall and may(request.user, "schools.decide", event),
        "may_scan": not wall and may(request.user, "checkin.scan", event),
        "theme": request.GET.get("theme", "") if request.GET.get("theme") in THEMES else "",
    }
    page = "wall" if wall else "board"
    if request.headers.get("HX-Target") == LIVE:
        page = f"_{page}_now"
    return render(request, f"{PAGES}/{page}.html", context)
