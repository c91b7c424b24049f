"""A move by hand: chosen, shown with all that it does, and only then kept."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from events.access.models import User
from events.errors import Refusal
from events.once.guard import makes_once
from registrations.placement import adjusting, queries
from registrations.placement.forms import MoveForm
from registrations.placement.gate import get_ready_stand_proposal_for
from registrations.placement.measures import Effect, Measured, moved, objective_by_hand
from registrations.placement.models import StandProposal
from registrations.placement.views import PAGES, halls_of
from registrations.placement.words import level_line, wish_in_words


@login_required
@makes_once
def adjust(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """``?exhibitor=e3&stand=s5`` shows what the move does; posted, it is kept."""
    proposal = get_ready_stand_proposal_for(request.user, slug, number, "allocation.propose")
    if proposal.published_at:
        messages.info(request, str(adjusting.IsPublished.message))
        return redirect("registrations:stand-proposal", slug, number)
    names = queries.Names.of(proposal.event)
    posted = request.method == "POST"
    data = request.POST if posted else request.GET
    companies = {stand: names.exhibitor(ident) for ident, stand in proposal.arrangement.items()}
    form = MoveForm(
        data if "exhibitor" in data and ("stand" in data or posted) else None,
        initial={"exhibitor": data.get("exhibitor", "")},
        proposal=proposal,
        exhibitors=queries.arrangement_lines(proposal, names),
        companies=companies,
    )
    context: dict[str, Any] = {
        "event": proposal.event,
        "proposal": proposal,
        "form": form,
        "halls": halls_of(proposal.event, proposal, names),
    }
    status = 200
    if form.is_bound:
        if not form.is_valid():
            status = 422 if posted else 200
        else:
            try:
                if posted:
                    return _keep(request, slug, proposal, form)
                context |= _shown(proposal, names, form.cleaned_data)
            except Refusal as refusal:
                context["refusal"] = refusal
                status = 409
    return render(request, f"{PAGES}/adjust.html", context, status=status)


def _keep(request: HttpRequest, slug: str, proposal: StandProposal, form: MoveForm) -> HttpResponse:
    seen = request.POST.get("seen", "")
    kept = adjusting.keep_move(
        proposal=proposal,
        seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 6 else -1,
        by=cast(User, request.user),
        at=timezone.now(),
        **form.cleaned_data,
    )
    if kept.pk == proposal.pk:
        messages.success(request, _("Moved."))
    else:
        messages.success(
            request, _("Moved. It stands in a proposal of its own; the one that was computed is as it was.")
        )
    return redirect("registrations:stand-proposal", slug, kept.number)


def _shown(proposal: StandProposal, names: queries.Names, chosen: dict[str, str]) -> dict[str, Any]:
    """The effect in words, and the floor as it would be."""
    effect = adjusting.try_move(proposal, chosen["exhibitor"], chosen["stand"])
    after = moved(proposal.arrangement, chosen["exhibitor"], chosen["stand"])
    return {
        "chosen": chosen,
        "effect": effect,
        "moves": [
            {"name": names.exhibitor(ident), "before": was and names.stand(was), "after": now and names.stand(now)}
            for ident, was, now in effect.moved
        ],
        "levels": _levels(proposal, effect, after),
        "lost": [(names.exhibitor(wish.exhibitor), wish_in_words(wish, names.exhibitor)) for wish in effect.lost],
        "gained": [(names.exhibitor(wish.exhibitor), wish_in_words(wish, names.exhibitor)) for wish in effect.gained],
        "new_competitors": [tuple(map(names.exhibitor, pair)) for pair in effect.new_competitors],
        "gone_competitors": [tuple(map(names.exhibitor, pair)) for pair in effect.gone_competitors],
        "halls": halls_of(
            proposal.event,
            proposal,
            names,
            after,
            [stand for _ident, was, now in effect.moved for stand in (was, now) if stand],
        ),
    }


def _levels(proposal: StandProposal, effect: Effect, after: dict[str, str]) -> list[dict[str, Any]]:
    """Each level before and after; ``better`` is 1, 0 or -1."""
    before = (proposal.solution or {})["objective"]
    then = objective_by_hand(before, Measured(proposal.instance, after).level_values())
    found = []
    for old, new in zip(before, then, strict=True):
        one = level_line(old["name"], old["value"], None, False, effect.before)
        other = level_line(new["name"], new["value"], None, False, effect.after)
        better = 0
        if old["value"] != new["value"]:
            better = 1 if (new["value"] > old["value"]) == (old["sense"] == "max") else -1
        found.append({"title": one.title, "before": one.value, "after": other.value, "better": better})
    return found
