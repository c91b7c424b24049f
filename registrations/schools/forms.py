"""The organiser's forms about the register of schools."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from events.access.models import User
from events.municipalities.models import Municipality
from registrations.schools.csv_files import MAX_BYTES, Register, SchoolRow, UnreadableFile, read_register
from registrations.schools.models import School

SALT = "registrations.schools.register"
AN_HOUR = 60 * 60


class RegisterFileForm(forms.Form):
    """A file with the register; ``register`` is what it says, once the form is valid."""

    file = forms.FileField(
        label=_("The register as a CSV file"),
        help_text=_(
            "Columns: school unit code, name, municipality, school type, status and principal organiser. "
            "Schools in other municipalities are passed over. Nothing is written until you have seen what it does."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
        error_messages={"empty": _("The file is empty.")},
    )
    register: Register

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        municipalities = dict(Municipality.objects.values_list("code", "name"))
        try:
            self.register = read_register(upload.read(MAX_BYTES + 1), municipalities)
        except UnreadableFile as fault:
            raise forms.ValidationError(str(fault), code="unreadable") from fault
        return upload


def sealed(register: Register, user: User) -> str:
    """What ``register`` says, for the page that asks "is this right?" to carry: signed, and ``user``'s own."""
    rows = [[row.code, row.name, row.municipality, row.status, row.types, row.principal] for row in register.rows]
    content = {"rows": rows, "refused": len(register.refused), "user": user.pk}
    return signing.dumps(content, salt=SALT, compress=True)


def unsealed(text: str, user: User) -> tuple[list[SchoolRow], int]:
    """The rows of ``sealed`` and how many were refused. Raises signing.BadSignature for what is not ours, or too old."""
    content = signing.loads(text, salt=SALT, max_age=AN_HOUR)
    if content["user"] != user.pk:
        raise signing.BadSignature
    return [SchoolRow(*row) for row in content["rows"]], content["refused"]


class SuccessorForm(forms.Form):
    """Which school took over: its code, as the register has it; empty takes it back."""

    code = forms.CharField(
        label=_("School unit code of the school that took over"),
        required=False,
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Eight digits. You find it in the list of schools. Leave it empty if no school took over."),
    )

    def clean_code(self) -> School | None:
        code = "".join(self.cleaned_data["code"].split())
        if not code:
            return None
        found = School.objects.filter(code=code).first()
        if found is None:
            raise forms.ValidationError(_("No school in the register has that code."), code="unknown")
        return found
