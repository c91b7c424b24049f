"""What is filled in at the desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from events.programme.models import Event
from registrations.checkin.models import Gate


class GateField(forms.ModelChoiceField):
    """The gate where the desk stands; asked only where there are several."""

    def __init__(self) -> None:
        super().__init__(Gate.objects.none(), label=_("Gate"), empty_label=None)

    def of(self, event: Event) -> None:
        self.queryset = event.gates.order_by("pk")
        gates = list(self.queryset)
        self.initial = gates[0] if gates else None
        if len(gates) == 1:
            self.required = False
            self.widget = forms.HiddenInput()


class WalkInForm(forms.Form):
    """Somebody who has no ticket. The address is not asked for without saying why."""

    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True})
    )
    company = forms.CharField(
        label=_("Company or organisation"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("For two things: the ticket comes here, and one short question afterwards about how it was."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("of a letter", "Language of the letters"), choices=settings.LANGUAGES
    )
    gate = GateField()

    def __init__(self, *args: Any, event: Event, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language() or settings.LANGUAGE_CODE
        gate = self.fields["gate"]
        assert isinstance(gate, GateField)
        gate.of(event)

    @property
    def details(self) -> dict[str, str]:
        """What a phone would have closed in its box."""
        return {name: self.cleaned_data[name] for name in ("name", "company", "email", "language")}
