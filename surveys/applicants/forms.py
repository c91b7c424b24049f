"""The form that takes in a file of applicants."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 5_000_000


class ApplicantsForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV with the columns kommun, år, programkod and antal, or with a column for each year. Title rows on top "
            "are fine, and a dot where no number is told."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=160,
        help_text=_("Stands beside the numbers, such as The admissions office, 2027."),
    )
    partial = forms.BooleanField(label=_("Take the good rows although some are refused"), required=False)

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if upload.size and upload.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB: is it the right one?"), code="too_large")
        return upload
