"""Puts answers in the ballot box: checked, screened, sealed. Every way in ends here."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.errors import Refusal
from events.memory import Remembered
from surveys.answers.batches import opens_from
from surveys.answers.models import Receipt, SealedBallot
from surveys.answers.screening import screened
from surveys.answers.values import (
    Ask,
    Unanswerable,
    left_unanswered,
    understood,
    values_of,
    without_the_unasked,
)
from surveys.questionnaires.models import Question, Survey
from surveys.questionnaires.scales import TEXTS

RECEIPT_LENGTHS = range(16, 65)
KNOWN = Remembered[tuple[list[Question], list[Ask]]](60)
OPENING = Remembered[bool](3)  # which surveys' ballots the worker is about to open


class LinkSpent(Refusal):
    """Used, expired, closed or never made: whoever holds the link is told the same."""

    code = "link_spent"
    message = _("The link cannot be used to answer.")


class AnswerMissing(Refusal):
    code = "answer_missing"
    message = _("A question is left to answer.")


class AnswerUnknown(Refusal):
    code = "answer_unknown"
    message = _("That is none of the answers.")


class QuestionReworded(Refusal):
    code = "question_reworded"
    message = _("A question has been reworded since you answered it.")


def asked_questions(survey: Survey) -> list[Question]:
    """The questions that ``survey`` asks now, in order, each with the one that it depends on. One query."""
    questions = list(survey.questions.asked())
    known = {question.pk: question for question in questions}
    for question in questions:
        if question.only_if_id in known:
            question.only_if = known[question.only_if_id]
    return questions


def known_questions(survey: Survey) -> tuple[list[Question], list[Ask]]:
    """The same, and as the pure modules know them, from this process's memory until one of them changes."""

    def find() -> tuple[list[Question], list[Ask]]:
        questions = asked_questions(survey)
        return questions, asks_of(questions)

    return KNOWN.get((survey.pk, survey.questions_version), find)


def asks_of(questions: Iterable[Question]) -> list[Ask]:
    """``questions`` as the pure modules know them."""
    return [
        Ask(
            key=question.key,
            version=question.version,
            codes=question.codes,
            required=question.required,
            kind=question.kind,
            ends=question.ends,
            only_if=question.only_if.key if question.only_if else "",
            only_if_values=frozenset(question.only_if_values),
        )
        for question in questions
    ]


def survey_taking_answers(pk: int, at: datetime) -> Survey:
    """The survey (key), kept as it is until the transaction ends. Raises LinkSpent when it takes no answers.

    Many may answer side by side; whoever closes or rewords waits for them, and they for those.
    """
    survey = Survey.objects.held(pk)
    if survey is None or not survey.takes_answers(at):
        raise LinkSpent
    return survey


def is_repeated(survey: Survey, receipt: str) -> bool:
    """Whether answers under this number have come; if not, they have now.

    A number that is none (a form of before) is never repeated. Two at once: the second waits for the first.
    """
    return len(receipt) in RECEIPT_LENGTHS and not Receipt.objects.note(survey, digest_of(survey, receipt))


def has_come(survey: Survey, receipt: str) -> bool:
    """Whether answers under this number have come."""
    known = len(receipt) in RECEIPT_LENGTHS
    return known and Receipt.objects.filter(survey=survey, digest=digest_of(survey, receipt)).exists()


def digest_of(survey: Survey, receipt: str) -> str:
    return sha256(f"{survey.pk}:{receipt}".encode()).hexdigest()


def seal(
    survey: Survey,
    *,
    answers: Mapping[str, str],
    shown: Mapping[str, int],
    source: str,
    stratum: int | None,
    whole: bool = True,
) -> None:
    """Seal ``answers`` (by question key, as surveys.answers.values reads them) to ``survey``, which the caller holds.

    ``shown``: the version with which each question was shown, by its key. ``whole``: what must be answered is; a sheet
    of paper cannot be asked again. Words are screened. Raises AnswerMissing, AnswerUnknown or QuestionReworded.
    """
    questions, asks = known_questions(survey)
    given = checked(asks, answers, whole=whole)
    if any(shown.get(question.key) != question.version for question in questions if question.key in given):
        raise QuestionReworded
    values, texts = sealed_rows(questions, given)
    SealedBallot.objects.create(survey=survey, source=source, stratum_id=stratum, answers=values, texts=texts)
    # Apart from this transaction: the task's time must not stand in a row that was written with the invitation's.
    transaction.on_commit(partial(_open_when_enough, survey.pk))


def checked(asks: Sequence[Ask], answers: Mapping[str, str], *, whole: bool = True) -> dict[str, str]:
    """``answers`` to those questions that are asked. Raises AnswerUnknown, or AnswerMissing if it must be ``whole``."""
    by_key = {ask.key: ask for ask in asks}
    given = {}
    for key, text in answers.items():
        if not text:
            continue
        try:
            given[key] = understood(by_key[key], text)
        except (KeyError, Unanswerable) as fault:
            raise AnswerUnknown from fault
    if whole and left_unanswered(asks, given):
        raise AnswerMissing
    return without_the_unasked(asks, given)


def sealed_rows(questions: Iterable[Question], given: Mapping[str, str]) -> tuple[list[list], list[list]]:
    """What a sealed ballot holds of ``given``: its answers and its texts, [question (key), version, value] each."""
    values, texts = [], []
    for question in questions:
        if question.key not in given:
            continue
        if question.kind in TEXTS:
            texts.append([question.pk, question.version, screened(given[question.key])])
        else:
            chosen = values_of(question.kind, given[question.key])
            values += [[question.pk, question.version, value] for value in chosen]
    return values, texts


def _open_when_enough(survey: int) -> None:
    """Have the worker open ballots of the survey (key) in a moment, once there are enough.

    Whoever answers until then is among them: a thousand at once are opened together, and ask nothing here. ``tend``
    sees what the worker was not told.
    """
    from surveys.answers.tasks import open_sealed

    if OPENING.peek(survey):
        return
    if SealedBallot.objects.filter(survey=survey).count() >= opens_from(settings.SUPPRESS_BELOW):
        soon = timezone.now() + timedelta(seconds=OPENING.seconds)
        OPENING.get(survey, lambda: True)
        open_sealed.using(run_after=soon).enqueue(survey)
