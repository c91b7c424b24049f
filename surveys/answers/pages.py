"""The pages that somebody who answers sees: a question, the summary, thanks, and a link that is spent.

They stand alone: no menu, no name, no cookie beyond the form's own, nothing kept by the browser or passed on.
"""

import secrets
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import translation

from events.programme.models import Event
from surveys.answers.box import RECEIPT_LENGTHS, asks_of
from surveys.answers.steps import Place, fields, progress
from surveys.answers.values import BAR, on_the_way
from surveys.questionnaires.models import Question, Survey
from surveys.questionnaires.scales import DONT_KNOW, LONGEST, NUMERIC, TEXTS, Kind

PAGES = "surveys/answers"


def form_of(posted: QueryDict) -> dict[str, str]:
    """What was posted, as surveys.answers.steps reads it: ticked boxes are one answer."""
    sent = {key: str(posted[key]) for key in posted}
    if "choice" in posted:
        sent["choice"] = BAR.join(posted.getlist("choice"))
    return sent


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
    step, count = progress(asks, place)
    with translation.override(language):
        facts: dict[str, Any] = {
            "survey": survey,
            "event": survey.event,
            "place": place,
            "step": step,
            "count": count,
            "done": round(100 * (step - 1) / max(count, 1)),
            "carried": fields(asks, place.answers),
            "receipt": _receipt(request),
            "preview_of": preview_of,
            **_languages(language),
        }
        if place.number > len(questions):
            on_way = {ask.key for ask in on_the_way(asks, place.answers)}
            facts["summary"] = [
                (number, question, in_words(question, place.answers.get(question.key, "")))
                for number, question in enumerate(questions, start=1)
                if question.key in on_way
            ]
            template = "summary.html"
        else:
            question = questions[place.number - 1]
            facts |= _question_facts(question, place)
            template = "question.html"
        return _alone(render(request, f"{PAGES}/{template}", facts, status=422 if place.missing else 200), language)


def in_words(question: Question, answer: str) -> str:
    """``answer`` in the reader's language: the labels of what was chosen, or what was typed."""
    labels = dict(question.choices)
    if question.kind == Kind.CHOICES:
        return ", ".join(labels[code] for code in answer.split(BAR) if code in labels)
    return labels.get(answer, answer)


def show_thanks(
    request: HttpRequest, event: Event | None, language: str | None, *, preview_of: str = "", next_url: str = ""
) -> HttpResponse:
    """Says that the answers are in. The same for everybody; ``next_url`` leads the class's next pupil to the start."""
    language = known_language(language)
    with translation.override(language):
        facts = {"event": event, "preview_of": preview_of, "next_url": next_url, **_languages(language)}
        return _alone(render(request, f"{PAGES}/thanks.html", facts), language)


def show_gone(request: HttpRequest, *, by_code: bool = False) -> HttpResponse:
    """One answer to used, expired, closed and made-up links, in both languages: nothing tells them apart.

    ``by_code``: they came with a class's code, of which the same is said.
    """
    return _alone(render(request, f"{PAGES}/gone.html", {"by_code": by_code}, status=410), settings.LANGUAGE_CODE)


def show_code_form(
    request: HttpRequest, language: str | None, *, typed: str = "", refused: bool = False
) -> HttpResponse:
    """Asks for a class's code. ``refused``: the one that was typed leads nowhere (used up, closed, none)."""
    language = known_language(language)
    with translation.override(language):
        facts = {"typed": typed, "refused": refused, **_languages(language)}
        return _alone(render(request, f"{PAGES}/code.html", facts, status=422 if refused else 200), language)


def _question_facts(question: Question, place: Place) -> dict[str, Any]:
    """What question.html and its pieces show of ``question``."""
    chosen = place.answers.get(question.key, "")
    offers_dont_know = DONT_KNOW in question.codes and question.kind != Kind.YES_NO
    targets = question.kind in NUMERIC - {Kind.NUMBER}
    apart = targets or question.kind in {Kind.NUMBER, Kind.CHOICES}
    low, high = question.ends
    english = translation.get_language() == "en"
    return {
        "question": question,
        "piece": f"{PAGES}/questions/{_piece(question.kind)}.html",
        "chosen": chosen,
        "chosen_many": chosen.split(BAR),
        "typed": place.typed or ("" if chosen == DONT_KNOW else chosen),
        "choices": [pair for pair in question.choices if not (apart and pair[0] == DONT_KNOW)],
        "dont_know": offers_dont_know and apart and DONT_KNOW,
        "lowest": low,
        "highest": high,
        "low_label": (question.low_label_en if english else "") or question.low_label,
        "high_label": (question.high_label_en if english else "") or question.high_label,
        "longest": LONGEST.get(question.kind, 0),
        "length": len(place.typed or chosen),
        "goes_on": question.kind in TEXTS | {Kind.NUMBER, Kind.CHOICES},
    }


def _piece(kind: str) -> str:
    if kind in {Kind.SCALE, Kind.NPS, Kind.NKI}:
        return "targets"
    return {Kind.CHOICES: "many", Kind.NUMBER: "number", Kind.SHORT_TEXT: "words", Kind.LONG_TEXT: "words"}.get(
        Kind(kind), "one"
    )


def _receipt(request: HttpRequest) -> str:
    """The form's random number: made with its first view, carried by it since."""
    carried = request.POST.get("receipt", "")
    return carried if len(carried) in RECEIPT_LENGTHS else secrets.token_urlsafe(16)


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
