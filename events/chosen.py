"""Several rows chosen from a list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

LONGEST_KEY = 18  # digits: a longer one fits no row, and SQLite refuses to compare it


class ChosenMany(forms.ModelMultipleChoiceField):
    """A key that no row can have is no choice, like any other key that is not in the list."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if len(str(key)) > LONGEST_KEY:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
                )
        return super().clean(value)
