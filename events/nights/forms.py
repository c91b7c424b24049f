"""The programme's form: the night's rules, and a table of rows each for admissions, zones, walks and fields."""

from collections.abc import Iterator, Mapping
from copy import copy
from types import SimpleNamespace
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.look.widgets import DayInput
from events.moments import MomentField
from events.nights.models import Field, Night, Walk, Wave, Zone
from events.nights.queries import rhythm_of
from events.nights.services import ADMISSIONS, FIELDS, ZONES, ProgrammeDetails, RowDetails, in_words
from events.nights.times import Round, rounds_of
from events.versions import VersionField

MOST = {"waves": 12, "zones": 20, "fields": 40}


class NightForm(forms.ModelForm):
    """The rules of the evening."""

    bookings_open_at = MomentField(label=gettext_lazy("Schools may book from"))
    bookings_close_at = MomentField(label=gettext_lazy("Schools may book and change until"))
    version = VersionField()

    class Meta:
        model = Night
        fields = [
            "places",
            "youngest_grade",
            "oldest_grade",
            "bookings_open_at",
            "bookings_close_at",
            "answers_on",
            "visits_per_team",
            "team_size",
            "welcome_minutes",
            "round_minutes",
            "transition_minutes",
            "desk_phone",
            "co_financing",
            "programme_codes",
        ]
        widgets = {"answers_on": DayInput, "desk_phone": forms.TextInput(attrs={"type": "tel"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("bookings_open_at"), cleaned.get("bookings_close_at")
        if opens and closes and closes <= opens:
            self.add_error("bookings_close_at", _("Booking must close after it opens."))
        youngest, oldest = cleaned.get("youngest_grade"), cleaned.get("oldest_grade")
        if youngest and oldest and oldest < youngest:
            self.add_error("oldest_grade", _("The oldest grade must not be below the youngest."))
        return cleaned


class RowForm(forms.ModelForm):
    """A row of one of the tables. A new one that nobody has written in is no row; ``telling`` says where one writes."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    telling: tuple[str, ...] = ("name",)

    def has_changed(self) -> bool:
        return any(self.data.get(self.add_prefix(name), "").strip() for name in self.telling)

    @property
    def is_new(self) -> bool:
        return self.empty_permitted


class WaveForm(RowForm):
    starts_at = MomentField(label=gettext_lazy("Admission"))
    telling = ("name", "capacity", "rounds")

    class Meta:
        model = Wave
        fields = ["name", "starts_at", "capacity", "rounds"]


class ZoneForm(RowForm):
    telling = ("name", "directions")

    class Meta:
        model = Zone
        fields = ["name", "directions"]


class FieldForm(RowForm):
    telling = ("name", "name_en")

    class Meta:
        model = Field
        fields = ["name", "name_en"]


class Table(forms.BaseFormSet):
    """Rows of one kind; no two may have the same name."""

    def clean(self) -> None:
        seen: set[str] = set()
        for form in self.forms:
            name = form.cleaned_data.get("name", "") if hasattr(form, "cleaned_data") else ""
            if not name or self._should_delete_form(form):
                continue
            if name.casefold() in seen:
                form.add_error("name", _("Another row has that name."))
            seen.add(name.casefold())

    def get_deletion_widget(self) -> forms.CheckboxInput:
        return forms.CheckboxInput()

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            field.help_text = ""  # said once above the table
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove")


TABLES = {
    key: forms.formset_factory(
        form, formset=Table, can_delete=True, can_delete_extra=False, extra=0, max_num=MOST[key], validate_max=True
    )
    for key, form in (("waves", WaveForm), ("zones", ZoneForm), ("fields", FieldForm))
}


class WalksForm(forms.Form):
    """Minutes between each two zones, and within each; ``zones`` are (position in the table of zones, name)."""

    def __init__(self, *args: Any, zones: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zones = zones
        for place, (one, name) in enumerate(zones):
            for other, its_name in zones[: place + 1]:
                words = {"one": its_name, "other": name}
                label = _("Within %(one)s") % words if one == other else _("Between %(one)s and %(other)s") % words
                self.fields[f"walk-{other}-{one}"] = forms.IntegerField(
                    label=label,
                    required=False,
                    min_value=0,
                    max_value=180,
                    widget=forms.NumberInput(attrs={"aria-label": label}),
                )

    def rows(self) -> list[tuple[str, list[tuple[str, Any]]]]:
        """The lower half of the square: a zone, and (a zone before it or itself, its field) for each."""
        return [
            (name, [(its_name, self[f"walk-{other}-{one}"]) for other, its_name in self.zones[: place + 1]])
            for place, (one, name) in enumerate(self.zones)
        ]

    def minutes(self) -> dict[tuple[int, int], int | None]:
        places = {name: tuple(map(int, name.split("-")[1:])) for name in self.fields}
        return {(pair[0], pair[1]): self.cleaned_data.get(name) for name, pair in places.items()}


class ProgrammeForm:
    """All of it as one form. ``more`` names the table that gets another empty row; then nothing is judged yet."""

    def __init__(self, night: Night, data: QueryDict | None = None, more: str = "") -> None:
        self.stored = night
        if data is not None and more in TABLES:
            data = data.copy()
            total = data.get(f"{more}-TOTAL_FORMS", "0")
            data[f"{more}-TOTAL_FORMS"] = str(min(int(total) + 1 if total.isdecimal() else 1, MOST[more]))
        self.night = NightForm(data, instance=copy(night))
        rows = self._stored_rows() if data is None else {}
        tables = {key: table(data, prefix=key, initial=rows.get(key)) for key, table in TABLES.items()}
        if data is None:
            for key, wanted in (("waves", 1), ("zones", 1), ("fields", 1)):
                tables[key].extra = 0 if rows[key] else wanted
        self.waves, self.zones, self.fields = tables["waves"], tables["zones"], tables["fields"]
        self.walks = WalksForm(data, zones=self._zone_names(), initial=self._stored_walks() if data is None else None)
        if more:
            self._judge_nothing(more)

    def is_valid(self) -> bool:
        sound = [part.is_valid() for part in (self.night, self.waves, self.zones, self.fields, self.walks)]
        return all(sound)  # not one after the other: every fault is told at once

    def details(self) -> ProgrammeDetails:
        """The valid form as the services take it."""
        return ProgrammeDetails(
            rules={name: self.night.cleaned_data[name] for name in NightForm.Meta.fields},
            waves=_details(self.waves),
            zones=_details(self.zones),
            fields=_details(self.fields),
            walks=self.walks.minutes(),
        )

    def rounds_of(self, form: WaveForm) -> list[Round]:
        """When the rounds of an admission are, as it is typed or stored; nothing while something is missing."""
        if form.is_bound:
            values: Mapping[str, Any] = getattr(form, "cleaned_data", {})
            rules = self.night.instance
        else:
            values, rules = form.initial, self.stored
        start, count = values.get("starts_at"), values.get("rounds")
        return rounds_of(start, count, rhythm_of(rules)) if start and count else []

    @property
    def admissions(self) -> list[tuple[WaveForm, list[Round]]]:
        return [(form, self.rounds_of(form)) for form in self.waves]

    @property
    def room(self) -> int:
        """How many pupils the stored admissions have room for."""
        return sum(row["capacity"] for row in self._stored_rows()["waves"])

    # --- What the error summary asks of a form ---

    @property
    def errors(self) -> dict[str, list]:
        return {field.name: field.errors for field in self if field.errors} | (
            {"": self.non_field_errors} if self.non_field_errors else {}
        )

    @property
    def non_field_errors(self) -> list[str]:
        tables = [fault for table in (self.waves, self.zones, self.fields) for fault in table.non_form_errors()]
        rows = [fault for form in self._rows() for fault in form.non_field_errors()]
        return [*self.night.non_field_errors(), *tables, *rows]

    def add_error(self, field: None, text: str) -> None:
        self.night.add_error(field, text)

    def __iter__(self) -> Iterator[SimpleNamespace]:
        yield from (_named(field, "") for field in self.night)
        titles = {"waves": _("Admission"), "zones": _("Zone"), "fields": _("Field")}
        for key, title in titles.items():
            table = getattr(self, key)
            for number, form in enumerate(table, start=1):
                if table.is_bound and table._should_delete_form(form):
                    continue
                yield from (_named(field, f"{title} {number}, ") for field in form)
        yield from (_named(field, "") for field in self.walks)

    def _rows(self) -> list[forms.Form]:
        return [form for table in (self.waves, self.zones, self.fields) for form in table]

    def typed_picture(self) -> dict[str, list[str]]:
        """The rows as they are typed, in the trail's words, to compare with what a colleague saved."""
        tables = {"waves": (Wave, ADMISSIONS), "zones": (Zone, ZONES), "fields": (Field, FIELDS)}
        picture = {}
        for key, (model, title) in tables.items():
            rows = [row for row in _details(getattr(self, key)) if not row.remove]
            picture[title] = [in_words(model(**row.values)) for row in rows]
        return picture

    def _judge_nothing(self, more: str) -> None:
        for form in [self.night, self.walks, *self._rows()]:
            form._errors = ErrorDict()
            form.cleaned_data = {}
        for table in (self.waves, self.zones, self.fields):
            table._errors, table._non_form_errors = [], table.error_class()
        rows = getattr(self, more).forms
        if rows:
            rows[-1].fields["name"].widget.attrs["autofocus"] = True

    def _stored_rows(self) -> dict[str, list[dict[str, Any]]]:
        if self.stored.pk is None:
            return {key: [] for key in TABLES}
        waves = self.stored.waves.in_order().values("pk", "name", "starts_at", "capacity", "rounds")
        zones = self.stored.zones.values("pk", "name", "directions")
        fields = self.stored.fields.values("pk", "name", "name_en")
        return {"waves": list(waves), "zones": list(zones), "fields": list(fields)}

    def _zone_names(self) -> list[tuple[int, str]]:
        """The rows of zones that have a name, typed or stored."""
        names = [(place, str(form["name"].value() or "").strip()) for place, form in enumerate(self.zones)]
        return [(place, name) for place, name in names if name]

    def _stored_walks(self) -> dict[str, int]:
        places = {form.initial.get("pk"): place for place, form in enumerate(self.zones)}
        found = {}
        if self.stored.pk is not None:
            for walk in Walk.objects.filter(one__night=self.stored):
                one, other = sorted((places[walk.one_id], places[walk.other_id]))
                found[f"walk-{one}-{other}"] = walk.minutes
        return found


def _details(table: forms.BaseFormSet) -> list[RowDetails]:
    """The rows in their places; one that nobody has written in is there as removed, so that places stay."""
    return [
        RowDetails(
            values={name: form.cleaned_data.get(name) for name in form.Meta.fields},
            pk=form.cleaned_data.get("pk"),
            remove=bool(form.cleaned_data.get("DELETE")) or not form.cleaned_data.get("name"),
        )
        for form in table
    ]


def _named(field: forms.BoundField, row: str) -> SimpleNamespace:
    label = f"{row}{str(field.label)[:1].lower()}{str(field.label)[1:]}" if row else field.label
    return SimpleNamespace(
        name=field.html_name, errors=field.errors, is_hidden=field.is_hidden, first_id=field.first_id, label=label
    )
