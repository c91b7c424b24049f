"""Which days the books are wanted for."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.look.widgets import DayInput


class PeriodForm(forms.Form):
    """``first`` through ``last``, both included, within one calendar year: a SIE file tells of one financial year."""

    marks_optional = False
    first = forms.DateField(label=_("From"), widget=DayInput)
    last = forms.DateField(label=_("Through"), widget=DayInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first."))
        elif first and last and first.year != last.year:
            self.add_error("last", _("Both days must be in the same year: the file tells of one financial year."))
        return cleaned

    @classmethod
    def for_year(cls, day: date) -> "PeriodForm":
        """Filled with the year up to ``day``."""
        return cls({"first": date(day.year, 1, 1), "last": day})
