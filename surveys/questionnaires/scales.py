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


class Agreement(models.TextChoices):
    AGREE_FULLY = "agree_fully", pgettext_lazy("answer", "Agree fully")
    AGREE_PARTLY = "agree_partly", pgettext_lazy("answer", "Agree partly")
    NEITHER = "neither", pgettext_lazy("answer", "Neither agree nor disagree")
    DISAGREE_PARTLY = "disagree_partly", pgettext_lazy("answer", "Disagree partly")
    DISAGREE_FULLY = "disagree_fully", pgettext_lazy("answer", "Disagree fully")


class YesNo(models.TextChoices):
    YES = "yes", pgettext_lazy("answer", "Yes")
    NO = "no", pgettext_lazy("answer", "No")
    DONT_KNOW = "dont_know", pgettext_lazy("answer", "Don't know")


class Kind(models.TextChoices):
    SATISFACTION = "satisfaction", pgettext_lazy("kind of question", "Satisfaction, five labels")
    AGREE = "agree", pgettext_lazy("kind of question", "Agreement, five labels")
    YES_NO = "yes_no", pgettext_lazy("kind of question", "Yes, no or don't know")
    SCALE = "scale", pgettext_lazy("kind of question", "Scale with labelled ends")
    NPS = "nps", pgettext_lazy("kind of question", "Recommend, 0–10 (NPS)")
    NKI = "nki", pgettext_lazy("kind of question", "One of the three of the customer satisfaction index, 1–10 (NKI)")
    CHOICE = "choice", pgettext_lazy("kind of question", "One of many")
    CHOICES = "choices", pgettext_lazy("kind of question", "Many of many")
    NUMBER = "number", pgettext_lazy("kind of question", "Number")
    SHORT_TEXT = "short_text", pgettext_lazy("kind of question", "Short text")
    LONG_TEXT = "long_text", pgettext_lazy("kind of question", "Long text")


SCALES: dict[str, type[models.TextChoices]] = {
    Kind.SATISFACTION: Satisfaction,
    Kind.AGREE: Agreement,
    Kind.YES_NO: YesNo,
}

# Kinds whose answers are whole numbers from a lowest to a highest one; the last two always have these ends.
NUMERIC = frozenset({Kind.SCALE, Kind.NUMBER, Kind.NPS, Kind.NKI})
ENDS: dict[str, tuple[int, int]] = {Kind.NPS: (0, 10), Kind.NKI: (1, 10)}
# Kinds whose answers are codes of options that the question itself carries.
WITH_OPTIONS = frozenset({Kind.CHOICE, Kind.CHOICES})
# Kinds that are answered in words: kept apart from ballots, screened, never counted.
TEXTS = frozenset({Kind.SHORT_TEXT, Kind.LONG_TEXT})
LONGEST: dict[str, int] = {Kind.SHORT_TEXT: 200, Kind.LONG_TEXT: 2000}

DONT_KNOW = YesNo.DONT_KNOW.value
# A number's highest value where the question names none: what a sheet of paper can ask for.
LARGEST = 1_000_000

# Which answers a question's figure counts. Top-1 only: "satisfied" is not "very satisfied".
COUNTED: dict[str, frozenset[str]] = {
    Kind.SATISFACTION: frozenset({Satisfaction.VERY_SATISFIED}),
    Kind.AGREE: frozenset({Agreement.AGREE_FULLY}),
    Kind.YES_NO: frozenset({YesNo.YES}),
}
# With the next best: top-2.
COUNTED_TOP_2: dict[str, frozenset[str]] = {
    Kind.SATISFACTION: frozenset({Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED}),
    Kind.AGREE: frozenset({Agreement.AGREE_FULLY, Agreement.AGREE_PARTLY}),
}
