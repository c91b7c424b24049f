"""What a company chooses and who pays; the terms of sale."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.look.widgets import DayInput
from events.versions import VersionField
from registrations.money.fields import KronorField
from registrations.money.vat_numbers import EU, BadVatNumber, read_vat_number
from registrations.orders.choosing import BILL_FIELDS
from registrations.orders.models import Order, Terms
from registrations.orders.queries import OnSale
from registrations.orders.states import OrderState
from registrations.packages.models import AddOn

COUNTRIES = [
    ("SE", pgettext_lazy("country", "Sweden")),
    ("DK", pgettext_lazy("country", "Denmark")),
    ("NO", pgettext_lazy("country", "Norway")),
    ("FI", pgettext_lazy("country", "Finland")),
    ("DE", pgettext_lazy("country", "Germany")),
    ("PL", pgettext_lazy("country", "Poland")),
    ("NL", pgettext_lazy("country", "Netherlands")),
    ("GB", pgettext_lazy("country", "United Kingdom")),
]
REST = [*sorted(EU - {code for code, _name in COUNTRIES}), "CH", "IS", "US"]


class PackageForm(forms.Form):
    """A package, how many of each extra (fields ``extra-<key>``), and a code."""

    version = VersionField()
    package = forms.ChoiceField(
        label=_("Package"), widget=forms.RadioSelect, error_messages={"required": _("Choose a package.")}
    )
    code = forms.CharField(label=_("Discount code"), max_length=30, required=False)

    def __init__(self, *args: Any, order: Order, on_sale: list[OnSale], extras: list[AddOn], **kwargs: Any):
        self.on_sale = {str(row.package.pk): row for row in on_sale}
        self.extras = extras
        chosen = {row.addon_id: row.quantity for row in order.addons.all()}
        initial = {
            "version": order.version,
            "package": str(order.package_id or ""),
            "code": order.discount.code if order.discount else "",
            **{f"extra-{addon.pk}": chosen.get(addon.pk, 0) for addon in extras},
        }
        super().__init__(*args, initial=initial, **kwargs)
        choice = self.fields["package"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(key, row.package.title) for key, row in self.on_sale.items()]
        for addon in extras:
            self.fields[f"extra-{addon.pk}"] = forms.IntegerField(
                label=addon.title, min_value=0, max_value=addon.most, required=False, localize=True
            )

    def clean_package(self) -> OnSale:
        row = self.on_sale[self.cleaned_data["package"]]
        if row.is_sold_out:
            raise ValidationError(_("“%(name)s” is sold out. Choose another.") % {"name": row.package.title})
        return row

    def chosen_extras(self) -> dict[AddOn, int]:
        return {addon: self.cleaned_data.get(f"extra-{addon.pk}") or 0 for addon in self.extras}


class BillingForm(forms.ModelForm):
    """Who pays, as the invoice will say. Country and VAT number decide the tax, so they stand once the price is given."""

    version = VersionField()
    bill_country = forms.ChoiceField(label=_("Country"), choices=[*COUNTRIES, *((code, code) for code in REST)])

    class Meta:
        model = Order
        fields = BILL_FIELDS
        widgets = {
            "bill_name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "bill_street": forms.TextInput(attrs={"autocomplete": "street-address"}),
            "bill_postal_code": forms.TextInput(attrs={"autocomplete": "postal-code"}),
            "bill_city": forms.TextInput(attrs={"autocomplete": "address-level2"}),
            "bill_email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        help_texts = {
            "bill_vat_number": _("Only for companies outside Sweden. With it the price is without Swedish VAT."),
            "bill_order_number": _("If your accounting asks for one."),
            "bill_peppol_id": _("If you want an e-invoice, such as 0007:5590010014. Leave empty for a PDF."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)
        for name in ("bill_name", "bill_street", "bill_postal_code", "bill_city", "bill_email"):
            self.fields[name].required = True
        if self.instance.state != OrderState.DRAFT:
            for name in ("bill_country", "bill_vat_number"):
                self.fields[name].disabled = True

    def clean_bill_peppol_id(self) -> str:
        text = "".join(self.cleaned_data["bill_peppol_id"].split())
        scheme, mark, number = text.partition(":")
        if text and not (mark and len(scheme) == 4 and scheme.isdigit() and number.replace("-", "").isalnum()):
            raise ValidationError(_("A Peppol address has four digits, a colon and a number, such as 0007:5590010014."))
        return text

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        country, number = cleaned.get("bill_country", ""), cleaned.get("bill_vat_number", "").strip()
        if number and country in EU:
            try:
                cleaned["bill_vat_number"] = read_vat_number(number, country)
            except BadVatNumber as wrong:
                self.add_error("bill_vat_number", _WRONG_VAT[wrong.code])
        return cleaned

    def changed_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in BILL_FIELDS}


_WRONG_VAT = {
    "form": _("That is no VAT number of this country: check the digits. Without one, Swedish VAT is added."),
    "country": _("The VAT number is another country's than the address."),
}


class TermsForm(forms.ModelForm):
    """On what terms the event sells."""

    version = VersionField()
    reminder_fee_ore = KronorField(
        label=_("Reminder fee (kr)"),
        most_ore=6000,
        help_text=_("At most 60 kr by law, and only if it was agreed; it is charged with the second reminder."),
    )

    class Meta:
        model = Terms
        fields = [
            "sells_at_once",
            "offer_days",
            "due_days",
            "free_until_on",
            "half_until_on",
            "reminder_days",
            "reminder_fee_ore",
            "takes_cards",
            "words",
        ]
        widgets = {"free_until_on": DayInput, "half_until_on": DayInput, "words": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)

    def changed_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or []}
