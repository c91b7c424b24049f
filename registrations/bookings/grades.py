"""Grades as people say them: "grade 9", "upper secondary, year 1". Pure but for the language."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

# Upper secondary school goes on counting: its first year is this grade.
UPPER_SECONDARY = 10


def grade_name(grade: int) -> str:
    """How the field says ``grade``: 9 is "grade 9", 10 "upper secondary, year 1"."""
    if grade < UPPER_SECONDARY:
        return _("grade %(grade)s") % {"grade": grade}
    return _("upper secondary, year %(year)s") % {"year": grade - UPPER_SECONDARY + 1}


def grades_of_school(grades: Iterable[int], *, compulsory: bool, upper_secondary: bool) -> list[int]:
    """Those of the evening's ``grades`` that a school has; all of them when the register does not say, or says none."""
    every = list(grades)
    own = [g for g in every if (compulsory and g < UPPER_SECONDARY) or (upper_secondary and g >= UPPER_SECONDARY)]
    return own or every
