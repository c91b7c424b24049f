"""Forms about surveys."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.moments import MomentField
from surveys.questionnaires.models import Audience, Survey

USUALLY_OPEN = timedelta(days=21)


class NewSurveyForm(forms.Form):
    """Which audience a new survey is for, and the earlier one (by key) whose questions it takes over."""

    audience = forms.ChoiceField(choices=Audience.choices)
    copy_of = forms.IntegerField(required=False, min_value=1, max_value=2**31)


class OpenForm(forms.Form):
    """Until when people may answer; three weeks is proposed."""

    closes_at = MomentField(
        label=_("Closes"), help_text=_("Until then people can answer. You can change it while the survey is open.")
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        evening = datetime.combine(timezone.localdate(at + USUALLY_OPEN), time(23, 59))
        self.fields["closes_at"].initial = evening


class SurveyForm(forms.ModelForm):
    """Closing day and population."""

    closes_at = MomentField(label=_("Closes"), required=False)

    class Meta:
        model = Survey
        fields = ["closes_at", "population"]
        widgets = {"population": forms.NumberInput(attrs={"inputmode": "numeric", "min": 0})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_at"].required = self.instance.state == "open"
