"""What is filled in at the door."""

from django import forms
from django.utils.translation import gettext_lazy as _


class GateForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the gate"), max_length=60, help_text=_("As on its sign, such as North entrance.")
    )
