"""The follow-up document, and the editor's choices in it."""

from copy import copy

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
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
from surveys.followup.models import Indicator
from surveys.followup.queries import document, finding_of, possible_sources
from surveys.followup.sentences import draft

PAGES = "surveys/followup"


@login_required
@require_safe
def followup(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The document that the directors read, with the figures as they are now."""
    plan = get_plan_for(request.user, pk, "followup.view")
    if year not in plan.years:
        raise Http404
    paper = document(plan, year, at=timezone.now())
    years = [
        {"title": str(one), "url": reverse("surveys:followup", args=[plan.pk, one]), "current": one == year}
        for one in plan.years
    ]
    return render(request, f"{PAGES}/document.html", {"plan": plan, "paper": paper, "years": years})


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
        "plan": indicator.activity.plan,
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
    indicator = _indicator_for(request, pk, indicator_pk)
    seen = request.POST.get("version", "")
    try:
        services.change_sentence(
            indicator=indicator,
            sentence="",
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0,
            by=request.user,
            at=timezone.now(),
        )
    except Stale as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:sentence", pk, indicator_pk)
    messages.success(request, _("The draft is back, and follows its figure."))
    return _to_document(indicator)


def _indicator_for(request: HttpRequest, pk: int, indicator_pk: int) -> Indicator:
    plan = get_plan_for(request.user, pk, "followup.edit")
    rows = Indicator.objects.select_related("activity__plan__area", "event", "question", "reported__event")
    return get_object_or_404(rows, activity__plan=plan, pk=indicator_pk)


def _drafts_in_other_languages(finding: object) -> list[str]:
    others = [code for code, _name in settings.LANGUAGES if code != get_language()]
    return [str(draft(finding.figure, code, below=settings.SUPPRESS_BELOW)) for code in others]


def _to_document(indicator: Indicator) -> HttpResponse:
    activity = indicator.activity
    response = redirect("surveys:followup", activity.plan_id, activity.year)
    response["Location"] += f"#activity-{activity.pk}"
    return response
