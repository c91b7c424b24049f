"""Gathers the subjects' models for Django; look for a model in its subject's folder."""

from surveys.answers.models import (
    Answer,
    Ballot,
    ClassCode,
    Invitation,
    PaperEntry,
    Receipt,
    SealedBallot,
    Stratum,
    TextAnswer,
)
from surveys.applicants.models import Applicants
from surveys.figures.models import ReportedFigure
from surveys.figures.tokens.models import FigureToken
from surveys.followup.frozen.models import Correction, FrozenFollowup, ShareLink
from surveys.followup.models import Indicator, IndicatorReading
from surveys.followup.words.models import Words
from surveys.questionnaires.models import Question, Survey

__all__ = [
    "Answer",
    "Applicants",
    "Ballot",
    "ClassCode",
    "Correction",
    "FigureToken",
    "FrozenFollowup",
    "Indicator",
    "IndicatorReading",
    "Invitation",
    "PaperEntry",
    "Question",
    "Receipt",
    "ReportedFigure",
    "SealedBallot",
    "ShareLink",
    "Stratum",
    "Survey",
    "TextAnswer",
    "Words",
]
