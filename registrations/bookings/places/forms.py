"""What is typed about places: numbers, days, who is ticked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from events.moments import MomentField
from registrations.bookings.models import MAX_PUPILS
from registrations.bookings.places.numbers import MAX_ADULTS


class NumbersForm(forms.Form):
    """How many come now. ``seen`` is the number of pupils that the page showed."""

    pupils = forms.IntegerField(label=_("Pupils"), min_value=1, max_value=MAX_PUPILS)
    adults = forms.IntegerField(label=_("Adults"), min_value=0, max_value=MAX_ADULTS)
    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)


class UntilForm(forms.Form):
    """Until when schools may answer."""

    # It stands among buttons that need no day: the browser must not ask for one there.
    use_required_attribute = False

    until = MomentField(label=_("New day to answer by"))


class MessageForm(forms.Form):
    """A line that goes into the letter."""

    message = forms.CharField(
        label=_("A line from you"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
        required=False,
        help_text=_("Stands in the letter to the school."),
    )
