"""A class in a proposal: its way round or why it has no place, and what is decided about it by hand."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.access.models import AuditEntry
from events.access.rules import may
from events.answers import status_of
from events.errors import Refusal
from events.once.guard import makes_once
from registrations.allocation import hand, queries
from registrations.allocation.forms import HandForm
from registrations.allocation.gate import get_ready_proposal_for
from registrations.allocation.names import Names
from registrations.bookings.gate import get_event_class


@login_required
@makes_once
def school_class(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """One class in one proposal. Posting decides about it by hand, for the proposals to come."""
    writes = request.method == "POST"
    permission = "allocation.propose" if writes else "allocation.view"
    proposal = get_ready_proposal_for(request.user, slug, number, permission)
    names = Names.of(proposal.night)
    lines = queries.class_lines(proposal, names)
    line = next((one for one in lines if one.row.pk == pk), None)
    if line is None:
        raise Http404
    form: Any = HandForm(request.POST or None, night=proposal.night, initial=_initial(line.row))
    refusal: Refusal | None = None
    by: Any = request.user
    if writes and form.is_valid():
        line.row.booking.night = proposal.night
        try:
            hand.place_by_hand(school_class=line.row, by=by, at=timezone.now(), **form.details())
        except Refusal as said:
            refusal = said
            form.add_error("decision", str(said))
        else:
            messages.success(request, _("Decided by hand. The next proposal keeps to it; this one stays as it is."))
            return redirect("registrations:proposal-class", slug, number, pk)
    context = {
        "event": proposal.night.event,
        "proposal": proposal,
        "line": line,
        "placing": getattr(line.row, "hand_placing", None),
        "teams": queries.timetable_of(proposal, f"c{pk}", names),
        "form": form,
        "history": AuditEntry.objects.about(line.row).filter(verb__in=[hand.PLACED, hand.RELEASED])[:5],
        "may_propose": may(request.user, "allocation.propose", proposal.night.event),
    }
    status = status_of(form if writes else None, refusal)
    return render(request, "registrations/allocation/class.html", context, status=status)


@login_required
@require_POST
def release(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back what was decided by hand."""
    found = get_event_class(request.user, slug, pk, "allocation.propose")
    by: Any = request.user
    if hand.release(school_class=found, by=by, at=timezone.now()):
        messages.success(request, _("%(label)s is decided by the computation again.") % {"label": found.label})
    return redirect("registrations:proposal-list", slug)


def _initial(row: Any) -> dict[str, Any]:
    placing = getattr(row, "hand_placing", None)
    if placing is None:
        return {}
    chosen = "none" if not placing.gets_a_place else f"wave-{placing.wave_id}" if placing.wave_id else "any"
    return {"decision": chosen, "note": placing.note}
