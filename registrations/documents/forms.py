"""A document to add."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.errors import Refusal
from registrations.documents.models import Document
from registrations.documents.uploads import checked_pdf


class DocumentForm(forms.ModelForm):
    file = forms.FileField(
        label=_("PDF"),
        help_text=_("At most 10 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    class Meta:
        model = Document
        fields = ["name"]

    field_order = ["name", "file"]

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        try:
            checked_pdf(upload)
        except Refusal as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal
        return upload
