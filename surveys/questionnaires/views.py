"""The organiser's surveys: made, looked at, opened, closed. Questions are written in editor_views.py."""

from copy import copy
from dataclasses import dataclass
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from events.access.gate import get_event_for
from events.access.models import AuditEntry
from events.answers import status_of
from events.errors import Refusal
from surveys.answers.asked import has_addresses
from surveys.answers.batches import opens_from
from surveys.answers.organiser_views import survey_preview
from surveys.answers.queries import turnout, turnouts
from surveys.questionnaires import services
from surveys.questionnaires.checks import problems
from surveys.questionnaires.drafts import draft_of
from surveys.questionnaires.forms import NewSurveyForm, OpenForm, SurveyForm
from surveys.questionnaires.gate import get_survey_for
from surveys.questionnaires.models import Audience, Question, Survey
from surveys.questionnaires.names import MAKE, TITLES
from surveys.questionnaires.queries import answered_questions, asked_drafts, earlier_surveys
from surveys.questionnaires.templates import proposed, questionnaire

PAGES = "surveys/questionnaires"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A survey that could be made: ``make`` is the button's words, ``asks`` the template's questions, ``earlier`` what
    can be copied instead."""

    audience: Audience
    make: Promise
    asks: list[str]
    earlier: list[Survey]


@login_required
@require_safe
def survey_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The event's surveys and how they go; audiences without one, with what they would be asked."""
    event = get_event_for(request.user, slug, "surveys.view")
    rows = turnouts(event, at=timezone.now())
    language = request.LANGUAGE_CODE
    taken = {row.survey.audience for row in rows}
    earlier = earlier_surveys(event, request.user)
    proposals = [
        Proposal(
            Audience(audience),
            MAKE[audience],
            [question.words.within(language) for question in questionnaire(audience, event.kind)],
            [survey for survey in earlier if survey.audience == audience],
        )
        for audience in proposed(event.kind)
        if audience not in taken
    ]
    return render(request, f"{PAGES}/list.html", {"event": event, "rows": rows, "proposals": proposals})


@login_required
@require_POST
def survey_create(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_event_for(request.user, slug, "surveys.edit")
    form = NewSurveyForm(request.POST)
    if not form.is_valid():
        raise Http404
    audience, copy_of = form.cleaned_data["audience"], form.cleaned_data["copy_of"]
    source = next((one for one in earlier_surveys(event, request.user) if one.pk == copy_of), None)
    if copy_of and (source is None or source.audience != audience):
        raise Http404
    try:
        if source:
            services.copy_survey(event=event, source=source, by=request.user, at=timezone.now())
        else:
            services.create_survey(event=event, audience=audience, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The survey is there as a draft. Read the questions, then open it."))
    return redirect("surveys:survey", event.slug, audience)


@login_required
@require_safe
@csp_update({"frame-src": [SELF]})
def survey(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """One survey: the next step, how it goes, its questions, its history."""
    survey = get_survey_for(request.user, slug, audience, "surveys.view")
    rows = list(survey.questions.select_related("only_if", "replaces"))
    questions = [row for row in rows if row.retired_at is None]
    context = {
        "title": TITLES[survey.audience],
        "event": survey.event,
        "survey": survey,
        "takes_answers": survey.takes_answers(timezone.now()),
        "can_invite": has_addresses(survey.audience),
        "row": turnout(survey, at=timezone.now()),
        "enough": opens_from(settings.SUPPRESS_BELOW),
        "questions": _shown(questions, answered_questions(survey)),
        "retired": [row for row in rows if row.retired_at is not None],
        "problems": problems([(row.key, draft_of(row)) for row in questions]),
        "ways": ["surveys/answers/_ways.html", f"{PAGES}/_no_ways.html"],
        "entries": AuditEntry.objects.about(survey, *rows)[:20],
    }
    return render(request, f"{PAGES}/survey.html", context)


@login_required
def survey_open(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """Say until when people may answer, and open."""
    survey = get_survey_for(request.user, slug, audience, "surveys.edit")
    now = timezone.now()
    form, refusal = OpenForm(request.POST or None, at=now), None
    if request.method == "POST" and form.is_valid():
        try:
            services.open_survey(survey=survey, closes_at=form.cleaned_data["closes_at"], by=request.user, at=now)
        except services.NotReady as said:
            refusal = said
            form.add_error(None, str(said))
        except Refusal as said:
            refusal = said
            form.add_error("closes_at", str(said))
        else:
            can_invite = has_addresses(survey.audience)
            text = _("The survey is open. Now send the invitations.") if can_invite else _("The survey is open.")
            messages.success(request, text)
            return _to_survey(survey)
    return _form(request, "open.html", survey, form, refusal, problems=problems(asked_drafts(survey)))


@login_required
def survey_close(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """Ask on GET, close on POST."""
    survey = get_survey_for(request.user, slug, audience, "surveys.edit")
    if request.method == "POST":
        try:
            services.close_survey(survey=survey, by=request.user, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The survey is closed. What was answered stands in the figures."))
        return _to_survey(survey)
    context = {
        "title": _("Close the survey?"),
        "text": _("Links that were sent stop working, and nobody can answer any more. You can open it again."),
        "action_label": _("Close the survey"),
        "cancel_url": _to_survey(survey).url,
    }
    return render(request, "components/confirm.html", context)


@login_required
def survey_edit(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """Closing day and population."""
    survey = get_survey_for(request.user, slug, audience, "surveys.edit")
    form, refusal = SurveyForm(request.POST or None, instance=copy(survey)), None
    if request.method == "POST" and form.is_valid():
        try:
            services.change_survey(
                survey=survey,
                closes_at=form.cleaned_data["closes_at"],
                population=form.cleaned_data["population"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as said:
            refusal = said
            form.add_error("population" if said.code == "population_too_small" else "closes_at", str(said))
        else:
            messages.success(request, _("The survey is saved."))
            return _to_survey(survey)
    return _form(request, "edit.html", survey, form, refusal)


@login_required
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def survey_frame(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """The preview in the survey page's phone, in ``?language=``. Our own pages alone may frame it; it writes nothing."""
    request.LANGUAGE_CODE = request.GET.get("language") or request.LANGUAGE_CODE
    return survey_preview(request, slug, audience)


@dataclass(frozen=True, slots=True)
class Shown:
    """A question in the organiser's list. ``choices`` are its own answers, ``after`` those that lead to it."""

    question: Question
    number: int
    last: bool
    answered: bool
    choices: list[str]
    after: list[str]


def _shown(questions: list[Question], answered: set[int]) -> list[Shown]:
    return [
        Shown(
            question=question,
            number=number,
            last=number == len(questions),
            answered=question.pk in answered,
            choices=[label for _code, label in question.choices] if question.options else [],
            after=[
                label
                for code, label in (question.only_if.choices if question.only_if else ())
                if code in question.only_if_values
            ],
        )
        for number, question in enumerate(questions, start=1)
    ]


def _to_survey(survey: Survey) -> Any:
    return redirect("surveys:survey", survey.event.slug, survey.audience)


def _form(
    request: HttpRequest, template: str, survey: Survey, form: Any, refusal: Refusal | None, **context: Any
) -> HttpResponse:
    context |= {"event": survey.event, "survey": survey, "form": form, "refusal": refusal}
    return render(request, f"{PAGES}/{template}", context, status=status_of(form, refusal))
