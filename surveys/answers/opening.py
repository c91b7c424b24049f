"""Opens sealed ballots: many at a time, in random order, with keys of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom

from django.conf import settings
from django.db import transaction

from surveys.answers.batches import count_to_open
from surveys.answers.models import Answer, Ballot, SealedBallot, TextAnswer
from surveys.figures.moved import figures_moved
from surveys.questionnaires.models import Survey


@transaction.atomic
def open_ballots(*, survey: int, at: datetime) -> int:
    """Open as many sealed ballots of the survey (key) as surveys.answers.batches lets; how many that were.

    All are taken out and shuffled, and those that stay are sealed anew: afterwards no row is left that was written
    together with an invitation. Twice is harmless. While the survey takes answers nobody who answers waits for it.
    """
    opened = _survey_to_open(survey, at)
    if opened is None:
        return 0
    # The rows themselves are locked: of two who open at once the second finds nothing. What comes now is left alone.
    sealed = list(SealedBallot.objects.select_for_update().filter(survey=opened).order_by("pk"))
    count = count_to_open(
        len(sealed),
        opened=opened.ballots.count(),
        closed=not opened.takes_answers(at),
        below=settings.SUPPRESS_BELOW,
    )
    if not count:
        return 0
    SystemRandom().shuffle(sealed)
    SealedBallot.objects.filter(pk__in=[ballot.pk for ballot in sealed]).delete()
    write_ballots(opened, _sheets(opened, sealed[:count]))
    anew = [
        SealedBallot(
            survey=opened,
            source=ballot.source,
            stratum_id=ballot.stratum_id,
            answers=ballot.answers,
            texts=ballot.texts,
        )
        for ballot in sealed[count:]
    ]
    SealedBallot.objects.bulk_create(sorted(anew, key=lambda ballot: ballot.id))
    return count


def _survey_to_open(pk: int, at: datetime) -> Survey | None:
    """The survey, shared with those who answer it; when it takes no answers, ours once the last of them are in.

    ``None`` when it was closed meanwhile: whoever closed it has opened its ballots.
    """
    if Survey.objects.get(pk=pk).takes_answers(at):
        survey = Survey.objects.held(pk)
        return survey if survey and survey.takes_answers(at) else None
    return Survey.objects.locked(pk)


def open_waiting_ballots(*, surveys: Iterable[Survey] | None = None, at: datetime) -> int:
    """``open_ballots`` of each of ``surveys`` (``None``: all) that has sealed ones, a transaction each; how many."""
    waiting = SealedBallot.objects.order_by().values_list("survey", flat=True).distinct()
    if surveys is not None:
        waiting = waiting.filter(survey__in=surveys)
    return sum(open_ballots(survey=survey, at=at) for survey in list(waiting))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One respondent's answers, on their way into the figures: pairs of a question (key) and a code, or words."""

    source: str
    answers: Sequence[tuple[int, str]]
    texts: Sequence[tuple[int, str]] = ()
    stratum: int | None = None


def write_ballots(survey: Survey, sheets: Iterable[Sheet]) -> None:
    """One ballot for each of ``sheets``, and their words apart from it.

    All are written in the order of their random keys, so that the order of the rows on the disk says nothing either.
    """
    given = list(sheets)
    ballots = [(Ballot(survey=survey, source=sheet.source, stratum_id=sheet.stratum), sheet) for sheet in given]
    ballots.sort(key=lambda pair: pair[0].id)
    Ballot.objects.bulk_create([ballot for ballot, _sheet in ballots], batch_size=500)
    answers = [
        Answer(ballot=ballot, question_id=question, value=value)
        for ballot, sheet in ballots
        for question, value in sheet.answers
    ]
    Answer.objects.bulk_create(sorted(answers, key=lambda answer: answer.id), batch_size=500)
    texts = [TextAnswer(question_id=question, text=text) for sheet in given for question, text in sheet.texts]
    TextAnswer.objects.bulk_create(sorted(texts, key=lambda text: text.id), batch_size=500)
    figures_moved(survey.event_id)


def _sheets(survey: Survey, sealed: Iterable[SealedBallot]) -> list[Sheet]:
    """What stands on ``sealed`` ballots. Raises ValueError for an answer to a wording that is not the question's."""
    versions = dict(survey.questions.values_list("pk", "version"))
    found = list(sealed)
    given = [row for ballot in found for row in (*ballot.answers, *ballot.texts)]
    if any(versions.get(question) != version for question, version, _value in given):
        raise ValueError(f"{survey.slug}: a sealed answer is to another wording than its question's")
    return [
        Sheet(
            source=ballot.source,
            answers=[(question, value) for question, _version, value in ballot.answers],
            texts=[(question, text) for question, _version, text in ballot.texts],
            stratum=ballot.stratum_id,
        )
        for ballot in found
    ]
