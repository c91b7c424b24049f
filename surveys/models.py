"""Gathers the subjects' models for Django; look for a model in its subject's folder."""

from surveys.answers.models import Answer, Ballot, Invitation, SealedBallot
from surveys.applicants.models import Applicants
from surveys.figures.models import ReportedFigure
from surveys.followup.models import Indicator
from surveys.questionnaires.models import Question, Survey

__all__ = [
    "Answer",
    "Applicants",
    "Ballot",
    "Indicator",
    "Invitation",
    "Question",
    "ReportedFigure",
    "SealedBallot",
    "Survey",
]
