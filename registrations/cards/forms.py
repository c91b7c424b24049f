"""How much goes back to a card."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.look.formats import kronor
from registrations.cards.refunding import Scope
from registrations.money.fields import KronorField


class RefundForm(forms.Form):
    """``scope`` says what may go back. A reason is asked for where something has to be credited first."""

    amount_ore = KronorField(label=_("Amount to pay back, with VAT (kr)"), least_ore=1)
    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        required=False,
        help_text=_("Stands on the credit note, such as “One badge too many”."),
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any):
        super().__init__(*args, initial={"amount_ore": scope.proposed or None}, **kwargs)
        self.scope = scope
        self.fields["reason"].required = not scope.over
        if not scope.creditable:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        amount = cleaned.get("amount_ore")
        if amount and amount > self.scope.most:
            self.add_error(
                "amount_ore",
                forms.ValidationError(
                    _("At most %(most)s can go back to this card.") % {"most": kronor(self.scope.most, get_language())},
                    code="most",
                ),
            )
        elif amount and self.scope.to_credit(amount) and not cleaned.get("reason"):
            needed = _("Say why: more than is paid too much goes back, so a credit note is issued.")
            self.add_error("reason", forms.ValidationError(needed, code="needed"))
        return cleaned
