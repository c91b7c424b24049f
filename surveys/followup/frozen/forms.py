"""Forms of frozen follow-ups: the meeting, a correction, a share link."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.look.widgets import DayInput
from surveys.followup.frozen.models import Correction, FrozenFollowup, ShareLink
from surveys.followup.papers.sheet import NOTHING, named


class FreezeForm(forms.ModelForm):
    """``seen`` is the latest number that whoever fills in the form knows of."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)

    class Meta:
        model = FrozenFollowup
        fields = ["meeting", "meeting_on"]
        widgets = {"meeting_on": DayInput}


class CorrectionForm(forms.ModelForm):
    """What is right and why, perhaps about one of the version's figures."""

    figure = forms.TypedChoiceField(label=_("About"), required=False, coerce=int, empty_value=None)
    field_order = ["figure", "what", "why"]

    class Meta:
        model = Correction
        fields = ["what", "why"]
        widgets = {"what": forms.Textarea(attrs={"rows": 3}), "why": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, contents: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        figures = [(one["id"], f"{named(one['title'])} {one['value_words'] or NOTHING}") for one in contents["figures"]]
        self.fields["figure"].choices = [("", _("Something else than a figure")), *figures]


class ShareForm(forms.ModelForm):
    class Meta:
        model = ShareLink
        fields = ["whom", "ends_on"]
        widgets = {"ends_on": DayInput}
