"""Money noted by hand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from events.look.widgets import DayInput
from registrations.money.fields import KronorField
from registrations.payments.models import Method


class PaymentForm(forms.Form):
    """What came in, or went back, and when."""

    amount_ore = KronorField(label=_("Amount (kr)"), least_ore=1)
    paid_on = forms.DateField(label=_("Day"), widget=DayInput)
    method = forms.ChoiceField(
        label=_("How"), choices=[(one.value, one.label) for one in Method.by_hand()], initial=Method.BANK
    )
    note = forms.CharField(
        label=_("Note"), max_length=200, required=False, help_text=_("Such as the number on the bank's statement.")
    )


class TakeBackForm(forms.Form):
    note = forms.CharField(label=_("Why"), max_length=200)
