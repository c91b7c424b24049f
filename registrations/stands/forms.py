"""Halls, rows, stands and how they are given out, as the organiser writes them. Lengths are typed in metres."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _

from events.look.widgets import MomentInput
from events.moments import MomentField
from events.programme.models import Event
from events.versions import VersionField
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.stands.drawing import Rows
from registrations.stands.fields import MetreField
from registrations.stands.models import NARROWEST_CM, Hall, Stand, StandSettings
from registrations.stands.numbering import Rule

MOST_ROWS = 60
MOST_PER_ROW = 100
MOST_WATTS = 200_000


class HallForm(forms.ModelForm):
    width_cm = MetreField(
        label=_("Width (m)"), least_cm=100, help_text=_("From the left to the right wall as you draw it.")
    )
    depth_cm = MetreField(label=_("Depth (m)"), least_cm=100)
    entrance_x_cm = MetreField(
        label=_("Entrance, from the left (m)"),
        required=False,
        help_text=_("Leave both empty and the entrance is in the middle of the lower side."),
    )
    entrance_y_cm = MetreField(label=_("Entrance, from the top (m)"), required=False)
    upload = forms.FileField(
        label=_("Plan of the hall"),
        required=False,
        help_text=_("SVG, PNG, JPEG or the first page of a PDF, at most 10 MB. It is stretched to the hall's size."),
    )
    forget_plan = forms.BooleanField(label=_("Remove the plan"), required=False)
    version = VersionField()

    class Meta:
        model = Hall
        fields = ["name", "width_cm", "depth_cm", "entrance_x_cm", "entrance_y_cm"]

    def __init__(self, *args: Any, event: Event, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.instance.event = event
        self.initial.setdefault("version", self.instance.version)
        if not self.instance.plan:
            del self.fields["forget_plan"]

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"event"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        entrance = [data.get("entrance_x_cm"), data.get("entrance_y_cm")]
        if "entrance_x_cm" in data and "entrance_y_cm" in data and (entrance[0] is None) != (entrance[1] is None):
            missing = "entrance_x_cm" if entrance[0] is None else "entrance_y_cm"
            self.add_error(missing, ValidationError(_("Say both how far from the left and from the top."), code="half"))
        return data

    def details(self) -> dict[str, Any]:
        """What goes to the services."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class RowsForm(forms.Form):
    """A rule from which many stands are drawn at once."""

    rows = forms.IntegerField(label=_("Number of rows"), min_value=1, max_value=MOST_ROWS, initial=4)
    per_row = forms.IntegerField(label=_("Stands in a row"), min_value=1, max_value=MOST_PER_ROW, initial=8)
    width = MetreField(label=_("Width of a stand (m)"), least_cm=NARROWEST_CM, initial=300)
    depth = MetreField(label=_("Depth of a stand (m)"), least_cm=NARROWEST_CM, initial=300)
    aisle = MetreField(label=_("Width of an aisle (m)"), initial=300)
    x = MetreField(label=_("First stand, from the left (m)"), initial=100)
    y = MetreField(label=_("First stand, from the top (m)"), initial=100)
    back_to_back = forms.BooleanField(label=_("Two rows back to back, then an aisle"), required=False, initial=True)
    by_the_wall = forms.BooleanField(label=_("The first row stands alone by the wall"), required=False)
    rule = forms.ChoiceField(label=_("Numbers"), choices=Rule, initial=Rule.ROWS)
    power_w = forms.IntegerField(label=_("Power at each stand (W)"), min_value=0, max_value=MOST_WATTS, initial=0)

    def plan(self) -> Rows:
        return Rows(**self.cleaned_data)


class StandForm(forms.ModelForm):
    x_cm = MetreField(label=_("From the left (m)"))
    y_cm = MetreField(label=_("From the top (m)"))
    width_cm = MetreField(label=_("Width (m)"), least_cm=NARROWEST_CM)
    depth_cm = MetreField(label=_("Depth (m)"), least_cm=NARROWEST_CM)
    power_w = forms.IntegerField(label=_("Power (W)"), min_value=0, max_value=MOST_WATTS)
    value = forms.IntegerField(
        label=_("Worth of the position (0–100)"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("Leave empty and it follows from the drawing: near the entrance and on a corner is worth more."),
    )
    version = VersionField()

    class Meta:
        model = Stand
        fields = ["number", "x_cm", "y_cm", "width_cm", "depth_cm", "power_w", "value"]

    def __init__(self, *args: Any, hall: Hall, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.instance.hall = hall
        self.instance.event_id = hall.event_id
        self.instance.hall_width_cm, self.instance.hall_depth_cm = hall.width_cm, hall.depth_cm
        self.initial.setdefault("version", self.instance.version)

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"event", "hall_width_cm", "hall_depth_cm"}

    def details(self) -> dict[str, Any]:
        """What goes to the services."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class PlaceForm(forms.Form):
    """Who gets the stand."""

    exhibitor = forms.ModelChoiceField(label=_("Company"), queryset=Exhibitor.objects.none(), empty_label=_("Choose …"))

    def __init__(self, *args: Any, event: Event, **kwargs: Any):
        super().__init__(*args, **kwargs)
        rows = event.exhibitors.filter(state__in=State.holding()).select_related("organisation", "placing__stand")
        field = self.fields["exhibitor"]
        field.queryset = rows.order_by(Collate("organisation__name", "swedish"), "pk")
        field.label_from_instance = _with_stand


def _with_stand(exhibitor: Exhibitor) -> str:
    placing = getattr(exhibitor, "placing", None)
    return f"{exhibitor.organisation} ({placing.stand.number})" if placing else str(exhibitor.organisation)


class BlockForm(forms.Form):
    reason = forms.CharField(label=_("Why (only the organiser sees it)"), max_length=200, required=False, strip=True)


class SettingsForm(forms.ModelForm):
    choice_open_until_at = MomentField(
        label=_("Companies choose their stand until"),
        required=False,
        widget=MomentInput,
        help_text=_("Leave empty while companies are not to choose for themselves."),
    )
    version = VersionField()

    class Meta:
        model = StandSettings
        fields = ["choice_open_until_at", "hold_minutes", "is_public"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)

    def details(self) -> dict[str, Any]:
        """What goes to the services."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
