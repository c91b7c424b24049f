"""What the treasurer types: a credit, the issuer's details."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import bic, iban
from stdnum.exceptions import ValidationError as BadNumber
from stdnum.se import vat

from events.look.formats import kronor
from events.versions import VersionField
from registrations.invoices.models import Biller
from registrations.money.amounts import Vat
from registrations.money.fields import KronorField
from registrations.money.references import BadReference, read_bankgiro, written_bankgiro

WHOLE, PARTS = "whole", "parts"


class CreditForm(forms.Form):
    """All that is left, or an amount without VAT for each rate. ``left`` is what can still be credited, by rate."""

    what = forms.ChoiceField(
        label=_("What to credit"),
        choices=[(WHOLE, _("Everything that is left")), (PARTS, _("A part: the amounts below"))],
        initial=WHOLE,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("Stands on the credit note, such as “One badge too many”.")
    )
    field_order: list[str] = []

    def __init__(self, *args: Any, left: dict[Vat, int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.groups = {f"part_{at.rate}_{at.category.value}": at for at, ore in left.items() if ore}
        for name, at in self.groups.items():
            label = _("%(rate)s %% VAT, amount without VAT (kr)") if at.rate else _("No VAT, amount (kr)")
            self.fields[name] = KronorField(
                label=label % {"rate": at.rate} if at.rate else label,
                required=False,
                help_text=_("%(left)s is left.") % {"left": kronor(left[at], None)},
            )
        self.order_fields(["what", *self.groups, "reason"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("what") == PARTS and not self.errors and not any(cleaned.get(name) for name in self.groups):
            self.add_error("what", _("Give an amount for what you want to credit."))
        return cleaned

    @property
    def parts(self) -> dict[Vat, int] | None:
        """What ``credit_invoice`` wants."""
        if self.cleaned_data["what"] == WHOLE:
            return None
        return {at: self.cleaned_data[name] for name, at in self.groups.items() if self.cleaned_data.get(name)}


class BillerForm(forms.ModelForm):
    """What the invoices say of the issuer. Numbers are checked as far as their check digits tell."""

    organisation_number = forms.CharField(label=_("Organisation number"), max_length=11)
    version = VersionField(required=False)

    class Meta:
        model = Biller
        fields = [
            "vat_number",
            "is_f_tax_approved",
            "street",
            "postal_code",
            "city",
            "seat",
            "email",
            "phone",
            "bankgiro",
            "iban",
            "bic",
            "series_prefix",
            "late_interest",
            "peppol_id",
            "receivable_account",
            "bank_account",
            "card_account",
            "sales_account",
            "sales_12_account",
            "sales_6_account",
            "exempt_account",
            "eu_account",
            "export_account",
            "vat_account",
            "vat_12_account",
            "vat_6_account",
            "rounding_account",
            "fee_account",
        ]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("version", self.instance.version)
            self.initial["bankgiro"] = written_bankgiro(self.instance.bankgiro)
        self.order_fields(["organisation_number", *self.Meta.fields, "version"])

    def clean_organisation_number(self) -> str:
        from registrations.organisations.numbers import NotANumber, read_organisation_number

        try:
            digits = read_organisation_number(self.cleaned_data["organisation_number"])
        except NotANumber as wrong:
            raise ValidationError(str(wrong.reason), code=wrong.code) from wrong
        return f"{digits[:6]}-{digits[6:]}"

    def clean_vat_number(self) -> str:
        compact = "".join(self.cleaned_data["vat_number"].split()).upper().replace("-", "")
        try:
            vat.validate(compact)
        except BadNumber as wrong:
            raise ValidationError(
                _("A Swedish VAT number is SE, the ten digits of the organisation number and 01."), code="vat"
            ) from wrong
        return compact

    def clean_bankgiro(self) -> str:
        try:
            return read_bankgiro(self.cleaned_data["bankgiro"])
        except BadReference as wrong:
            raise ValidationError(
                _(
                    "That is no bankgiro number: it has seven or eight digits, such as 5050-1055, and the last one must fit."
                ),
                code=wrong.code,
            ) from wrong

    def clean_iban(self) -> str:
        return self._checked("iban", iban.validate, _("That is no IBAN: its check digits do not fit."))

    def clean_bic(self) -> str:
        return self._checked("bic", bic.validate, _("A BIC has 8 or 11 letters and digits, such as ESSESESS."))

    def clean_series_prefix(self) -> str:
        text = self.cleaned_data["series_prefix"].upper()
        if text and not text.isalnum():
            raise ValidationError(_("Letters and digits only, such as IUC."), code="signs")
        return text

    def clean_peppol_id(self) -> str:
        text = "".join(self.cleaned_data["peppol_id"].split())
        scheme, colon, number = text.partition(":")
        if text and not (colon and number and len(scheme) == 4 and scheme.isdigit()):
            raise ValidationError(_("Four digits, a colon and a number, such as 0007:5590123456."), code="form")
        return text

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        number, taxed = cleaned.get("organisation_number", ""), cleaned.get("vat_number", "")
        if number and taxed and number.replace("-", "") != taxed[2:12]:
            self.add_error("vat_number", _("The VAT number is another organisation's than the number above."))
        return cleaned

    def _checked(self, name: str, check: Any, wrong: Any) -> str:
        text = "".join(self.cleaned_data[name].split()).upper()
        if not text:
            return ""
        try:
            return str(check(text))
        except BadNumber as bad:
            raise ValidationError(wrong, code=name) from bad
