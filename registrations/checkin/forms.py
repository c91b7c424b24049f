"""What is filled in about the door: gates, rules, a typed code, an export that is taken in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.moments import MomentField
from events.programme.models import Event
from events.versions import VersionField
from registrations.checkin.models import DoorSettings, Gate
from registrations.checkin.services import RULES

KINDS = (("v", _("Visitors")), ("e", _("Exhibitors")), ("c", _("Classes")))
LARGEST_EXPORT = 10 * 1024 * 1024


class GateForm(forms.Form):
    """A gate of ``event``. All kinds chosen is the same as none: the gate takes all."""

    name = forms.CharField(
        label=_("Name of the gate"), max_length=60, help_text=_("As on its sign, such as North entrance.")
    )
    kinds = forms.MultipleChoiceField(
        label=_("Only these tickets come in here"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them. Others are shown the way to another gate."),
    )

    def __init__(self, *args: Any, event: Event, gate: Gate | None = None, **kwargs: Any):
        if gate is not None:
            kwargs.setdefault("initial", {"name": gate.name, "kinds": gate.kinds})
        super().__init__(*args, **kwargs)
        stored = set(gate.kinds) if gate else set()
        there = {"v": event.takes_visitors, "e": event.takes_exhibitors, "c": event.takes_schools}
        self.fields["kinds"].choices = [(key, label) for key, label in KINDS if there[key] or key in stored]
        if len(self.fields["kinds"].choices) < 2 and not stored:
            del self.fields["kinds"]

    def clean_kinds(self) -> list[str]:
        chosen = self.cleaned_data["kinds"]
        return [] if len(chosen) == len(self.fields["kinds"].choices) else chosen

    def details(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["name"], "kinds": self.cleaned_data.get("kinds", [])}


class RulesForm(forms.ModelForm):
    """The rules of a door; the instance is only read, and its ``event`` must be at hand: give it a copy."""

    opens_at = MomentField(label=_("The doors open"), required=False)
    closes_at = MomentField(label=_("The doors close"), required=False)
    version = VersionField()

    class Meta:
        model = DoorSettings
        fields = RULES

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)
        for name in ("opens_at", "closes_at"):
            self.fields[name].help_text = DoorSettings._meta.get_field(name).help_text
        self.fields["early_minutes"].label = _("How early a class may come in, in minutes before its admission")
        self.fields["late_minutes"].label = _("When a class is late, in minutes after its admission")
        self.fields["reentry"].label = _("Whoever has been in may come back")
        self.fields["fire_limit"].label = _("People inside at most")
        if not self.instance.event.takes_schools:
            for name in ("early_minutes", "late_minutes"):
                self.fields[name].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "opens_at" in said and "closes_at" in said:
            event = self.instance.event
            told = DoorSettings(event=event, opens_at=said["opens_at"], closes_at=said["closes_at"])
            if told.closing <= told.opening:
                self.add_error("closes_at", _("The doors must close after they open."))
        return said

    def _get_validation_exclusions(self) -> set[str]:
        """``clean`` has compared the two moments already, the usual ones too."""
        return super()._get_validation_exclusions() | {"opens_at", "closes_at"}

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in RULES}


class ExportForm(forms.Form):
    """An export of a phone's queue: the file, or the texts of its QR codes. ``text()`` is what came."""

    file = forms.FileField(
        label=_("The file from the phone"),
        required=False,
        allow_empty_file=True,
        help_text=_("Its name begins with torget- and ends with .json."),
    )
    pieces = forms.CharField(
        label=_("Or the text of its QR codes"),
        required=False,
        max_length=LARGEST_EXPORT,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocapitalize": "none"}),
        help_text=_("Each begins with TORGETX/. In any order, one after the other."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_EXPORT:
            raise forms.ValidationError(_("The file is too large to be an export of a phone."), code="too_large")
        return file

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not said.get("file") and not said.get("pieces"):
            self.add_error("file", forms.ValidationError(_("Choose a file, or paste the pieces."), code="required"))
        return said

    def text(self) -> bytes:
        file = self.cleaned_data.get("file")
        return file.read() if file else self.cleaned_data["pieces"].encode()
