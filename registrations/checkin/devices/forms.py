"""A phone that is to be paired, and one that is moved or renamed."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.moments import MomentField
from registrations.checkin.devices.models import Device, DeviceRole
from registrations.checkin.devices.queries import next_name
from registrations.checkin.models import DoorSettings, Gate

ROLES = (
    (DeviceRole.DOOR.value, _("Door: scans tickets")),
    (DeviceRole.DESK.value, _("Desk: also searches by name, takes in people without a ticket and blocks tickets")),
    (DeviceRole.KIOSK.value, _("Kiosk: a screen for the visitors themselves")),
)
LONGEST = timedelta(days=7)


class PairForm(forms.Form):
    """A phone for one of the gates of ``door.event``, at aware time ``at``. ``details()`` is what the service wants."""

    gate = forms.ModelChoiceField(Gate.objects.none(), label=_("Gate"), empty_label=None)
    name = forms.CharField(
        label=_("Name of the phone"), max_length=60, help_text=_("Whose phone it is, or where it stands.")
    )
    role = forms.ChoiceField(
        label=_("What it is for"), choices=ROLES, widget=forms.RadioSelect, initial=DeviceRole.DOOR.value
    )
    ends_at = MomentField(label=_("Works until"), help_text=_("Then it forgets the list by itself."))

    def __init__(self, *args: Any, door: DoorSettings, at: datetime, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.door, self.at = door, at
        gates = door.event.gates.all()
        self.fields["gate"].queryset = gates
        if not self.is_bound:
            chosen = self.initial.get("gate")
            gate = next((one for one in gates if str(one.pk) == str(chosen)), None) or gates.order_by("pk").first()
            self.initial = {"gate": gate.pk, "name": next_name(gate), "ends_at": self.usual_end()} | {
                key: value for key, value in self.initial.items() if key == "role" and value in DeviceRole.values
            }

    def usual_end(self) -> datetime:
        """When the doors close; a day from now where they have closed already."""
        return self.door.closing if self.door.closing > self.at else self.at + timedelta(days=1)

    def clean_ends_at(self) -> datetime:
        ends_at: datetime = self.cleaned_data["ends_at"]
        if ends_at <= self.at:
            raise forms.ValidationError(_("Choose a time that is still to come."), code="past")
        if ends_at > max(self.usual_end(), self.at) + LONGEST:
            raise forms.ValidationError(_("At most a week after the doors close."), code="too_long")
        return ends_at

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("gate", "name", "role", "ends_at")}


class DeviceForm(forms.ModelForm):
    """Another name, another gate. The instance is only read: give it a copy."""

    class Meta:
        model = Device
        fields = ["name", "gate"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["gate"].queryset = self.instance.event.gates.all()
        self.fields["gate"].empty_label = None

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "gate")}
