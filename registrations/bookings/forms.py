"""The steps of a booking. Counts, times, wishes and reasons are said of one class, or of all classes at once."""

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.look import formats
from events.look.widgets import DayInput
from events.nights.models import Wave
from events.versions import VersionField
from registrations.bookings.counts import too_many, without_zeros
from registrations.bookings.duplicates import key_of
from registrations.bookings.grades import grade_name
from registrations.bookings.models import MAX_PUPILS, Booking, RequestKind, SchoolClass
from registrations.bookings.needs import Diet, Need
from registrations.bookings.queries import share_a_bus
from registrations.bookings.wishes import MOST_WISHES, order_of, read_order

MAX_ADULTS = 40
REASON_LENGTH = 1000


class CountInput(forms.TextInput):
    """A number between a − and a + that scripts wake up; without them a plain number."""

    template_name = "registrations/bookings/_count.html"


class WholeNumberField(forms.IntegerField):
    """A count between ``least`` and ``most``; one sentence says what is wrong, whatever is wrong."""

    def __init__(self, *, least: int, most: int, **kwargs: Any):
        super().__init__(**kwargs)
        self.least, self.most = least, most
        self.validators = [MinValueValidator(least), MaxValueValidator(most)]
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def clean(self, value: Any) -> int | None:
        try:
            return super().clean(value)
        except ValidationError as wrong:
            if "required" in {one.code for one in wrong.error_list}:
                raise
            text = _("Write a whole number between %(least)s and %(most)s.")
            raise ValidationError(text % {"least": self.least, "most": self.most}, code="not_in_range") from wrong


class LongTextField(forms.CharField):
    """A text of several lines, counted as people count: a new line is one character, however the browser sends it.

    A browser that stops at the limit would cut a pasted text short without a word, so it is not told of one.
    """

    def __init__(self, *, max_length: int, rows: int, **kwargs: Any):
        widget = forms.Textarea(attrs={"rows": rows, "data-count-to": max_length})
        super().__init__(max_length=max_length, widget=widget, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class ClassForm(forms.Form):
    """One class: what it is called, and how many come."""

    label = forms.CharField(
        label=_("Class"),
        max_length=20,
        help_text=_("As you call it, such as 9A or TE2b."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    grade = forms.TypedChoiceField(label=_("Grade"), coerce=int)
    pupils = WholeNumberField(label=_("Pupils"), least=1, most=MAX_PUPILS, widget=forms.TextInput)
    adults = WholeNumberField(
        label=_("Adults"), least=0, most=MAX_ADULTS, initial=2, widget=CountInput(attrs={"min": 0})
    )

    def __init__(self, *args: Any, grades: list[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["grade"].choices = [(grade, grade_name(grade).capitalize()) for grade in grades]
        self.initial.setdefault("grade", grades[0] if grades else None)
        del self.fields["label"].widget.attrs["maxlength"]

    def clean_label(self) -> str:
        label = " ".join(self.cleaned_data["label"].split())
        if not key_of(label):
            raise ValidationError(_("Write the class with letters or digits, such as 9A."), code="no_label")
        return label

    @staticmethod
    def initial_of(one: SchoolClass) -> dict[str, Any]:
        return {"label": one.label, "grade": one.grade, "pupils": one.pupils, "adults": one.adults}

    def columns(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class NeedsForm(forms.Form):
    """Access needs and diets of one class, as counts. No names, no diagnoses."""

    marks_optional = False

    def __init__(self, *args: Any, school_class: SchoolClass, **kwargs: Any):
        kwargs.setdefault("initial", self.initial_of(school_class))
        super().__init__(*args, **kwargs)
        self.school_class = school_class
        for kinds, group in ((Need, "need"), (Diet, "diet")):
            for kind in kinds:
                widget = CountInput(attrs={"min": 0, "max": school_class.pupils})
                field = WholeNumberField(label=kind.label, least=0, most=MAX_PUPILS, required=False, widget=widget)
                self.fields[f"{group}_{kind.value}"] = field

    @staticmethod
    def initial_of(one: SchoolClass) -> dict[str, Any]:
        needs = {f"need_{kind}": one.needs.get(kind, 0) for kind in Need.values}
        return needs | {f"diet_{kind}": one.diets.get(kind, 0) for kind in Diet.values}

    def clean(self) -> None:
        pupils = self.school_class.pupils
        counts = {name: count or 0 for name, count in self.cleaned_data.items()}
        for name in too_many(counts, pupils):
            self.add_error(name, _("The class has %(pupils)s pupils, so it can not be more.") % {"pupils": pupils})

    def columns(self) -> dict[str, Any]:
        """What is sound of both columns; what is not stays as it was stored."""
        return {
            column: without_zeros(
                {kind: self.cleaned_data.get(f"{group}_{kind}", stored.get(kind)) or 0 for kind in kinds.values}
            )
            for column, group, kinds, stored in (
                ("needs", "need", Need, self.school_class.needs),
                ("diets", "diet", Diet, self.school_class.diets),
            )
        }

    @property
    def need_fields(self) -> list[forms.BoundField]:
        return [self[f"need_{kind}"] for kind in Need.values]

    @property
    def diet_fields(self) -> list[forms.BoundField]:
        return [self[f"diet_{kind}"] for kind in Diet.values]

    @property
    def total(self) -> int:
        """How many counts the class has said anything of: the page opens where there are some."""
        return len(self.school_class.needs) + len(self.school_class.diets)


class TimesForm(forms.Form):
    """When the class can come; all times are ticked to begin with, and stored as none."""

    waves = forms.TypedMultipleChoiceField(
        label=_("Times that work"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Keep all that are possible: that makes a place likelier."),
        error_messages={"required": _("Tick at least one time.")},
    )

    def __init__(self, *args: Any, waves: list[Wave], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.every = {wave.pk for wave in waves}
        clock = partial(formats.clock, language=get_language())
        self.fields["waves"].choices = [(w.pk, f"{w.name}, {clock(localtime(w.starts_at))}") for w in waves]
        self.initial["waves"] = self.initial.get("waves") or sorted(self.every)

    @staticmethod
    def initial_of(one: SchoolClass) -> dict[str, Any]:
        return {"waves": sorted(wave.pk for wave in one.possible_waves.all())}

    def chosen(self) -> frozenset[int]:
        """The keys of the times; empty for all, so that a time that is added later works too."""
        ticked = frozenset(self.cleaned_data["waves"])
        return frozenset() if ticked == self.every else ticked


class WishesForm(forms.Form):
    """Wishes in order, as keys ("f3,s12")."""

    order = forms.CharField(label=_("Wishes"), required=False, max_length=400, widget=forms.HiddenInput)

    @staticmethod
    def initial_of(one: SchoolClass) -> dict[str, Any]:
        return {"order": ",".join(order_of(one))}

    def clean_order(self) -> list[str]:
        order = read_order(self.cleaned_data["order"])
        if len(order) > MOST_WISHES:
            raise ValidationError(_("At most %(most)s wishes.") % {"most": MOST_WISHES}, code="too_many")
        return order


class ReasonForm(forms.Form):
    """Why the class wants to come."""

    reason = LongTextField(
        label=_("Why you want to come"),
        required=False,
        max_length=REASON_LENGTH,
        rows=6,
        help_text=_("What the evening would mean for the class. The organiser reads it and weighs it in."),
    )

    @staticmethod
    def initial_of(one: SchoolClass) -> dict[str, Any]:
        return {"reason": one.reason}

    def columns(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


class ContactForm(forms.ModelForm):
    """Whom the organiser talks to."""

    version = VersionField()
    same_bus = forms.BooleanField(
        label=_("The classes come with the same bus"),
        required=False,
        help_text=_("Then they get the same time, or none of them a place."),
    )

    class Meta:
        model = Booking
        fields = ["contact_name", "contact_email", "contact_phone"]
        widgets = {
            "contact_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "contact_phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        }

    field_order = ["contact_name", "contact_email", "contact_phone", "same_bus", "version"]

    def __init__(self, *args: Any, classes: list[SchoolClass], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)
        for name in self.Meta.fields:
            self.fields[name].required = True
        if len(classes) < 2:
            del self.fields["same_bus"]
        else:
            self.initial.setdefault("same_bus", share_a_bus(classes))

    def clean_contact_phone(self) -> str:
        phone = self.cleaned_data["contact_phone"].strip()
        if sum(character.isdigit() for character in phone) < 6:
            raise ValidationError(_("Write a phone number."), code="no_phone")
        return phone

    def sound_fields(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ChangeRequestForm(forms.Form):
    """What a school asks for after the deadline."""

    kind = forms.ChoiceField(label=_("What it is about"), choices=RequestKind.choices, widget=forms.RadioSelect)
    school_class = forms.TypedChoiceField(label=_("Which class"), coerce=int, required=False, empty_value=None)
    text = LongTextField(label=_("What you would like"), max_length=1000, rows=4)

    def __init__(self, *args: Any, classes: list[SchoolClass], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["school_class"].choices = [("", _("The whole booking")), *((one.pk, one.label) for one in classes)]


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("Your colleague's e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))


class SubstituteForm(forms.Form):
    """Who stands in, and until when."""

    name = forms.CharField(
        label=_("Who stands in"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    until = forms.DateField(label=_("The link works until and with"), widget=DayInput)
    email = forms.EmailField(
        label=_("Send the link to"),
        required=False,
        help_text=_("You also get it on the next page, to copy or show."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class NumbersForm(forms.Form):
    """How many come, as a substitute says it."""

    pupils = WholeNumberField(label=_("Pupils"), least=1, most=MAX_PUPILS, widget=CountInput(attrs={"min": 1}))
    adults = WholeNumberField(label=_("Adults"), least=0, most=MAX_ADULTS, widget=CountInput(attrs={"min": 0}))
    seen = forms.IntegerField(widget=forms.HiddenInput)
