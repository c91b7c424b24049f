"""Forms about places."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.venue.models import Venue
from events.venue.services import VenueDetails
from events.versions import VersionField


def clean_postal_code(typed: str) -> str:
    """``typed`` as "223 50"; empty stays empty. Raises ValidationError for anything but five digits."""
    digits = re.sub(r"\s", "", typed)
    if digits and not re.fullmatch(r"[0-9]{5}", digits):
        raise forms.ValidationError(_("A postal code has five digits, such as 223 50."), code="postal_code")
    return f"{digits[:3]} {digits[3:]}".strip()


class VenueForm(forms.ModelForm):
    """A place. The instance is only read."""

    version = VersionField()

    class Meta:
        model = Venue
        fields = ["name", "street", "postal_code", "city", "accessibility"]
        widgets = {"accessibility": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def clean_postal_code(self) -> str:
        return clean_postal_code(self.cleaned_data["postal_code"])

    def details(self) -> VenueDetails:
        return VenueDetails(**{name: self.cleaned_data[name] for name in self.Meta.fields})
