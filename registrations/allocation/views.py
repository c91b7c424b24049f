"""The room Allocation: the rule, making proposals, and one proposal."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.access.models import AuditEntry
from events.access.rules import may
from events.answers import status_of
from events.errors import Refusal, Stale
from events.nights.gate import get_night_for, get_planned_night_for
from events.once.guard import makes_once
from events.versions import show_stale
from registrations.allocation import ground, queries, running, runs
from registrations.allocation.difference_words import sentences
from registrations.allocation.failures import failure_in_words
from registrations.allocation.forms import AskForm, RuleForm
from registrations.allocation.gate import get_proposal_for
from registrations.allocation.models import Proposal, ProposalKind, ProposalState
from registrations.allocation.names import Names
from registrations.allocation.reallocation_words import news_of, shown
from registrations.allocation.standing import changes_since
from registrations.allocation.words import declared_order

PAGES = "registrations/allocation"
PAGE_SIZE = 50


@login_required
@require_safe
def proposal_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The rule in words, what there is to allocate, a new proposal, those that were made."""
    night = get_night_for(request.user, slug, "allocation.view")
    if night.pk is None:
        return render(request, f"{PAGES}/unplanned.html", {"event": night.event})
    return _show_list(request, night)


def _show_list(request: HttpRequest, night: Any, form: AskForm | None = None, refusal: Refusal | None = None):
    running.fail_lost(at=timezone.now(), night=night)
    proposals = queries.proposals_of(night)
    published = next((row for row in proposals if row.published_at), None)
    context = {
        "event": night.event,
        "night": night,
        "ground": queries.ground_of(night),
        "order": declared_order(night.first_aim),
        "proposals": proposals,
        "under_way": next((row for row in proposals if row.state in ProposalState.under_way()), None),
        "published": published,
        "news": news_of(night) if published else None,
        "comparable": [row for row in proposals if row.state == ProposalState.DONE],
        "hand": queries.hand_placings(night),
        "form": form or AskForm(),
        "refusal": refusal,
        "bookings_open": night.bookings_are_open(timezone.now()),
        "may_propose": may(request.user, "allocation.propose", night.event),
    }
    return render(request, f"{PAGES}/list.html", context, status=status_of(form, refusal))


@login_required
@makes_once
def rule(request: HttpRequest, slug: str) -> HttpResponse:
    """What the shares follow, which aim comes first, and the municipalities' numbers."""
    night = get_planned_night_for(request.user, slug, "allocation.propose")
    form: Any = RuleForm(request.POST or None, instance=copy(night))
    answer: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            ground.change_rule(night=night, by=request.user, at=timezone.now(), **form.details())
        except Stale as refusal:
            night.refresh_from_db()
            answer = {"refusal": refusal, "stored": show_stale(form, night)}
        else:
            messages.success(request, _("The rule is saved. It counts for the next proposal."))
            return redirect("registrations:proposal-list", slug)
    shares = {row.municipality.code: row for row in queries.ground_of(night).shares}
    context = {
        "event": night.event,
        "night": night,
        "form": form,
        "lines": [{**line, "share": shares[line["municipality"].code]} for line in form.lines()],
        "sources": form.sources(),
        "history": AuditEntry.objects.about(night).filter(verb=ground.RULE_CHANGED)[:5],
        **answer,
    }
    return render(request, f"{PAGES}/rule.html", context, status=status_of(form, answer.get("refusal")))


@login_required
@require_POST
@makes_once
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """A new proposal. Where one is being made already, that one is shown."""
    night = get_planned_night_for(request.user, slug, "allocation.propose")
    form = AskForm(request.POST)
    if not form.is_valid():
        return _show_list(request, night, form)
    try:
        made = running.ask_for_proposal(night=night, by=request.user, at=timezone.now(), **form.cleaned_data)
    except running.OneAtATime as refusal:
        messages.error(request, str(refusal))
        return redirect("registrations:proposal", slug, refusal.facts["number"])
    except Refusal as refusal:
        return _show_list(request, night, form, refusal)
    return redirect("registrations:proposal", slug, made.number)


@login_required
@require_safe
def proposal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One proposal: how far it has come, or what came out of it."""
    found = _current(request, slug, number)
    if found.state != ProposalState.DONE:
        return render(request, f"{PAGES}/under_way.html", _progress_context(request, found))
    if request.headers.get("HX-Target") == "classes":
        return render(request, f"{PAGES}/_classes.html", _classes(request, found, Names.of(found.night)))
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
    context = _progress_context(request, found)
    if request.GET.get("step") != str(context["progress"]["step"]):
        context["announce"] = context["progress"]["now"]
    return render(request, f"{PAGES}/_progress.html", context)


@login_required
@require_POST
def stop(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Stop with the best so far."""
    found = get_proposal_for(request.user, slug, number, "allocation.propose")
    running.stop_proposal(proposal=found, by=request.user, at=timezone.now())
    return redirect("registrations:proposal", slug, number)


def _current(request: HttpRequest, slug: str, number: int) -> Proposal:
    """The proposal, after giving up what nobody works on any more."""
    found = get_proposal_for(request.user, slug, number, "allocation.view")
    if found.state == ProposalState.RUNNING and running.fail_lost(at=timezone.now(), night=found.night):
        found = get_proposal_for(request.user, slug, number, "allocation.view")
    return found


def _progress_context(request: HttpRequest, found: Proposal) -> dict[str, Any]:
    waited = timezone.now() - found.asked_at
    return {
        "event": found.night.event,
        "night": found.night,
        "proposal": found,
        "progress": queries.progress_of(found),
        "no_worker": found.state == ProposalState.QUEUED and waited > runs.STALE_AFTER,
        "failure": failure_in_words(found),
        "may_propose": may(request.user, "allocation.propose", found.night.event),
    }


def _result(request: HttpRequest, found: Proposal) -> dict[str, Any]:
    names = Names.of(found.night)
    mine, first = found.measures["proposal"], found.measures["first_come"]
    levels = queries.levels_of(found)
    latest = Proposal.objects.for_night(found.night).published().only("number", "kind", "published_at").first()
    overtaken = latest and (found.kind == ProposalKind.FIRST or latest.published_at > found.asked_at)
    changes = [] if found.published_at or overtaken else sentences(changes_since(found), names)
    event = found.night.event
    return {
        "event": event,
        "night": found.night,
        "proposal": found,
        "mine": mine,
        "first": first,
        "levels": levels,
        "all_proven": all(level.proven for level in levels),
        "waiting": mine["classes"][1] - mine["classes"][0],
        "least": [queries.least_share(one) for one in (mine, first)],
        "wishes": {
            "first": [queries.part(one["first_wish"]) for one in (mine, first)],
            "three": [queries.part(one["three_wishes"]) for one in (mine, first)],
        },
        "municipalities": queries.municipality_lines(mine, first, names),
        "waves": queries.wave_lines(mine, names),
        "changes": changes,
        "reallocation": shown(found, names),
        "broken": any(breaks for _text, breaks in changes),
        "published": latest,
        "superseded": overtaken,
        "others": Proposal.objects.for_night(found.night)
        .filter(state=ProposalState.DONE)
        .exclude(pk=found.pk)
        .only("number", "kind", "note"),
        "may_propose": may(request.user, "allocation.propose", event),
        "may_publish": may(request.user, "allocation.publish", event),
        **_classes(request, found, names),
    }


def _classes(request: HttpRequest, found: Proposal, names: Names) -> dict[str, Any]:
    """The list of classes that the filter lets through, and how many each chip would show."""
    chosen = queries.Filter.from_query(request.GET)
    lines = queries.class_lines(found, names)
    counts = {
        place: sum(queries.Filter(chosen.words, place, chosen.municipality).lets_through(line) for line in lines)
        for place in ("yes", "no", "hand")
    }
    there = {line.row.booking.school.municipality_id for line in lines}
    return {
        "event": found.night.event,
        "proposal": found,
        "chosen": chosen,
        "places": [
            ("yes", _("Has a place"), counts["yes"]),
            ("no", _("No place"), counts["no"]),
            *([("hand", _("Decided by hand"), counts["hand"])] if counts["hand"] else []),
        ],
        "towns": [(code, str(row)) for code, row in names.municipalities.items() if code in there],
        "page_obj": Paginator([line for line in lines if chosen.lets_through(line)], PAGE_SIZE).get_page(
            request.GET.get("page")
        ),
    }
