"""The follow-up document, and the editor's choices in it."""

from collections.abc import Callable
from copy import copy
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.access.gate import get_activity_for, get_plan_for
from events.access.models import AuditEntry
from events.answers import status_of
from events.errors import Refusal, Stale
from events.versions import show_stale
from surveys.followup import services
from surveys.followup.forms import IndicatorsForm, SentenceForm
from surveys.followup.frozen.queries import frozen_of
from surveys.followup.gate import get_indicator_for, year_of
from surveys.followup.models import Indicator
from surveys.followup.queries import Finding, document, finding_of, possible_sources
from surveys.followup.readings.telling import read_seen
from surveys.followup.sentences import draft

PAGES = "surveys/followup"
VERSIONS_SHOWN = 3


@login_required
@require_safe
def followup(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The document that the directors read, with the figures as they are now."""
    plan = get_plan_for(request.user, pk, "followup.view")
    if year not in plan.years:
        raise Http404
    paper = document(plan, year, at=timezone.now())
    read_seen(plan.pk, year, [one.indicator.pk for one in paper.findings if one.lags])
    years = [
        {"title": str(one), "url": reverse("surveys:followup", args=[plan.pk, one]), "current": one == year}
        for one in plan.years
    ]
    context = {"plan": plan, "paper": paper, "years": years, "versions": frozen_of(plan, year)[:VERSIONS_SHOWN]}
    return render(request, f"{PAGES}/document.html", context)


@login_required
def indicators(request: HttpRequest, pk: int, activity_pk: int) -> HttpResponse:
    """Choose which figures stand in an activity's row."""
    activity = get_activity_for(request.user, pk, activity_pk, "followup.edit")
    sources = possible_sources(activity)
    standing = list(activity.indicators.select_related("event", "question", "reported"))
    posted = request.POST if request.method == "POST" else None  # with nothing ticked, too
    form = IndicatorsForm(posted, sources=sources, standing=standing)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            services.choose_indicators(activity=activity, choices=form.choices(), by=request.user, at=timezone.now())
        except Refusal as said:
            refusal = said
            form.add_error(None, str(said))
        else:
            messages.success(request, _("The figures stand in the follow-up, and follow their source by themselves."))
            return redirect("surveys:followup", activity.plan_id, activity.year)
    context = {"activity": activity, "plan": activity.plan, "form": form, "sources": sources}
    return render(request, f"{PAGES}/indicators.html", context, status=status_of(form, refusal))


@login_required
def sentence(request: HttpRequest, pk: int, indicator_pk: int) -> HttpResponse:
    """Put own words in place of the draft."""
    indicator = _indicator_for(request, pk, indicator_pk)
    finding = finding_of(indicator, at=timezone.now())
    if finding is None:
        raise Http404
    drafts = [str(finding.draft), *(_drafts_in_other_languages(finding))]
    form = SentenceForm(request.POST or None, instance=copy(indicator), drafts=drafts)
    refusal, stored = None, []
    if request.method == "POST" and form.is_valid():
        try:
            services.change_sentence(
                indicator=indicator,
                sentence=form.cleaned_data["sentence"],
                seen=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Stale as said:
            refusal, stored = said, show_stale(form, Indicator.objects.get(pk=indicator.pk))
        else:
            messages.success(request, _("The sentence is saved."))
            return _to_document(indicator)
    context = {
        "plan": indicator.its_plan,
        "year": year_of(indicator),
        "indicator": indicator,
        "finding": finding,
        "form": form,
        "refusal": refusal,
        "stored": stored,
        "entries": AuditEntry.objects.about(indicator)[:10],
    }
    return render(request, f"{PAGES}/sentence.html", context, status=status_of(form, refusal))


@login_required
@require_POST
def sentence_draft(request: HttpRequest, pk: int, indicator_pk: int) -> HttpResponse:
    """Go back to the draft."""
    done = _("The draft is back, and follows its figure.")
    return _act(request, pk, indicator_pk, partial(services.change_sentence, sentence=""), done)


@login_required
@require_POST
def sentence_keep(request: HttpRequest, pk: int, indicator_pk: int) -> HttpResponse:
    """The words stand although the figure has moved."""
    return _act(request, pk, indicator_pk, services.keep_sentence, _("Your words stand as they are."))


@login_required
@require_POST
def sentence_drop(request: HttpRequest, pk: int, indicator_pk: int) -> HttpResponse:
    """Leave the sentence out (``dropped=1``), or take it back."""
    dropped = request.POST.get("dropped") == "1"
    done = _("The sentence is left out. You can take it back.") if dropped else _("The sentence is back.")
    return _act(request, pk, indicator_pk, partial(services.drop_sentence, dropped=dropped), done)


def _act(request: HttpRequest, pk: int, indicator_pk: int, act: Callable[..., Indicator], done: str) -> HttpResponse:
    indicator = _indicator_for(request, pk, indicator_pk)
    seen = request.POST.get("version", "")
    seen_version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    try:
        act(indicator=indicator, seen=seen_version, by=request.user, at=timezone.now())
    except Stale as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:sentence", pk, indicator_pk)
    messages.success(request, done)
    return _to_document(indicator)


def _indicator_for(request: HttpRequest, pk: int, indicator_pk: int) -> Indicator:
    return get_indicator_for(request.user, pk, indicator_pk, "followup.edit")


def _drafts_in_other_languages(finding: Finding) -> list[str]:
    others = [code for code, _name in settings.LANGUAGES if code != get_language()]
    return [str(draft(finding.figure, code, below=settings.SUPPRESS_BELOW)) for code in others]


def _to_document(indicator: Indicator) -> HttpResponse:
    """Back to the indicator's place in the document."""
    activity = indicator.activity
    response = redirect("surveys:followup", indicator.its_plan.pk, year_of(indicator))
    response["Location"] += f"#activity-{activity.pk}" if activity else "#goals"
    return response
