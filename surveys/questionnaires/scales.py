"""The answers that a question can have, and what counts as what. Pure.

A scale's codes never change: stored answers and imported files are written in them.
"""

from django.db import models
from django.utils.translation import pgettext_lazy


class Satisfaction(models.TextChoices):
    VERY_SATISFIED = "very_satisfied", pgettext_lazy("answer", "Very satisfied")
    SATISFIED = "satisfied", pgettext_lazy("answer", "Satisfied")
    NEITHER = "neither", pgettext_lazy("answer", "Neither satisfied nor dissatisfied")
    DISSATISFIED = "dissatisfied", pgettext_lazy("answer", "Dissatisfied")
    VERY_DISSATISFIED = "very_dissatisfied", pgettext_lazy("answer", "Very dissatisfied")


class YesNo(models.TextChoices):
    YES = "yes", pgettext_lazy("answer", "Yes")
    NO = "no", pgettext_lazy("answer", "No")
    DONT_KNOW = "dont_know", pgettext_lazy("answer", "Don't know")


class Kind(models.TextChoices):
    SATISFACTION = "satisfaction", pgettext_lazy("kind of question", "Satisfaction, five labels")
    YES_NO = "yes_no", pgettext_lazy("kind of question", "Yes, no or don't know")


SCALES: dict[str, type[models.TextChoices]] = {Kind.SATISFACTION: Satisfaction, Kind.YES_NO: YesNo}

# Which answers a question's figure counts. Top-1 only: "satisfied" is not "very satisfied".
COUNTED: dict[str, frozenset[str]] = {
    Kind.SATISFACTION: frozenset({Satisfaction.VERY_SATISFIED}),
    Kind.YES_NO: frozenset({YesNo.YES}),
}
