"""The company's small forms, and the organiser's task."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.look.widgets import DayInput
from events.programme.models import Event
from events.versions import VersionField
from registrations.tasks.models import YES_NO, InsuranceAnswer, PowerAnswer, Task
from registrations.tasks.states import TaskKind


class YesNoField(forms.TypedChoiceField):
    """Yes or no, and neither is chosen beforehand."""

    def __init__(self, **kwargs: Any):
        kwargs = {"choices": YES_NO, "coerce": lambda value: value == "True", "widget": forms.RadioSelect, **kwargs}
        super().__init__(**kwargs)


class VersionedForm(forms.ModelForm):
    """A form that carries the version it was opened with."""

    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)

    def changed_fields(self) -> dict[str, Any]:
        """The row's own fields as cleaned."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class PowerForm(VersionedForm):
    """What is asked below the question stands for those who answer yes."""

    marks_optional = False
    needs_power = YesNoField(label=_("Do you need power in the stand?"))

    at_night = forms.BooleanField(
        label=_("Something must have power at night"),
        required=False,
        help_text=_("A refrigerator, say. Otherwise the power is cut when the hall closes."),
    )

    class Meta:
        model = PowerAnswer
        fields = ["needs_power", "what", "watts", "outlets", "at_night"]
        widgets = {"what": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("watts", "outlets"):
            if not self.instance.pk:
                self.initial[name] = None  # an empty box, not a nought to take away first

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("needs_power") is False:
            for name, nothing in {"what": "", "watts": 0, "outlets": 0, "at_night": False}.items():
                self._errors.pop(name, None)
                found[name] = nothing
        elif found.get("needs_power"):
            if not found.get("what") and "what" not in self.errors:
                self.add_error("what", _("Say what you plug in."))
            if not found.get("watts") and "watts" not in self.errors:
                self.add_error("watts", _("Say how many watts, at least 1."))
            if not found.get("outlets") and "outlets" not in self.errors:
                self.add_error("outlets", _("Say how many outlets, at least 1."))
        return found


class InsuranceForm(VersionedForm):
    """Says beside the question what a no means."""

    marks_optional = False
    is_insured = YesNoField(
        label=_("Does your insurance hold at the event?"),
        help_text=_(
            "If you answer no, you pay yourselves for what is stolen or broken in your stand and for harm that you "
            "cause to others: the organiser's insurance does not cover exhibitors. You are welcome all the same."
        ),
    )

    class Meta:
        model = InsuranceAnswer
        fields = ["is_insured", "insurer"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("is_insured") is False:
            found["insurer"] = ""
        elif found.get("is_insured") and not found.get("insurer"):
            self.add_error("insurer", _("Say which company insures you."))
        return found


class TaskForm(VersionedForm):
    """What is asked, until when. Only a task of the organiser's own has a name to write."""

    class Meta:
        model = Task
        fields = ["name", "name_en", "due_on", "words", "words_en"]
        widgets = {
            "due_on": DayInput,
            "words": forms.Textarea(attrs={"rows": 3}),
            "words_en": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, event: Event, kind: TaskKind, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.instance.event, self.instance.kind = event, kind
        if kind == TaskKind.OWN:
            self.fields["name"].required = True
            self.fields["name"].help_text = _("Such as “Send the fire certificate”. The company ticks it off itself.")
        else:
            del self.fields["name"], self.fields["name_en"]

    def _get_validation_exclusions(self) -> set[str]:
        """Constraints over the event and the kind, which the form does not ask for, are the form's to tell as well."""
        return super()._get_validation_exclusions() - {"event", "kind"}


class NudgeForm(forms.Form):
    """A line of the organiser's own in the reminder."""

    message = forms.CharField(
        label=_("A line to the companies"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands above the list of what is left."),
    )
