"""Somebody answers a survey: through a one-time link, with a class's code, or through the open link."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect
from django_ratelimit.core import is_ratelimited
from django_ratelimit.exceptions import Ratelimited

from events.access.limits import client_ip
from events.memory import Remembered
from surveys.answers import codes, services, ways
from surveys.answers.box import (
    AnswerMissing,
    AnswerUnknown,
    LinkSpent,
    QuestionReworded,
    asked_questions,
    asks_of,
    has_come,
    known_questions,
)
from surveys.answers.links import key_in
from surveys.answers.models import ClassCode, Invitation
from surveys.answers.pages import (
    form_of,
    known_language,
    show_code_form,
    show_gone,
    show_place,
    show_thanks,
)
from surveys.answers.steps import move, start
from surveys.questionnaires.models import Survey

# Only codes that lead nowhere are counted: a school whose pupils sit behind one address answers all at once.
MISSES = {"group": "class-code-misses", "key": "ip", "rate": "60/m"}
GUESSER_WAITS_S, GUESSERS = 60, Remembered[bool](1)
# Whoever has the open link may answer as often as they like, but not as fast as a program.
OPEN_SENDS = {"group": "open-survey", "key": "ip", "rate": "120/h"}
# More answers of one class in so many seconds than a tablet can be passed on.
BURST_FROM, BURSTS = 6, Remembered[int](10)


@dataclass(frozen=True, slots=True)
class Way:
    """A way in: to which survey, in which language, how answers are put in the box, and where the thanks are.

    ``by_code``: it is a class's code and not a link.
    """

    survey: Survey
    language: str
    submit: Callable[..., bool]
    thanks: str
    by_code: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """One question a view. To open the link spends nothing (mail programs open links); to send the answers does."""
    key = key_in(token)
    found = Invitation.objects.select_related("survey").filter(key=key).first() if key else None
    if found is None:
        return show_gone(request)
    way = Way(
        found.survey, found.language, partial(services.submit_answers, invitation=found), reverse("surveys:thanks")
    )
    return _walk(request, way, takes=not found.used)


@require_http_methods(["GET", "HEAD", "POST"])
def class_code(request: HttpRequest) -> HttpResponse:
    """Where a class's code is typed."""
    language = request.POST.get("language") or request.POST.get("spoken") or request.GET.get("language")
    typed = request.POST.get("code", "")
    if request.method != "POST" or "language" in request.POST:
        return show_code_form(request, language, typed=typed[:40])
    found = _class_code(request, typed)
    if found is None or not found.takes_answers(timezone.now()):
        return show_code_form(request, language, typed=typed[:40], refused=True)
    return _go(request, reverse("surveys:class-answer", args=[found.code]))


@require_http_methods(["GET", "HEAD", "POST"])
def class_answer(request: HttpRequest, code: str) -> HttpResponse:
    """The survey for whoever has a class's code, until as many have answered as are in the class."""
    found = _class_code(request, code)
    if found is None:
        return show_gone(request, by_code=True)
    way = Way(
        found.survey,
        "sv",
        lambda **facts: ways.submit_with_code(code=found, quick=_is_quick(found), **facts),
        reverse("surveys:class-thanks", args=[found.code]),
        by_code=True,
    )
    return _walk(request, way, takes=found.used < found.cap)


@require_http_methods(["GET", "HEAD", "POST"])
def open_answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """The survey for whoever has its open link, where the organiser has switched it on."""
    survey = Survey.objects.filter(open_key=key).first()
    if survey is None:
        return show_gone(request)
    if request.POST.get("go") == "send" and is_ratelimited(request, increment=True, **OPEN_SENDS):
        raise Ratelimited
    return _walk(request, Way(survey, "sv", partial(ways.submit_openly, key=key), reverse("surveys:thanks")))


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """The answers are in. Has no link in its address, so that a reload asks and tells nothing."""
    return show_thanks(request, None, request.GET.get("language"))


@require_safe
def class_thanks(request: HttpRequest, code: str) -> HttpResponse:
    """The same, with the way on for the next pupil where a class shares a tablet. Asks nothing about the code."""
    known = codes.read_class_code(code)
    next_url = reverse("surveys:class-answer", args=[known]) if known else ""
    return show_thanks(request, None, request.GET.get("language"), next_url=next_url)


def _walk(request: HttpRequest, way: Way, *, takes: bool = True) -> HttpResponse:
    """One view of the survey, or its end. ``takes``: whether the way in can still be used."""
    sent = form_of(request.POST)
    language = sent.get("language") or sent.get("spoken") or way.language
    receipt = sent.get("receipt", "")
    questions, asks = known_questions(way.survey)
    place = move(asks, sent) if request.method == "POST" else start()
    takes = takes and way.survey.takes_answers(timezone.now())
    if not (takes and place.sending):
        if sent.get("go") == "send" and has_come(way.survey, receipt):
            return _to_thanks(request, way, language)
        if not takes:
            return show_gone(request, by_code=way.by_code)
        return show_place(request, way.survey, questions, place, language)
    shown = {question.key: question.version for question in questions}
    try:
        way.submit(answers=place.answers, shown=shown, at=timezone.now(), receipt=receipt)
    except LinkSpent:
        return show_gone(request, by_code=way.by_code)
    except (AnswerMissing, AnswerUnknown, QuestionReworded):
        # A question was reworded while they pressed: ask what it asks now.
        questions = asked_questions(way.survey)
        place = replace(move(asks_of(questions), sent), sending=False, missing=True)
        return show_place(request, way.survey, questions, place, language)
    return _to_thanks(request, way, language)


def _to_thanks(request: HttpRequest, way: Way, language: str) -> HttpResponse:
    return _go(request, f"{way.thanks}?language={known_language(language)}")


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """To another page, and not only its content into this one: its address is what the browser shows and loads again."""
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _class_code(request: HttpRequest, typed: str) -> ClassCode | None:
    """The class's code that was typed or scanned. Raises Ratelimited for who guesses."""
    guesser = f"class-code-guesser:{client_ip(request)}"
    if GUESSERS.get(guesser, lambda: cache.get(guesser, default=False)):
        raise Ratelimited
    known = codes.read_class_code(typed)
    found = ClassCode.objects.select_related("survey").filter(code=known).first() if known else None
    if found is None and is_ratelimited(request, increment=True, **MISSES):
        cache.set(guesser, True, GUESSER_WAITS_S)
        GUESSERS.change(guesser, True)
    return found


def _is_quick(code: ClassCode) -> bool:
    """Whether this answer is one of more than a class can give on one tablet. Each process counts; nothing is kept."""
    count = BURSTS.get(code.pk, int) + 1
    BURSTS.change(code.pk, count)
    return count >= BURST_FROM
