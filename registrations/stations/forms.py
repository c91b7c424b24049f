"""What a host says about its station, what the organiser adds, and the organiser's page as one form."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.nights.models import Night
from events.nights.queries import round_times, waves_of
from events.versions import VersionField
from registrations.stations.models import Station
from registrations.stations.placing import Place
from registrations.stations.queries import slot_value, slots_from
from registrations.stations.services import TOLD, Spot, StationDetails

PLAIN = ("kind", "name", "name_en", "text", "field", "capacity", "duration", "youngest_grade", "accessible")
NEEDS = ("power", "space", "protective_gear", "other_needs")


class ClosedRoundsForm(forms.Form):
    """Boxes for the rounds in which a station receives nobody, one line for each admission."""

    closed = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    version = VersionField()

    def __init__(self, *args: Any, night: Night, station: Station | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [(wave, round_times(wave)) for wave in waves_of(night)] if night.pk else []
        self.fields["closed"].choices = [
            (slot_value(wave.pk, one.number), f"{wave}: {one.number}") for wave, rounds in self.lines for one in rounds
        ]
        self.initial.setdefault("version", station.version if station else 1)
        if station and station.pk:
            closed = station.closed_rounds.values_list("wave", "round")
            self.initial.setdefault("closed", [slot_value(wave, number) for wave, number in closed])

    def closed_lines(self) -> list[tuple[Any, list[dict[str, Any]]]]:
        """Each admission with its rounds: value, id, whether it is ticked, and its times."""
        ticked = set(self["closed"].value() or [])
        return [
            (
                wave,
                [
                    {"value": value, "id": f"id_closed_{value}", "is_closed": value in ticked, "round": one}
                    for one in rounds
                    for value in [slot_value(wave.pk, one.number)]
                ],
            )
            for wave, rounds in self.lines
        ]


class StationForm(ClosedRoundsForm, forms.ModelForm):
    """A station as its host describes it. ``told``: schools know of it, so that some of it is fixed."""

    youngest_grade = forms.TypedChoiceField(
        label=gettext_lazy("Who can come"), coerce=int, empty_value=None, required=False
    )

    accessible = forms.TypedChoiceField(
        label=gettext_lazy("Can it be reached and tried from a wheelchair?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    must_tell = True

    class Meta:
        model = Station
        fields = [*PLAIN, *NEEDS]
        widgets = {
            "kind": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 4}),
            "other_needs": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, night: Night, told: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, night=night, station=kwargs.get("instance"), **kwargs)
        self.fields["text"].required = self.must_tell
        # Nobody says yes by not looking: a new station starts without an answer.
        self.initial["accessible"] = "" if self.instance.pk is None else "yes" if self.instance.accessible else "no"
        self.fields["kind"].choices = Station._meta.get_field("kind").choices
        self.fields["field"].queryset = night.fields.all() if night.pk else Station.objects.none()
        self.fields["field"].empty_label = _("Choose a field")
        if not self.fields["field"].queryset.exists():
            del self.fields["field"]
        self.fields["youngest_grade"].choices = self._grades(night)
        for name in TOLD if told else ():
            if name in self.fields:
                self.fields[name].disabled = True

    def _grades(self, night: Night) -> list[tuple[Any, str]]:
        grades = set(range(night.youngest_grade + 1, night.oldest_grade + 1))
        if self.instance.youngest_grade:
            grades.add(self.instance.youngest_grade)
        upwards = [(grade, _("Grade %(grade)s and up") % {"grade": grade}) for grade in sorted(grades)]
        return [("", _("Everybody who may come to the evening")), *upwards]

    def details(self) -> StationDetails:
        """The valid form as the services take it."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}
        if "field" not in self.fields:
            values["field"] = self.instance.field
        return StationDetails(**values, closed=slots_from(self.cleaned_data["closed"]))

    def spot(self) -> Spot | None:
        """Zone and number; a host has no say in them."""
        return None


class OrganiserStationForm(StationForm):
    """The same with what the organiser decides."""

    must_tell = False

    class Meta(StationForm.Meta):
        fields = [*PLAIN, "zone", "number", *NEEDS]

    def __init__(self, *args: Any, night: Night, **kwargs: Any) -> None:
        super().__init__(*args, night=night, **kwargs)
        self.fields["zone"].queryset = night.zones.all() if night.pk else Station.objects.none()
        self.fields["zone"].empty_label = _("No zone yet")

    def details(self) -> StationDetails:
        values = {name: self.cleaned_data[name] for name in (*PLAIN, *NEEDS) if name in self.fields}
        values.setdefault("field", self.instance.field)
        return StationDetails(**values, closed=slots_from(self.cleaned_data["closed"]))

    def spot(self) -> Spot:
        return Spot(zone=self.cleaned_data["zone"], number=self.cleaned_data["number"])


class RowForm(forms.Form):
    """A station's row on the organiser's page."""

    number = forms.IntegerField(label=gettext_lazy("Number"), required=False, min_value=1, max_value=9999)
    zone = forms.ModelChoiceField(label=gettext_lazy("Zone"), queryset=None, required=False)
    capacity = forms.IntegerField(label=gettext_lazy("Pupils at a time"), min_value=1, max_value=500)
    version = VersionField()

    def __init__(self, *args: Any, station: Station, zones: list[tuple[Any, str]], **kwargs: Any) -> None:
        stored = {
            "number": station.number,
            "zone": station.zone_id,
            "capacity": station.capacity,
            "version": station.version,
        }
        super().__init__(*args, prefix=f"s{station.pk}", initial=stored, **kwargs)
        self.station = station
        self.fields["zone"] = forms.TypedChoiceField(
            label=_("Zone"), choices=zones, required=False, coerce=int, empty_value=None
        )
        for name, field in self.fields.items():
            if name != "version":
                field.widget.attrs["aria-label"] = f"{field.label}, {station.name}"

    @property
    def was_sent(self) -> bool:
        """Whether the browser sent this row: a station that came meanwhile, or is filtered away, is left alone."""
        return self.is_bound and self.add_prefix("version") in self.data


class PageForm:
    """Every row of the organiser's page as one form."""

    def __init__(self, night: Night, stations: Iterable[Station], data: Any = None) -> None:
        self.zones = {zone.pk: zone for zone in night.zones.all()}
        choices = [("", _("No zone yet")), *((pk, zone.name) for pk, zone in self.zones.items())]
        self.rows = [RowForm(station=station, zones=choices) for station in stations]
        if data is not None:
            bound = [RowForm(data, station=row.station, zones=choices) for row in self.rows]
            self.rows = [new if new.was_sent else row for new, row in zip(bound, self.rows, strict=True)]

    @property
    def sent(self) -> list[RowForm]:
        return [row for row in self.rows if row.was_sent]

    def is_valid(self) -> bool:
        return all([row.is_valid() for row in self.sent])  # noqa: C419 — every fault at once

    def places(self) -> list[Place]:
        """The valid rows as the service takes them."""
        return [
            Place(
                pk=row.station.pk,
                seen=row.cleaned_data["version"],
                zone=self.zones.get(row.cleaned_data["zone"] or 0),
                number=row.cleaned_data["number"],
                capacity=row.cleaned_data["capacity"],
            )
            for row in self.sent
        ]

    def blame(self, faults: dict[int, str]) -> None:
        """Say at each row what stands against it."""
        for row in self.sent:
            if fault := faults.get(row.station.pk):
                row.add_error(None, fault)

    @property
    def faulty(self) -> list[RowForm]:
        """The rows to put right."""
        return [row for row in self.sent if row.errors]
