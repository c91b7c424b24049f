"""The form of a reported figure."""

from typing import Any

from django import forms

from events.versions import VersionField
from surveys.figures.models import ReportedFigure
from surveys.figures.services import Details


class ReportedForm(forms.ModelForm):
    version = VersionField(required=False)

    class Meta:
        model = ReportedFigure
        fields = ["percent", "approximate", "finding", "finding_en", "answers", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.fields["percent"].widget.attrs |= {"step": "0.1", "inputmode": "decimal"}

    def details(self) -> Details:
        """The valid form as the services take it."""
        return Details(**{name: self.cleaned_data[name] for name in self.Meta.fields})  # type: ignore[typeddict-item]
