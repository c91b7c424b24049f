"""A survey on paper: a page to hang up for each class, and the form to fill in with a pencil."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.pdf import compile_pdf, printable
from registrations.tickets.qr import qr_svg_file
from surveys.answers.box import asked_questions, asks_of
from surveys.answers.codes import spoken_class_code
from surveys.answers.models import ClassCode
from surveys.answers.shorthand import shorthand
from surveys.answers.values import Ask
from surveys.questionnaires.models import Question, Survey
from surveys.questionnaires.scales import DONT_KNOW, NUMERIC, TEXTS, Kind

LINES = {Kind.SHORT_TEXT: 1, Kind.LONG_TEXT: 5}


def class_posters(survey: Survey, codes: Iterable[ClassCode]) -> bytes:
    """A page for each of ``codes``: its QR, and its code and address for who has no camera. In Swedish: pupils read it."""
    with translation.override("sv"):
        address = f"{settings.BASE_URL}{reverse('surveys:class-code')}".partition("://")[2]
        data = {
            **_frame(survey, _("Codes for the survey")),
            "words": {
                "heading": _("What did you think?"),
                "how": _(
                    "Scan the code with a phone or a tablet. It takes a minute, and nobody sees who answered what."
                ),
                "type": _("Or type the code at"),
            },
            "address": address.rstrip("/"),
            "pages": [
                {
                    "school": printable(code.school_class.booking.school.name),
                    "label": printable(code.school_class.label),
                    "code": spoken_class_code(code.code),
                    "qr": qr_svg_file(f"{settings.BASE_URL}{reverse('surveys:class-answer', args=[code.code])}"),
                }
                for code in codes
            ],
        }
        return compile_pdf("survey-posters.typ", data)


def survey_form(survey: Survey, language: str) -> bytes:
    """The questions of ``survey`` as a form for a pencil, in ``language``; a line for the number that the clerk writes."""
    questions = asked_questions(survey)
    with translation.override(language):
        numbers = {question.key: number for number, question in enumerate(questions, start=1)}
        data = {
            **_frame(survey, _("Survey")),
            "words": {
                "sheet": _("Sheet number (filled in by us)"),
                "how": _("Put a cross in one box for each question. Write no names: you are anonymous."),
                "many": _("Several crosses are fine."),
                "thanks": _("Thank you!"),
            },
            "questions": [
                printed_question(question, ask, numbers)
                for question, ask in zip(questions, asks_of(questions), strict=True)
            ],
        }
        return compile_pdf("survey-form.typ", data)


def _frame(survey: Survey, title: str) -> dict[str, Any]:
    event = survey.event
    return {
        "lang": translation.get_language(),
        "title": f"{title} – {printable(event.title)}",
        "author": "Torget",
        "event": printable(event.title),
    }


def printed_question(question: Question, ask: Ask, numbers: dict[str, int]) -> dict[str, Any]:
    """``question`` as the form has it: its number, its words, when it is asked, and what to tick or write.

    In each box stands what the clerk types when it is ticked.
    """
    english = translation.get_language() == "en"
    targets = question.kind in NUMERIC - {Kind.NUMBER}
    boxes = {code: (shorthand(ask, code), printable(label)) for code, label in question.choices}
    # Among yes and no it is one of the answers; everywhere else it stands by itself.
    dont_know = boxes.pop(DONT_KNOW, None) if question.kind != Kind.YES_NO else None
    low, high = question.ends
    return {
        "number": numbers[question.key],
        "text": printable(question.wording),
        "only": _condition(question, numbers),
        "kind": "targets" if targets else "lines" if question.kind in TEXTS else "boxes" if boxes else "number",
        "many": question.kind == Kind.CHOICES,
        "choices": list(boxes.values()),
        "low": printable((question.low_label_en if english else "") or question.low_label),
        "high": printable((question.high_label_en if english else "") or question.high_label),
        "range": f"{low}–{high}",
        "lines": LINES.get(Kind(question.kind), 0),
        "dont_know": dont_know,
    }


def _condition(question: Question, numbers: dict[str, int]) -> str:
    if not question.only_if:
        return ""
    labels = dict(question.only_if.choices)
    answers = [printable(labels.get(value, value)) for value in question.only_if_values]
    either = f" {pgettext('between answers', 'or')} "
    return _("Only if you answered “%(answers)s” to question %(number)s.") % {
        "answers": either.join(answers),
        "number": numbers.get(question.only_if.key, ""),
    }
