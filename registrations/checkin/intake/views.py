"""What is taken in by hand from a phone that cannot send."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.access.gate import get_event_for
from events.answers import status_of
from events.errors import Refusal
from registrations.checkin.forms import ExportForm
from registrations.checkin.intake.services import TakenIn, take_in
from registrations.checkin.services import ensure_gate

PAGES = "registrations/checkin"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes in an exported queue: the file, or the texts of its QR codes."""
    event = get_event_for(request.user, slug, "checkin.scan")
    ensure_gate(event=event)
    posted = request.method == "POST"
    form, refusal = ExportForm(request.POST if posted else None, request.FILES if posted else None), None
    if posted and form.is_valid():
        try:
            taken = take_in(event=event, raw=form.text(), by=request.user, at=timezone.now())
        except Refusal as said:
            refusal = said
            form.add_error("file" if form.cleaned_data["file"] else "pieces", str(said))
        else:
            _say_taken(request, taken)
            return redirect("registrations:door-intake", slug)
    context = {"event": event, "form": form}
    return render(request, f"{PAGES}/desk/intake.html", context, status=status_of(form, refusal))


def _say_taken(request: HttpRequest, taken: TakenIn) -> None:
    new = ngettext("%(n)s scan was new.", "%(n)s scans were new.", taken.new) % {"n": taken.new}
    known = ngettext("%(n)s was known already.", "%(n)s were known already.", taken.known) % {"n": taken.known}
    whose = _("Taken in from %(device)s.") % {"device": taken.device} if taken.device else _("Taken in.")
    messages.success(request, " ".join([whose, new, *([known] if taken.known else [])]))
    if taken.unknown:
        text = ngettext(
            "%(n)s of them led to no ticket. It is in the list of scans.",
            "%(n)s of them led to no ticket. They are in the list of scans.",
            taken.unknown,
        )
        messages.warning(request, text % {"n": taken.unknown})
    if taken.conflicts:
        text = ngettext(
            "%(n)s of them contradicts another scan: look at the conflicts.",
            "%(n)s of them contradict other scans: look at the conflicts.",
            taken.conflicts,
        )
        messages.warning(request, text % {"n": taken.conflicts})
