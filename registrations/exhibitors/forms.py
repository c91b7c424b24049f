"""The steps of an application, and the organiser's filters."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.errors import Refusal
from events.versions import VersionField
from registrations.exhibitors.logos import rewrite_logo
from registrations.exhibitors.models import Exhibitor, StandStaff
from registrations.exhibitors.states import State


class StepForm(forms.ModelForm):
    """One step: its fields must be filled before the application is sent, so they are required here and now."""

    version = VersionField()
    must = ()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)
        for name in self.must:
            self.fields[name].required = True

    def changed_fields(self) -> dict[str, Any]:
        """The step's own fields as cleaned, for ``save_details``."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in {"version", "logo", "remove_logo"}
        }


class ProfileForm(StepForm):
    """Who the company is, as visitors will read it."""

    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, JPEG, WebP or GIF, at most 5 MB. Shown on the event's page."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
    )
    remove_logo = forms.BooleanField(label=_("Remove the logo"), required=False)
    must = ("profile", "field")

    class Meta:
        model = Exhibitor
        fields = ["profile", "field", "website", "wishes"]
        widgets = {"profile": forms.Textarea(attrs={"rows": 5}), "wishes": forms.Textarea(attrs={"rows": 3})}

    field_order = ["profile", "field", "website", "logo", "remove_logo", "wishes", "version"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.instance.logo:
            del self.fields["remove_logo"]
        if self.instance.event.takes_schools:
            del self.fields["wishes"]  # each station says what it needs
            self.fields["profile"].help_text = _(
                "Two or three sentences to pupils and teachers: what you make, and what one can work with there."
            )

    def clean_logo(self) -> Any:
        upload = self.cleaned_data["logo"]
        if upload:
            try:
                rewrite_logo(upload)
            except Refusal as refusal:
                raise ValidationError(str(refusal), code=refusal.code) from refusal
            upload.seek(0)
        return upload


class ContactForm(StepForm):
    """Whom the organiser talks to."""

    must = ("contact_name", "contact_email", "contact_phone")

    class Meta:
        model = Exhibitor
        fields = ["contact_name", "contact_email", "contact_phone"]
        widgets = {
            "contact_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "contact_phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        }


class StaffForm(forms.ModelForm):
    """One person for the stand."""

    class Meta:
        model = StandStaff
        fields = ["name", "email"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
        }


class DecisionForm(forms.Form):
    """What the organiser decides, on one application or on many."""

    decision = forms.ChoiceField(choices=[(state.value, state.label) for state in State.decided()])
    message = forms.CharField(
        label=_("A line to the company"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Goes into the mail that tells the decision."),
    )
