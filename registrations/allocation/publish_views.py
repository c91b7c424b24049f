"""Publishing: what will happen, then that it has happened."""

from collections import Counter
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.access.models import User
from events.answers import status_of
from events.errors import Refusal
from registrations.allocation import publishing
from registrations.allocation.difference_words import sentences
from registrations.allocation.differences import Difference
from registrations.allocation.forms import PublishForm, usual_answer_by
from registrations.allocation.gate import get_ready_proposal_for
from registrations.allocation.models import Proposal
from registrations.allocation.names import Names


@login_required
def publish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask on GET with everything that will happen, do on POST. A second press is led to what the first one did."""
    proposal = get_ready_proposal_for(request.user, slug, number, "allocation.publish")
    if proposal.published_at:
        messages.info(request, _("The proposal is published: schools have their letters."))
        return redirect("registrations:proposal", slug, number)
    at, by = timezone.now(), cast(User, request.user)
    form: Any = PublishForm(request.POST or None, initial={"answer_by": usual_answer_by(proposal.night, at)})
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            done = publishing.publish(proposal=proposal, answer_by=form.moment(), by=by, at=at)
        except publishing.AnswerByWrong as said:
            refusal = said
            form.add_error("answer_by", str(said))
        except Refusal as said:
            refusal = said
        else:
            text = ngettext(
                "Published. %(n)s letter is on its way.", "Published. %(n)s letters are on their way.", done.letters
            )
            messages.success(request, text % {"n": done.letters})
            return redirect("registrations:proposal", slug, number)
    context = _context(proposal, form, at)
    status = status_of(form if form.is_bound else None, refusal)
    return render(request, "registrations/allocation/publish.html", context, status=status)


def _context(proposal: Proposal, form: Any, at: datetime) -> dict[str, Any]:
    """What would happen: how many classes of which turn, how many get a letter, and what stands against it."""
    in_the_way: Refusal | None = None
    small: list[Difference] = []
    try:
        small = publishing.refuse_unless_publishable(proposal, at)
    except Refusal as said:
        in_the_way = said
    names = Names.of(proposal.night)
    turns = list(publishing.turns_of(proposal))
    told = [row for kind, row, _wave in turns if kind not in publishing.SILENT]
    differences = in_the_way.facts.get("differences", []) if in_the_way else small
    return {
        "event": proposal.night.event,
        "proposal": proposal,
        "form": form,
        "in_the_way": in_the_way,
        "bookings_open": proposal.night.bookings_are_open(at),
        "differences": [text for text, _breaks in sentences(differences, names)],
        "counts": Counter(kind for kind, _row, _wave in turns),
        "moved": [
            {"row": row, "kind": kind, "wave": names.wave(wave)}
            for kind, row, wave in turns
            if kind in {"moved", "lost", "visits"}
        ],
        "bookings": len({row.booking_id for row in told}),
        "pupils": sum(row.pupils for kind, row, wave in turns if wave),
    }
