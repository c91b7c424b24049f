"""Forms about companies."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.municipalities.models import Municipality
from events.versions import VersionField
from registrations.organisations.models import Organisation
from registrations.organisations.numbers import NotANumber, read_organisation_number


class OrganisationNumberField(forms.CharField):
    """Reads an organisation number in any usual writing; cleans to ten digits."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("label", _("Organisation number"))
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "559012-3456"}),
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return read_organisation_number(text)
        except NotANumber as wrong:
            raise ValidationError(wrong.reason, code=wrong.code) from wrong


class FindForm(forms.Form):
    """Finds a company by its number."""

    number = OrganisationNumberField(
        help_text=_("Ten digits. It is on your invoices and in your registration certificate.")
    )


class OrganisationForm(forms.ModelForm):
    """A company's name and address."""

    website = forms.URLField(
        label=_("Website"), required=False, max_length=200, assume_scheme="https", widget=forms.URLInput()
    )

    class Meta:
        model = Organisation
        fields = ["name", "municipality", "street", "postal_code", "city", "website"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "street": forms.TextInput(attrs={"autocomplete": "street-address"}),
            "postal_code": forms.TextInput(attrs={"autocomplete": "postal-code"}),
            "city": forms.TextInput(attrs={"autocomplete": "address-level2"}),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Municipality.objects.alphabetical()
        self.fields["municipality"].empty_label = _("Elsewhere")


class ChangeOrganisationForm(OrganisationForm):
    """The same for a company that is here, with the version that the page was opened with."""

    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)


class NewOrganisationForm(OrganisationForm):
    """A company that nobody has added yet; the number was checked on the page before and is checked again."""

    number = OrganisationNumberField()

    field_order = ["number", "name"]

    class Meta(OrganisationForm.Meta):
        fields = ["name", "municipality", "street", "postal_code", "city", "website"]


class UnnumberedForm(OrganisationForm):
    """A company without a Swedish organisation number of its own: a sole trader, or a foreign one."""

    country = forms.ChoiceField(
        label=_("Country"),
        choices=[
            ("SE", _("Sweden (sole trader)")),
            ("DK", _("Denmark")),
            ("NO", _("Norway")),
            ("FI", _("Finland")),
            ("DE", _("Germany")),
            ("PL", _("Poland")),
            ("NL", _("Netherlands")),
            ("XX", _("Another country")),
        ],
    )

    field_order = ["name", "country"]

    class Meta(OrganisationForm.Meta):
        fields = ["name", "country", "municipality", "street", "postal_code", "city", "website"]
