"""What was scanned at the door."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.access.gate import get_event_for
from events.access.rules import may
from events.exports import export_response
from registrations.checkin.log.queries import EXPORT, Filter, choices, lines_of, listed_scans

PAGES = "registrations/checkin"
PAGE_SIZE = 50


@never_cache
@login_required
@require_safe
def log(request: HttpRequest, slug: str) -> HttpResponse:
    """The latest scans of the door, narrowed down."""
    event = get_event_for(request.user, slug, "checkin.scan")
    chosen = Filter.from_query(request.GET)
    page = Paginator(listed_scans(event, chosen), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "event": event,
        "chosen": chosen,
        "page_obj": page,
        "lines": lines_of(page.object_list),
        "may_export": may(request.user, "visitors.export", event),
        **choices(event),
    }
    template = "desk/_log.html" if request.headers.get("HX-Target") == "log" else "desk/log.html"
    return render(request, f"{PAGES}/{template}", context)


@login_required
@require_safe
def log_export(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """What the log shows, as a file: with everybody's name in it, so for those who may have the visitors as a file."""
    event = get_event_for(request.user, slug, "visitors.export")
    if ending not in {"csv", "xlsx"}:
        raise Http404
    rows = listed_scans(event, Filter.from_query(request.GET))
    name = get_valid_filename(f"{slug}-{_('scans')}-{timezone.localdate():%Y-%m-%d}")
    return export_response(ending, name, EXPORT, rows.iterator(2000))
