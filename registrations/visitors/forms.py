"""What a visitor fills in, and how the organiser narrows the list."""

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from registrations.visitors.models import Visitor

# The mail with the ticket goes to whatever address was typed: its text must not carry somebody's advertisement.
WEB_ADDRESS = re.compile(r"://|www\.", re.IGNORECASE)


class SignUpForm(forms.ModelForm):
    """``nonce`` is made when the form is shown and comes back with it: sent twice, it is one sign-up."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Visitor
        fields = ["name", "company", "email"]
        labels = {"name": _("Your name"), "company": _("Company or organisation"), "email": _("E-mail")}
        help_texts = {"email": _("The ticket comes here.")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "company": forms.TextInput(attrs={"autocomplete": "organization"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["nonce"].initial = uuid4

    def clean_name(self) -> str:
        return self._without_address("name")

    def clean_company(self) -> str:
        return self._without_address("company")

    def _without_address(self, field: str) -> str:
        text = self.cleaned_data[field]
        if WEB_ADDRESS.search(text):
            raise forms.ValidationError(_("Write a name, not a web address."), code="web_address")
        return text
