"""The inbox of conflicts: what does not go together at the door, and the desk's word on it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from events.access.gate import get_event_for
from events.answers import status_of
from events.errors import Refusal
from events.programme.models import Event
from registrations.checkin.conflicts.explaining import Explained, explain
from registrations.checkin.conflicts.forms import SettleForm
from registrations.checkin.conflicts.models import Conflict
from registrations.checkin.conflicts.queries import around, conflicts_of, ended_conflicts, open_conflicts
from registrations.checkin.conflicts.settling import settle_with
from registrations.checkin.lists.services import ensure_door
from registrations.checkin.occupancy import occupancy_of

PAGES = "registrations/checkin/conflicts"


@never_cache
@login_required
@require_safe
def conflict_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Those that wait, explained; below them how the others ended. htmx asks for those that wait."""
    event = get_event_for(request.user, slug, "checkin.scan")
    waiting = list(open_conflicts(event))
    live = request.headers.get("HX-Target") == "waiting"
    ended = [] if live else list(ended_conflicts(event))
    explained = _explained(event, [*waiting, *ended])
    context = {"event": event, "waiting": explained[: len(waiting)], "ended": explained[len(waiting) :]}
    return render(request, f"{PAGES}/{'_waiting' if live else 'list'}.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def conflict(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One conflict, and the form that settles it. The second of two desks is told what the first one said."""
    event = get_event_for(request.user, slug, "checkin.scan")
    (explained,) = _explained(event, [get_object_or_404(conflicts_of(event), pk=pk)])
    form, refusal = SettleForm(explained, request.POST or None), None
    if request.method == "POST" and form.is_valid():
        mistake = form.mistake()
        if mistake:
            mistake.event = event
        try:
            settle_with(
                conflict=explained.conflict,
                note=form.cleaned_data["note"],
                mistake=mistake,
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as said:
            refusal = said
            (explained,) = _explained(event, [conflicts_of(event).get(pk=pk)])
        else:
            text = _("Settled. The scan is undone, and the count is right again.") if mistake else _("Settled.")
            messages.success(request, text)
            return redirect("registrations:door-conflicts", slug)
    context = {"event": event, "explained": explained, "form": form, "refusal": refusal}
    return render(request, f"{PAGES}/conflict.html", context, status=status_of(form, refusal))


def _explained(event: Event, conflicts: list[Conflict]) -> list[Explained]:
    """In words; the same number of queries for many as for one."""
    facts, door, inside = around(conflicts), ensure_door(event=event), occupancy_of(event.pk).inside
    return [explain(one, facts, inside, door.fire_limit) for one in conflicts]
