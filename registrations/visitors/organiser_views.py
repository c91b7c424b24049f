"""The organiser's list of visitors, on the page and as a file."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.access.gate import get_event_for
from events.exports import export_response
from registrations.checkin.queries import admitted_count
from registrations.visitors.queries import EXPORT, Filter, listed_visitors, state_counts
from registrations.visitors.services import places_taken

PAGES = "registrations/visitors"
PAGE_SIZE = 50


@login_required
@require_safe
def visitor_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who signed up: search, filter, sort."""
    event = get_event_for(request.user, slug, "visitors.view")
    chosen = Filter.from_query(request.GET)
    page = Paginator(listed_visitors(event, chosen), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "event": event,
        "chosen": chosen,
        "page_obj": page,
        "states": state_counts(event, chosen),
        "coming": places_taken(event),
        "admitted": admitted_count(event),
    }
    template = f"{PAGES}/_list.html" if request.headers.get("HX-Target") == "visitors" else f"{PAGES}/list.html"
    return render(request, template, context)


@login_required
@require_safe
def visitor_export(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """What the list shows, all its pages, as a file."""
    event = get_event_for(request.user, slug, "visitors.export")
    if ending not in {"csv", "xlsx"}:
        raise Http404
    rows = listed_visitors(event, Filter.from_query(request.GET))
    name = get_valid_filename(f"{event.slug}-{_('visitors')}-{timezone.localdate():%Y-%m-%d}")
    return export_response(ending, name, EXPORT, rows)
