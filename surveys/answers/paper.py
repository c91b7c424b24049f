"""Sheets of paper, typed in twice: when both typings agree they are one ballot, and nothing else of them is left."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access.models import User
from events.errors import Refusal
from surveys.answers.box import asked_questions, asks_of, checked, has_come, is_repeated, seal
from surveys.answers.models import PaperEntry, Source
from surveys.answers.screening import screened
from surveys.answers.shorthand import differences
from surveys.answers.values import Ask
from surveys.questionnaires.models import Survey, SurveyState
from surveys.questionnaires.scales import TEXTS

MOST_SHEETS = 99_999


class SheetIsIn(Refusal):
    code = "sheet_is_in"
    message = _("Sheet %(sheet)s has been typed twice and counted already.")


class SheetDiffers(Refusal):
    """``keys`` are the questions that differ, ``first`` what was typed the first time."""

    code = "sheet_differs"
    message = _("The two typings differ. Look at the sheet, put it right and save again.")

    def __init__(self, keys: Sequence[str], first: Mapping[str, str]):
        super().__init__()
        self.keys, self.first = keys, first


class NotYetOpen(Refusal):
    code = "survey_is_draft"
    message = _("The survey is a draft: open it before sheets are typed in.")


class Typed(Enum):
    ONCE = "once"
    COUNTED = "counted"


@transaction.atomic
def type_sheet(
    *, survey: Survey, sheet: int, answers: Mapping[str, str], settled: bool, by: User | None, at: datetime
) -> Typed:
    """Keep the first typing of ``sheet``, or compare the second with it; one that agrees is sealed, and the first erased.

    ``settled``: the clerk has looked at a sheet whose typings differ, and says that this one is right. A sheet that
    came on paper counts when the survey is closed, too. Raises SheetDiffers, SheetIsIn, NotYetOpen or AnswerUnknown.
    """
    survey = Survey.objects.locked(survey.pk)
    if survey.state == SurveyState.DRAFT:
        raise NotYetOpen
    if has_come(survey, _receipt(sheet)):
        raise SheetIsIn(sheet=sheet)
    questions = asked_questions(survey)
    asks = asks_of(questions)
    plain = checked(asks, answers, whole=False)
    given = _without_people(asks, plain)
    first = survey.paper_entries.select_for_update(of=("self",), no_key=True).filter(sheet=sheet).first()
    if first is None:
        PaperEntry.objects.create(survey=survey, sheet=sheet, answers=given, typed_by=by, typed_at=at)
        return Typed.ONCE
    different = differences(asks, first.answers, given)
    if different and not settled:
        raise SheetDiffers(different, first.answers)
    first.delete()
    is_repeated(survey, _receipt(sheet))
    shown = {question.key: question.version for question in questions}
    # ``seal`` screens by itself: a mark may be longer than what it replaces, and the words then longer than they may be.
    seal(survey, answers=plain, shown=shown, source=Source.PAPER, stratum=None, whole=False)
    return Typed.COUNTED


def _without_people(asks: Sequence[Ask], given: Mapping[str, str]) -> dict[str, str]:
    words = {ask.key for ask in asks if ask.kind in TEXTS}
    return {key: screened(answer) if key in words else answer for key, answer in given.items()}


def _receipt(sheet: int) -> str:
    """A sheet counts once, as a phone's form does."""
    return f"sheet-of-paper-{sheet:06}"
