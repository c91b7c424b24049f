"""The organiser's forms about schools' bookings."""

from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.chosen import ChosenMany
from events.look import formats
from events.nights.models import Wave
from registrations.bookings.decisions import Granted, does_itself
from registrations.bookings.grades import grade_name
from registrations.bookings.models import MAX_PUPILS, ChangeRequest, RequestKind, SchoolClass
from registrations.bookings.scoring import MOST_POINTS, seen_as


class ScoreForm(forms.Form):
    """Points for a class's reason. ``seen`` says what the page showed (``scoring.seen_as``)."""

    marks_optional = False
    score = forms.IntegerField(
        label=_("Points, 0 to 100"),
        min_value=0,
        max_value=MOST_POINTS,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off", "autofocus": True}),
    )
    note = forms.CharField(
        label=_("Note to colleagues"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("The school does not see it."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, *args: Any, school_class: SchoolClass, **kwargs: Any):
        super().__init__(*args, **kwargs)
        now = {"score": school_class.score, "note": school_class.score_note, "seen": seen_as(school_class)}
        self.initial |= now


class TimesField(ChosenMany):
    """Admissions by name and time."""

    def label_from_instance(self, obj: Wave) -> str:
        return f"{obj.name}, {formats.clock(localtime(obj.starts_at), get_language())}"


class AnswerForm(forms.Form):
    """An answer to a school's request; when it can be done at once, the fields that say what is done."""

    marks_optional = False
    answer = forms.CharField(
        label=_("Answer to the school"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Goes into the letter to everybody who shares the booking."),
        error_messages={"required": _("Write an answer: a line is enough.")},
    )

    def __init__(self, *args: Any, request: ChangeRequest, granting: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.request = request
        self.granting = granting
        one = request.school_class
        if not does_itself(request):
            return
        night = request.booking.night
        if request.kind == RequestKind.NEW_CLASS:
            self._add("label", forms.CharField(label=_("The new class"), max_length=20))
            grades = [(grade, grade_name(grade)) for grade in night.grades]
            self._add("grade", forms.TypedChoiceField(label=_("Grade"), choices=grades, coerce=int))
        if request.kind in {RequestKind.NEW_CLASS, RequestKind.NUMBERS}:
            pupils = forms.IntegerField(label=_("Pupils"), min_value=1, max_value=MAX_PUPILS)
            adults = forms.IntegerField(label=_("Adults"), min_value=0, max_value=40)
            self._add("pupils", pupils, one.pupils if one else None)
            self._add("adults", adults, one.adults if one else 2)
        if request.kind == RequestKind.WAVE and one is not None:
            waves = TimesField(
                label=_("Times that work"), queryset=night.waves.all(), widget=forms.CheckboxSelectMultiple
            )
            self._add("waves", waves, [wave.pk for wave in one.possible_waves.all()] or list(night.waves.all()))
        self.order_fields(["label", "grade", "pupils", "adults", "waves", "answer"])

    def _add(self, name: str, field: forms.Field, initial: Any = None) -> None:
        field.required = self.granting
        self.fields[name] = field
        self.initial.setdefault(name, initial)

    @property
    def does_itself(self) -> bool:
        return len(self.fields) > 1

    def change(self) -> Granted | None:
        """What granting comes to; ``None`` for an answer alone."""
        if not (self.granting and self.does_itself):
            return None
        said = self.cleaned_data
        waves = frozenset(wave.pk for wave in said["waves"]) if "waves" in said else None
        return Granted(said.get("pupils"), said.get("adults"), waves, said.get("label"), said.get("grade"))


class BusForm(forms.Form):
    """The name of a bus for the ticked classes; empty takes the bus away."""

    bus = forms.CharField(label=_("Bus"), max_length=20, required=False)

    def clean_bus(self) -> str:
        return " ".join(self.cleaned_data["bus"].split())


class MergeForm(forms.Form):
    """Which of two classes is kept."""

    keep = forms.IntegerField(widget=forms.HiddenInput)
    drop = forms.IntegerField(widget=forms.HiddenInput)
