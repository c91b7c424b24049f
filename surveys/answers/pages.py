"""The pages that somebody who answers sees: a question, the summary, thanks, and a link that is spent.

They stand alone: no menu, no name, no cookie beyond the form's own, nothing kept by the browser or passed on.
"""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from events.programme.models import Event
from surveys.answers.steps import Ask, Place, fields
from surveys.questionnaires.models import Question, Survey

PAGES = "surveys/answers"


def asks_of(questions: Sequence[Question]) -> list[Ask]:
    return [Ask(question.key, question.version, question.scale.values, question.required) for question in questions]


def known_language(wanted: str | None) -> str:
    """``wanted`` if the house speaks it, otherwise Swedish."""
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def show_place(
    request: HttpRequest,
    survey: Survey,
    questions: Sequence[Question],
    place: Place,
    language: str | None,
    *,
    preview_of: str = "",
) -> HttpResponse:
    """The view at ``place``: a question, or the summary. ``preview_of`` is where a preview leads back to."""
    asks, language = asks_of(questions), known_language(language)
    with translation.override(language):
        facts = {
            "survey": survey,
            "event": survey.event,
            "place": place,
            "count": len(questions),
            "carried": fields(asks, place.answers),
            "preview_of": preview_of,
            **_languages(language),
        }
        if place.number > len(questions):
            facts["summary"] = [
                (
                    number,
                    question,
                    question.scale(place.answers[question.key]).label if question.key in place.answers else "",
                )
                for number, question in enumerate(questions, start=1)
            ]
            template = "summary.html"
        else:
            question = questions[place.number - 1]
            facts |= {"question": question, "chosen": place.answers.get(question.key, "")}
            template = "question.html"
        return _alone(render(request, f"{PAGES}/{template}", facts, status=422 if place.missing else 200), language)


def show_thanks(
    request: HttpRequest, event: Event | None, language: str | None, *, preview_of: str = ""
) -> HttpResponse:
    """Says that the answers are in. The same for everybody."""
    language = known_language(language)
    with translation.override(language):
        facts = {"event": event, "preview_of": preview_of, **_languages(language)}
        return _alone(render(request, f"{PAGES}/thanks.html", facts), language)


def show_gone(request: HttpRequest) -> HttpResponse:
    """One answer to used, expired, closed and made-up links, in both languages: nothing tells them apart."""
    return _alone(render(request, f"{PAGES}/gone.html", status=410), settings.LANGUAGE_CODE)


def _languages(language: str) -> dict[str, str]:
    return {"spoken": language, "other": next(code for code, _name in settings.LANGUAGES if code != language)}


def _alone(response: HttpResponse, language: str) -> HttpResponse:
    """Keeps the address and the answers out of caches, search and other sites.

    ``strict-origin`` and not ``no-referrer``: with the latter browsers send ``Origin: null`` with the form, which
    the CSRF check must refuse. Either way no page or file, here or elsewhere, is told the link.
    """
    response.headers["Content-Language"] = language
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
