"""Opens sealed ballots: many at a time, in random order, with keys of their own."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from random import SystemRandom

from django.conf import settings
from django.db import transaction

from surveys.answers.batches import count_to_open
from surveys.answers.models import Answer, Ballot, SealedBallot
from surveys.questionnaires.models import Survey


@transaction.atomic
def open_ballots(*, survey: int, at: datetime) -> int:
    """Open as many sealed ballots of the survey (key) as surveys.answers.batches lets; how many that were.

    All are taken out and shuffled, and those that stay are sealed anew: afterwards no row is left that was written
    together with an invitation. Twice is harmless.
    """
    locked = Survey.objects.locked(survey)
    sealed = list(SealedBallot.objects.filter(survey=locked))
    count = count_to_open(
        len(sealed),
        opened=locked.ballots.count(),
        closed=not locked.takes_answers(at),
        below=settings.SUPPRESS_BELOW,
    )
    if not count:
        return 0
    SystemRandom().shuffle(sealed)
    SealedBallot.objects.filter(survey=locked).delete()
    write_ballots(locked, Ballot.Source.LINK, _given(locked, sealed[:count]))
    anew = [SealedBallot(survey=locked, answers=ballot.answers) for ballot in sealed[count:]]
    SealedBallot.objects.bulk_create(sorted(anew, key=lambda ballot: ballot.id))
    return count


def open_waiting_ballots(*, surveys: Iterable[Survey] | None = None, at: datetime) -> int:
    """``open_ballots`` of each of ``surveys`` (``None``: all) that has sealed ones, a transaction each; how many."""
    waiting = SealedBallot.objects.order_by().values_list("survey", flat=True).distinct()
    if surveys is not None:
        waiting = waiting.filter(survey__in=surveys)
    return sum(open_ballots(survey=survey, at=at) for survey in list(waiting))


def write_ballots(survey: Survey, source: str, given: Iterable[Sequence[tuple[int, str]]]) -> None:
    """One ballot for each of ``given``: pairs of a question (key) and its answer's code.

    Written in the order of their random keys, so that the order of the rows on the disk says nothing either.
    """
    ballots = [(Ballot(survey=survey, source=source), answers) for answers in given]
    ballots.sort(key=lambda pair: pair[0].id)
    Ballot.objects.bulk_create([ballot for ballot, _answers in ballots], batch_size=500)
    answers = [
        Answer(ballot=ballot, question_id=question, value=value)
        for ballot, answers in ballots
        for question, value in answers
    ]
    Answer.objects.bulk_create(sorted(answers, key=lambda answer: answer.id), batch_size=500)


def _given(survey: Survey, sealed: Iterable[SealedBallot]) -> list[list[tuple[int, str]]]:
    """What stands on ``sealed`` ballots. Raises ValueError for an answer to a wording that is not the question's."""
    versions = dict(survey.questions.values_list("pk", "version"))
    given = [[(question, version, value) for question, version, value in ballot.answers] for ballot in sealed]
    if any(versions.get(question) != version for answers in given for question, version, _value in answers):
        raise ValueError(f"{survey.slug}: a sealed answer is to another wording than its question's")
    return [[(question, value) for question, _version, value in answers] for answers in given]
