"""The organiser writes questions: adds, changes, replaces, moves and removes them."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.answers import status_of
from events.errors import Refusal, Stale
from events.once.guard import makes_once
from events.versions import show_stale
from surveys.questionnaires import editing
from surveys.questionnaires.drafts import draft_from
from surveys.questionnaires.gate import get_survey_for
from surveys.questionnaires.meaning import meaning_of
from surveys.questionnaires.models import Question, Survey
from surveys.questionnaires.options import rows_of
from surveys.questionnaires.queries import has_answers
from surveys.questionnaires.question_forms import QuestionForm, typed
from surveys.questionnaires.scales import Kind
from surveys.questionnaires.templates import questionnaire, spare

PAGES = "surveys/questionnaires"


@login_required
@makes_once
def question_new(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """Choose a question of the bank or a kind, then write it. ``?kind=`` shows the form; ``take`` takes from the bank."""
    survey = get_survey_for(request.user, slug, audience, "surveys.edit")
    if request.method == "POST" and "take" in request.POST:
        return _take(request, survey)
    kind = request.GET.get("kind", "")
    if request.method != "POST" and kind not in Kind.values:
        asked = set(survey.questions.asked().values_list("key", flat=True))
        bank = [one for one in _bank(survey) if one.key not in asked]
        return _page(request, "choose.html", survey, bank=bank, kinds=Kind, language=request.LANGUAGE_CODE)
    earlier = list(survey.questions.asked().select_related("only_if"))
    unsaved = Question(survey=survey)
    form = QuestionForm(request.POST or None, instance=unsaved, earlier=earlier, initial={"kind": kind} if kind else {})
    refusal = None
    if request.method == "POST":
        again = typed(form, request.POST, request.POST.get("do", ""))
        if again is not None:
            form = QuestionForm(instance=Question(survey=survey), earlier=earlier, initial=again)
        elif form.is_valid():
            try:
                editing.add_question(survey=survey, draft=form.draft, by=request.user, at=timezone.now())
            except Refusal as said:
                refusal = said
                form.add_error(None, str(said))
            else:
                messages.success(request, _("The question is added, last in the survey."))
                return _to_questions(survey)
    return _page(request, "question.html", survey, form=form, refusal=refusal)


@login_required
def question_edit(request: HttpRequest, slug: str, audience: str, key: str) -> HttpResponse:
    """Change a question; one that has answers is replaced with a new version, once that has been asked for."""
    survey, question = _question(request, slug, audience, key)
    earlier = list(survey.questions.asked().select_related("only_if").filter(position__lt=question.position))
    form = QuestionForm(request.POST or None, instance=copy(question), earlier=earlier)
    refusal, stored, bound, do = None, [], None, request.POST.get("do", "")
    if request.method == "POST":
        again = typed(form, request.POST, do)
        if again is not None:
            form = QuestionForm(instance=copy(question), earlier=earlier, initial=again)
        elif form.is_valid():
            try:
                editing.change_question(
                    question=question,
                    draft=form.draft,
                    seen=form.cleaned_data["version"] or 0,
                    anew=do == "anew",
                    by=request.user,
                    at=timezone.now(),
                )
            except Stale as said:
                refusal = said
                stored = _show_stale(form, survey, key)
            except editing.QuestionHasAnswers as said:
                refusal, bound = said, "same" if meaning_of(form.draft) == meaning_of(question) else "break"
            except Refusal as said:
                refusal = said
                form.add_error(None, str(said))
            else:
                messages.success(request, _("The question is saved."))
                return _to_questions(survey)
    context = {"question": question, "stored": stored, "has_answers": has_answers(question), "bound": bound}
    return _page(request, "question.html", survey, form=form, refusal=refusal, **context)


@login_required
def question_remove(request: HttpRequest, slug: str, audience: str, key: str) -> HttpResponse:
    """Say what becomes of it on GET, take it out on POST."""
    survey, question = _question(request, slug, audience, key)
    if request.method == "POST":
        try:
            gone = editing.remove_question(question=question, by=request.user, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            kept = _("The question is no longer asked. Its answers stay in the figures.")
            messages.success(request, _("The question is removed.") if gone else kept)
        return _to_questions(survey)
    answered = has_answers(question)
    context = {
        "title": _("Stop asking the question?") if answered else _("Remove the question?"),
        "text": f"”{question.text}” "
        + (_("It has answers: they stay in the figures, but nobody is asked any more.") if answered else ""),
        "action_label": _("Stop asking") if answered else _("Remove the question"),
        "cancel_url": _to_questions(survey).url,
        "tone": "" if answered else "danger",
    }
    return render(request, "components/confirm.html", context)


@login_required
@require_POST
def question_move(request: HttpRequest, slug: str, audience: str, key: str) -> HttpResponse:
    """Put the question in the place ``to``, counted from 1."""
    _survey, question = _question(request, slug, audience, key)
    to = request.POST.get("to", "")
    if not (to.isascii() and to.isdigit() and len(to) < 4):
        raise Http404
    try:
        editing.move_question(question=question, to=int(to), by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('surveys:survey', args=[slug, audience])}#question-{question.key}")


def _take(request: HttpRequest, survey: Survey) -> HttpResponse:
    template = next((one for one in _bank(survey) if one.key == request.POST["take"]), None)
    if template is None:
        raise Http404
    try:
        editing.add_question(
            survey=survey, draft=draft_from(template), key=template.key, by=request.user, at=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The question is added, last in the survey."))
    return _to_questions(survey)


def _bank(survey: Survey) -> list[Any]:
    """What the audience can be asked, the template's own questions too: they may have been taken out."""
    return questionnaire(survey.audience, survey.event.kind) + spare(survey.audience, survey.event.kind)


def _question(request: HttpRequest, slug: str, audience: str, key: str) -> tuple[Survey, Question]:
    survey = get_survey_for(request.user, slug, audience, "surveys.edit")
    return survey, get_object_or_404(survey.questions.asked().select_related("survey", "only_if"), key=key)


def _show_stale(form: QuestionForm, survey: Survey, key: str) -> list[tuple[str, str]]:
    """What a colleague has saved, or the version that has taken the question's place, beside what was typed."""
    row = survey.questions.asked().filter(key=key).first()
    if row is None:
        return []
    stored = show_stale(form, row)
    before = " / ".join(option["sv"] for option in row.options)
    if [(one.sv, one.en) for one in rows_of(row.options)] != [
        (one.sv, one.en) for one in form.cleaned_data["options"] or rows_of(())
    ] and "options" in form.shown:
        stored.append((str(form.fields["options"].label), before))
    return stored


def _to_questions(survey: Survey) -> Any:
    return redirect(f"{reverse('surveys:survey', args=[survey.event.slug, survey.audience])}#questions")


def _page(
    request: HttpRequest,
    template: str,
    survey: Survey,
    *,
    form: Any = None,
    refusal: Refusal | None = None,
    **more: Any,
) -> HttpResponse:
    context = {"event": survey.event, "survey": survey, "form": form, "refusal": refusal, **more}
    return render(request, f"{PAGES}/{template}", context, status=status_of(form, refusal))
