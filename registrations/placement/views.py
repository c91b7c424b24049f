"""The room of stands: making proposals, one proposal, two side by side."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.access.gate import get_event_for
from events.access.rules import may
from events.answers import status_of
from events.errors import Refusal
from events.once.guard import makes_once
from events.programme.models import Event
from registrations.allocation import runs
from registrations.allocation.models import ProposalState
from registrations.placement import comparing, queries, running
from registrations.placement.drawing import drawn_halls
from registrations.placement.forms import StandAskForm
from registrations.placement.gate import get_stand_proposal_for
from registrations.placement.loading import gives_out_stands
from registrations.placement.models import StandProposal
from registrations.placement.publishing import changes_since
from registrations.placement.tabs import tabs_of
from registrations.placement.words import AIMS, difference_in_words
from registrations.stands.models import Hall, Stand, StandPlacing

PAGES = "registrations/placement"
PAGE_SIZE = 50


@login_required
@require_safe
def proposal_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is to give, a new proposal, those that were made."""
    event = get_event_for(request.user, slug, "allocation.view")
    return _show_list(request, event)


def _show_list(
    request: HttpRequest, event: Event, form: StandAskForm | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    at = timezone.now()
    running.fail_lost(at=at, event=event)
    proposals = queries.proposals_of(event)
    stands = Stand.objects.for_event(event)
    accepted = event.exhibitors.holding_a_place()
    context = {
        "event": event,
        "tabs": tabs_of(event, "proposals"),
        "gives_stands": gives_out_stands(event),
        "counts": {
            "exhibitors": accepted.count(),
            "stands": stands.filter(blocked_at__isnull=True).count(),
            "placed": StandPlacing.objects.filter(stand__event=event).count(),
            "wishes": accepted.filter(stand_wish__isnull=False).count(),
        },
        "proposals": proposals,
        "under_way": next((row for row in proposals if row.state in ProposalState.under_way()), None),
        "published": next((row for row in proposals if row.published_at), None),
        "comparable": [row for row in proposals if row.state == ProposalState.DONE],
        "form": form or StandAskForm(),
        "order": AIMS.values(),
        "refusal": refusal,
        "may_propose": may(request.user, "allocation.propose", event) and event.takes_decisions(at),
    }
    return render(request, f"{PAGES}/list.html", context, status=status_of(form, refusal))


@login_required
@require_POST
@makes_once
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """A new proposal. Where one is being made already, that one is shown."""
    event = get_event_for(request.user, slug, "allocation.propose")
    form = StandAskForm(request.POST)
    if not form.is_valid():
        return _show_list(request, event, form)
    data = form.cleaned_data
    rows = StandProposal.objects.for_event(event).ready()
    keep = get_object_or_404(rows, number=data["keep"]) if data["keep"] else None
    wanted = {name: data[name] for name in ("seconds", "seed", "note")}
    try:
        made = running.ask_for_proposal(event=event, keep=keep, by=request.user, at=timezone.now(), **wanted)
    except running.OneAtATime as refusal:
        messages.error(request, str(refusal))
        return redirect("registrations:stand-proposal", slug, refusal.facts["number"])
    except Refusal as refusal:
        return _show_list(request, event, form, refusal)
    return redirect("registrations:stand-proposal", slug, made.number)


@login_required
@require_safe
def proposal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One proposal: how far it has come, or what came out of it."""
    found = _current(request, slug, number)
    if found.state != ProposalState.DONE:
        return render(request, f"{PAGES}/under_way.html", _progress_context(request, found))
    return render(request, f"{PAGES}/proposal.html", _result(request, found))


@login_required
@require_safe
def progress(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """How far the run has come, as htmx asks once a second; a run that has ended leads to its page."""
    found = _current(request, slug, number)
    if found.state not in ProposalState.under_way():
        answer = HttpResponse(status=200)
        answer["HX-Refresh"] = "true"
        return answer
    return render(request, f"{PAGES}/_progress.html", _progress_context(request, found))


@login_required
@require_POST
def stop(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Stop with the best so far."""
    found = get_stand_proposal_for(request.user, slug, number, "allocation.propose")
    running.stop_proposal(proposal=found, by=request.user, at=timezone.now())
    return redirect("registrations:stand-proposal", slug, number)


@login_required
@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """``?one=3&other=5``: levels, and who gets another stand."""
    event = get_event_for(request.user, slug, "allocation.view")
    chosen = [request.GET.get(name, "") for name in ("one", "other")]
    numbers = [int(text) for text in chosen if text.isascii() and text.isdigit() and len(text) < 6]
    if len(set(numbers)) != 2:
        messages.error(request, _("Choose two different proposals to compare."))
        return redirect("registrations:stand-proposal-list", slug)
    ready = {row.number: row for row in StandProposal.objects.for_event(event).ready().filter(number__in=numbers)}
    if len(ready) != 2:
        raise Http404
    one, other = ready[numbers[0]], ready[numbers[1]]
    names = queries.Names.of(event)
    context = {
        "event": event,
        "one": one,
        "other": other,
        "levels": comparing.levels(one, other),
        "wishes": comparing.wishes(one, other),
        "turns": comparing.turns(one, other, names),
    }
    return render(request, f"{PAGES}/compare.html", context)


def _current(request: HttpRequest, slug: str, number: int) -> StandProposal:
    """The proposal, after giving up what nobody works on any more."""
    found = get_stand_proposal_for(request.user, slug, number, "allocation.view")
    if found.state == ProposalState.RUNNING and running.fail_lost(at=timezone.now(), event=found.event):
        found = get_stand_proposal_for(request.user, slug, number, "allocation.view")
    return found


def _progress_context(request: HttpRequest, found: StandProposal) -> dict[str, Any]:
    waited = timezone.now() - found.asked_at
    return {
        "event": found.event,
        "proposal": found,
        "progress": queries.progress_of(found),
        "no_worker": found.state == ProposalState.QUEUED and waited > runs.STALE_AFTER,
        "may_propose": may(request.user, "allocation.propose", found.event),
    }


def _result(request: HttpRequest, found: StandProposal) -> dict[str, Any]:
    event, at = found.event, timezone.now()
    names = queries.Names.of(event)
    lines = queries.exhibitor_lines(found, names)
    chosen = queries.Chosen.from_query(request.GET)
    levels = queries.levels_of(found)
    changes = [] if found.published_at else changes_since(found, at)
    may_change = may(request.user, "allocation.propose", event) and event.takes_decisions(at)
    return {
        "event": event,
        "proposal": found,
        "mine": found.measures,
        "levels": levels,
        "all_proven": all(level.proven for level in levels),
        "waiting": [line for line in lines if line.stand is None],
        "page_obj": Paginator([line for line in lines if chosen.lets_through(line)], PAGE_SIZE).get_page(
            request.GET.get("page")
        ),
        "chips": queries.chips(lines),
        "chosen": chosen,
        "halls": halls_of(event, found, names),
        "changes": [difference_in_words(one, names.exhibitor, names.stand) for one in changes],
        "broken": any(one.breaks for one in changes),
        "others": StandProposal.objects.for_event(event).ready().exclude(pk=found.pk).only("number", "kind", "note"),
        "may_propose": may_change,
        "may_publish": may(request.user, "allocation.publish", event) and event.takes_decisions(at),
        "again": StandAskForm(initial={"keep": found.number, "seconds": 15}) if may_change else None,
    }


def halls_of(
    event: Event, found: StandProposal, names: queries.Names, at: dict[str, str] | None = None, moved: Any = ()
) -> list[Any]:
    """The floor with the proposal's companies drawn on it; ``at`` instead of its own arrangement, ``moved`` stands marked."""
    arrangement = found.arrangement if at is None else at
    given = set(found.instance["given"])
    by_hand = {move[0] for move in found.moves}
    there = {row["id"] for row in found.instance["stands"]}
    holder = {stand: ident for ident, stand in arrangement.items()}
    companies, kinds = {}, {}
    for ident, stand in arrangement.items():
        row = names.stands.get(stand)
        if row is not None:
            companies[row.pk] = names.exhibitor(ident)
            kinds[row.pk] = "given" if ident in given else "moved" if ident in by_hand else "placed"
    for stand in moved:
        if stand in names.stands:
            kinds[names.stands[stand].pk] = "moved"
    for ident, row in names.stands.items():
        if ident not in there and row.pk not in kinds:
            kinds[row.pk] = "blocked"  # held or offered, say: it was not to be given
    movers = {
        names.stands[stand].pk: (holder.get(stand, ""), stand)
        for stand in there
        if stand in names.stands and holder.get(stand) not in given
    }
    halls = list(Hall.objects.filter(event=event))
    return drawn_halls(halls, list(names.stands.values()), companies, kinds, movers)
