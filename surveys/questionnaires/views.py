"""The organiser's surveys: made, worded, looked at, opened, closed."""

from copy import copy
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.access.gate import get_event_for
from events.access.models import AuditEntry
from events.answers import status_of
from events.errors import Refusal, Stale
from events.versions import show_stale
from surveys.answers.batches import opens_from
from surveys.answers.queries import turnout, turnouts
from surveys.questionnaires import services
from surveys.questionnaires.forms import NewSurveyForm, OpenForm, QuestionForm, SurveyForm
from surveys.questionnaires.gate import get_survey_for
from surveys.questionnaires.models import Audience, Question, Survey
from surveys.questionnaires.queries import has_answers
from surveys.questionnaires.templates import questionnaire

PAGES = "surveys/questionnaires"


@login_required
@require_safe
def survey_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The event's surveys and how they go; audiences without one, with what they would be asked."""
    event = get_event_for(request.user, slug, "surveys.view")
    rows = turnouts(event, at=timezone.now())
    language = request.LANGUAGE_CODE
    taken = {row.survey.audience for row in rows}
    proposals = [
        (audience, [question.words.within(language) for question in questionnaire(audience.value, event.kind)])
        for audience in Audience
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
    audience = form.cleaned_data["audience"]
    try:
        services.create_survey(event=event, audience=audience, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The survey is there as a draft. Read the questions, then open it."))
    return redirect("surveys:survey", event.slug, audience)


@login_required
@require_safe
def survey(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """One survey: the next step, how it goes, its questions, its history."""
    survey = get_survey_for(request.user, slug, audience, "surveys.view")
    questions = list(survey.questions.all())
    context = {
        "event": survey.event,
        "survey": survey,
        "takes_answers": survey.takes_answers(timezone.now()),
        "row": turnout(survey, at=timezone.now()),
        "enough": opens_from(settings.SUPPRESS_BELOW),
        "questions": questions,
        "entries": AuditEntry.objects.about(survey, *questions)[:20],
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
        except Refusal as said:
            refusal = said
            form.add_error("closes_at", str(said))
        else:
            messages.success(request, _("The survey is open. Now send the invitations."))
            return _to_survey(survey)
    return _form(request, "open.html", survey, form, refusal)


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
def question_edit(request: HttpRequest, slug: str, audience: str, key: str) -> HttpResponse:
    """Reword a question that nobody has answered."""
    survey = get_survey_for(request.user, slug, audience, "surveys.edit")
    question = get_object_or_404(survey.questions.select_related("survey"), key=key)
    form, refusal, stored = QuestionForm(request.POST or None, instance=copy(question)), None, []
    if request.method == "POST" and form.is_valid():
        try:
            services.change_question(
                question=question,
                text=form.cleaned_data["text"],
                text_en=form.cleaned_data["text_en"],
                seen=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Stale as said:
            refusal, stored = said, show_stale(form, Question.objects.get(pk=question.pk))
        except Refusal as said:
            refusal = said
            form.add_error(None, str(said))
        else:
            messages.success(request, _("The question is saved."))
            return _to_survey(survey)
    context = {"question": question, "stored": stored, "has_answers": has_answers(question)}
    return _form(request, "question.html", survey, form, refusal, **context)


def _to_survey(survey: Survey) -> Any:
    return redirect("surveys:survey", survey.event.slug, survey.audience)


def _form(
    request: HttpRequest, template: str, survey: Survey, form: Any, refusal: Refusal | None, **context: Any
) -> HttpResponse:
    context |= {"event": survey.event, "survey": survey, "form": form, "refusal": refusal}
    return render(request, f"{PAGES}/{template}", context, status=status_of(form, refusal))
