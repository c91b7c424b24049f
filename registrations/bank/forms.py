"""The bank's file, and which invoice a payment is for."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from registrations.bank.told import LARGEST
from registrations.invoices.models import Biller, Invoice


class BankFileForm(forms.Form):
    """A file is weighed before it is read."""

    file = forms.FileField(
        label=_("File from the bank"),
        help_text=_("BgMax (a text file from Bankgirot) or camt.054 (an XML file), at most 5 MB."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB, which no bank's file of payments is."))
        return file


class SettleForm(forms.Form):
    """``number`` is an invoice number as it stands on the paper, or its OCR reference."""

    number = forms.CharField(label=_("Invoice number or OCR"), max_length=40)

    def __init__(self, *args: Any, biller: Biller, **kwargs: Any):
        self.biller = biller
        super().__init__(*args, **kwargs)

    def clean_number(self) -> Invoice:
        """The invoice itself."""
        typed = "".join(self.cleaned_data["number"].split())
        papers = Invoice.objects.charges().filter(series__biller=self.biller)
        found = papers.filter(name__iexact=typed).first() or papers.filter(ocr=typed).first()
        if found is None:
            raise forms.ValidationError(_("There is no invoice with that number."))
        return found


class LeaveForm(forms.Form):
    note = forms.CharField(
        label=_("What the payment is"),
        max_length=200,
        help_text=_("Such as “rent for the hall”, so that nobody has to look it up again."),
    )
