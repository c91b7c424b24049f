"""Gathers the subjects' models for Django; look for a model in its subject's folder."""

from surveys.answers.models import Answer, Ballot, Invitation, SealedBallot
from surveys.followup.models import Indicator
from surveys.questionnaires.models import Question, Survey

__all__ = ["Answer", "Ballot", "Indicator", "Invitation", "Question", "SealedBallot", "Survey"]
