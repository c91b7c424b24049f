"""Publishing: what will happen or what stands against it, then that it has happened."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.access.models import User
from events.errors import Refusal
from registrations.placement import publishing, queries
from registrations.placement.forms import StandAskForm
from registrations.placement.gate import get_ready_stand_proposal_for
from registrations.placement.models import StandProposal
from registrations.placement.views import PAGES
from registrations.placement.words import difference_in_words


@login_required
def publish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask on GET with everything that will happen, do on POST. A second press is led to what the first one did."""
    proposal = get_ready_stand_proposal_for(request.user, slug, number, "allocation.publish")
    if proposal.published_at:
        messages.info(request, _("The proposal is published: the companies have their letters."))
        return redirect("registrations:stand-proposal", slug, number)
    status = 200
    if request.method == "POST":
        try:
            done = publishing.publish(proposal=proposal, by=cast(User, request.user), at=timezone.now())
        except Refusal:
            status = 409  # the page says what stands against it, as things are now
        else:
            text = ngettext(
                "Published. %(n)s letter is on its way.", "Published. %(n)s letters are on their way.", done.letters
            )
            messages.success(request, text % {"n": done.letters})
            return redirect("registrations:stand-proposal", slug, number)
    return render(request, f"{PAGES}/publish.html", _context(proposal), status=status)


def _context(proposal: StandProposal) -> dict[str, Any]:
    at = timezone.now()
    in_the_way: Refusal | None = None
    found = []
    try:
        found = publishing.refuse_unless_publishable(proposal, at)
    except Refusal as refusal:
        in_the_way, found = refusal, refusal.facts.get("differences", [])
    names = queries.Names.of(proposal.event)
    return {
        "event": proposal.event,
        "proposal": proposal,
        "in_the_way": in_the_way,
        "differences": [difference_in_words(one, names.exhibitor, names.stand) for one in found],
        "outcome": publishing.what_happens(proposal, at),
        "again": StandAskForm(initial={"keep": proposal.number, "seconds": 15}),
    }
