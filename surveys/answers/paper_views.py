"""Paper: the form to print, and where sheets are typed in; and the words that people wrote."""

from random import SystemRandom
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.access.models import User
from events.errors import Refusal
from events.once.guard import makes_once
from registrations.papers.files import pdf_name, pdf_response
from surveys.answers.box import asked_questions, asks_of
from surveys.answers.models import TextAnswer
from surveys.answers.pages import in_words, known_language
from surveys.answers.paper import MOST_SHEETS, SheetDiffers, Typed, type_sheet
from surveys.answers.papers import survey_form
from surveys.answers.shorthand import not_asked, shorthand, typed_answer
from surveys.answers.values import Ask, Unanswerable
from surveys.figures.themes import themes_of
from surveys.questionnaires.gate import get_survey_for
from surveys.questionnaires.scales import LONGEST, NUMERIC, TEXTS


@login_required
@require_safe
def paper_form(request: HttpRequest, slug: str, audience: str) -> FileResponse:
    """The survey to print and to fill in with a pencil; ``?language=en``."""
    survey = get_survey_for(request.user, slug, audience, "surveys.view")
    language = known_language(request.GET.get("language"))
    return pdf_response(survey_form(survey, language), pdf_name("enkat", survey.event.slug, audience, language))


@login_required
@makes_once
@require_http_methods(["GET", "HEAD", "POST"])
def paper_typing(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """A sheet's answers in one go: a number for each cross, Enter saves and brings the next sheet."""
    survey = get_survey_for(request.user, slug, audience, "surveys.edit")
    questions = asked_questions(survey)
    asks = asks_of(questions)
    typed = {ask.key: request.POST.get(f"q-{ask.key}", "") for ask in asks}
    sheet = _sheet(request)
    refusal: Refusal | None = None
    faults: dict[str, str] = {}
    first: dict[str, str] = {}
    if request.method == "POST":
        answers, faults = _read(asks, typed)
        if sheet and not faults:
            try:
                done = type_sheet(
                    survey=survey,
                    sheet=sheet,
                    answers=answers,
                    settled=request.POST.get("settled") == "1",
                    by=cast(User, request.user),
                    at=timezone.now(),
                )
            except SheetDiffers as said:
                refusal, first = said, {key: said.first.get(key, "") for key in said.keys}
            except Refusal as said:
                refusal = said
            else:
                _say(request, sheet, done)
                page = reverse("surveys:paper-typing", args=[slug, audience])
                return redirect(f"{page}?sheet={min(sheet + 1, MOST_SHEETS)}")
    by_key = {ask.key: ask for ask in asks}
    rows = [
        {
            "question": question,
            "number": number,
            "typed": typed[question.key],
            "fault": faults.get(question.key, ""),
            "differs": question.key in first,
            "first": in_words(question, first.get(question.key, "")),
            "first_short": shorthand(by_key[question.key], first.get(question.key, "")),
            "is_words": question.kind in TEXTS,
            "is_number": question.kind in NUMERIC,
            "longest": LONGEST.get(question.kind, 0),
        }
        for number, question in enumerate(questions, start=1)
    ]
    context = {
        "event": survey.event,
        "survey": survey,
        "rows": rows,
        "sheet": sheet or "",
        "sheet_missing": request.method == "POST" and not sheet,
        "refusal": refusal,
        "differs": bool(first),
        "faults": faults,
        "once": survey.paper_entries.count(),
    }
    wrong = bool(faults or refusal or context["sheet_missing"])
    return render(request, "surveys/answers/paper_typing.html", context, status=422 if wrong else 200)


@login_required
@require_safe
def texts(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """What people wrote, in another order each time, and the words that many used; when there are enough to hide among."""
    survey = get_survey_for(request.user, slug, audience, "figures.view")
    questions = list(survey.questions.filter(kind__in=TEXTS).order_by("position", "version"))
    written: dict[int, list[str]] = {question.pk: [] for question in questions}
    for question, text in TextAnswer.objects.filter(question__in=questions).values_list("question", "text"):
        written[question].append(text)
    for found in written.values():
        SystemRandom().shuffle(found)
    below = settings.SUPPRESS_BELOW
    rows = [
        (question, found if len(found) >= below else [], themes_of(found, below=below))
        for question in questions
        for found in [written[question.pk]]
    ]
    context = {"event": survey.event, "survey": survey, "rows": rows, "below": below}
    return render(request, "surveys/answers/texts.html", context)


def _sheet(request: HttpRequest) -> int:
    """The sheet's number; 0 for none that makes sense. Without one the next is proposed on GET."""
    text = request.POST.get("sheet", "") if request.method == "POST" else request.GET.get("sheet", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
    return number if number <= MOST_SHEETS else 0


def _read(asks: list[Ask], typed: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The answers that were typed, and what is wrong by question."""
    answers, faults = {}, {}
    for ask in asks:
        try:
            answers[ask.key] = typed_answer(ask, typed[ask.key])
        except Unanswerable as refused:
            faults[ask.key] = refused.fault.value
    if not faults:
        faults = dict.fromkeys(not_asked(asks, answers), "not_asked")
    return answers, faults


def _say(request: HttpRequest, sheet: int, done: Typed) -> None:
    if done == Typed.ONCE:
        text = _("Sheet %(sheet)s is typed once. It counts when it has been typed a second time.")
    else:
        text = _("Sheet %(sheet)s is counted: both typings agree.")
    messages.success(request, text % {"sheet": sheet})
