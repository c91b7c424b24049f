"""Packages, extras and discounts as the organiser writes them. Prices are typed in kronor."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.look.widgets import MomentInput
from events.moments import MomentField
from events.programme.models import Event
from events.versions import VersionField
from registrations.money.fields import KronorField
from registrations.organisations.models import Organisation
from registrations.packages.models import MAX_PRICE_ORE, AddOn, Discount, Package


class SaleForm(forms.ModelForm):
    """What the three have in common: the event, the version, and what goes to the services."""

    version = VersionField()

    def __init__(self, *args: Any, event: Event, **kwargs: Any):
        self.event = event
        super().__init__(*args, **kwargs)
        self.instance.event = event
        self.initial.setdefault("version", self.instance.version)

    def _get_validation_exclusions(self) -> set[str]:
        """Constraints over the event, which the form does not ask for, are the form's to tell as well."""
        return super()._get_validation_exclusions() - {"event", "organisation"}

    def changed_fields(self) -> dict[str, Any]:
        """The thing's own fields as cleaned."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class PackageForm(SaleForm):
    price_ore = KronorField(label=_("Price without VAT (kr)"), most_ore=MAX_PRICE_ORE)
    early_price_ore = KronorField(label=_("Early price without VAT (kr)"), most_ore=MAX_PRICE_ORE, required=False)
    early_until_at = MomentField(label=_("Early price until"), required=False, widget=MomentInput)

    class Meta:
        model = Package
        fields = [
            "name",
            "name_en",
            "contents",
            "contents_en",
            "price_ore",
            "vat_rate",
            "early_price_ore",
            "early_until_at",
            "limit",
            "rank",
            "stand_m2",
            "power_w",
            "badges",
            "shows_logo",
        ]
        widgets = {"contents": forms.Textarea(attrs={"rows": 4}), "contents_en": forms.Textarea(attrs={"rows": 4})}


class AddOnForm(SaleForm):
    price_ore = KronorField(label=_("Price without VAT (kr)"), most_ore=MAX_PRICE_ORE)

    class Meta:
        model = AddOn
        fields = ["name", "name_en", "price_ore", "vat_rate", "limit", "most", "power_w", "badges"]


class DiscountForm(SaleForm):
    """A code, or a partner found by its organisation number."""

    partner_number = forms.CharField(
        label=_("The partner's organisation number"),
        max_length=20,
        required=False,
        help_text=_("The discount then holds for that company, without any code."),
    )
    amount_ore = KronorField(
        label=_("Amount off, without VAT (kr)"), least_ore=1, most_ore=MAX_PRICE_ORE, required=False
    )
    until_at = MomentField(label=_("Until"), required=False, widget=MomentInput)

    class Meta:
        model = Discount
        fields = ["code", "partner_number", "percent", "amount_ore", "packages", "limit", "until_at", "reason"]
        widgets = {"packages": forms.CheckboxSelectMultiple}

    field_order = [
        "code",
        "partner_number",
        "percent",
        "amount_ore",
        "packages",
        "limit",
        "until_at",
        "reason",
        "version",
    ]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        packages = self.fields["packages"]
        assert isinstance(packages, forms.ModelMultipleChoiceField)
        packages.queryset = Package.objects.for_event(self.event)
        packages.help_text = _("None ticked: it holds for all of them.")
        if self.instance.organisation:
            self.initial["partner_number"] = self.instance.organisation.number

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split()).upper()
        if code and not code.replace("-", "").isalnum():
            raise ValidationError(_("Letters, digits and hyphens only."))
        return code

    def clean_partner_number(self) -> Organisation | None:
        digits = "".join(sign for sign in self.cleaned_data["partner_number"] if sign.isdigit())
        if not digits:
            return None
        found = Organisation.objects.filter(organisation_number=digits[-10:]).first()
        if found is None:
            raise ValidationError(_("No company here has that number. It must have added itself first."))
        return found

    def _post_clean(self) -> None:
        self.instance.organisation = self.cleaned_data.get("partner_number")
        super()._post_clean()

    def changed_fields(self) -> dict[str, Any]:
        fields = super().changed_fields()
        fields["organisation"] = fields.pop("partner_number")
        return fields
