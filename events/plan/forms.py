"""Forms of the plan's parts. ``details()`` is what the services want; the instances are only read."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from events.chosen import ChosenMany
from events.look.widgets import DayInput
from events.municipalities.models import Area, Municipality
from events.plan.models import Activity, ActivityPlan, Goal, SubStep, Theme
from events.plan.services import ActivityDetails, GoalDetails, PlanDetails
from events.versions import VersionField

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_PERIOD = 10


class VersionedForm(forms.ModelForm):
    """Carries the version that its instance was seen in."""

    version = VersionField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version


class PlanForm(VersionedForm):
    class Meta:
        model = ActivityPlan
        fields = ["title", "first_year", "last_year", "decided_on"]
        widgets = {"decided_on": DayInput}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("first_year", "last_year"):
            year = cleaned.get(name)
            if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
                self.add_error(name, forms.ValidationError(_("A year such as 2027."), code="year"))
        first, last = cleaned.get("first_year"), cleaned.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", forms.ValidationError(_("The last year comes before the first."), code="order"))
        if first and last and last - first >= LONGEST_PERIOD:
            self.add_error("last_year", forms.ValidationError(_("At most ten years."), code="too_long"))
        return cleaned

    def details(self) -> PlanDetails:
        return PlanDetails(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class NewPlanForm(PlanForm):
    """A first plan, or the next one, for one of the areas that somebody may plan."""

    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"), empty_label=_("Choose an area"))
    field_order = ["area"]

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas.alphabetical()
        if len(areas) == 1:
            self.fields["area"].initial = areas[0]


class NextPlanForm(PlanForm):
    """The period that follows ``earlier``: at first as many years, under the same title."""

    class Meta(PlanForm.Meta):
        fields = ["title", "first_year", "last_year"]

    def __init__(self, *args: Any, earlier: ActivityPlan, **kwargs: Any) -> None:
        first, last = earlier.last_year + 1, earlier.last_year + len(earlier.years)
        following = ActivityPlan(first_year=first, last_year=last)
        following.title = earlier.title.replace(earlier.period, following.period)
        super().__init__(*args, instance=following, **kwargs)


class ParticipationForm(forms.Form):
    """Which municipalities take part, a box for each of the twelve and each of the plan's years."""

    marks_optional = False
    version = VersionField(required=False)

    def __init__(self, *args: Any, plan: ActivityPlan, taking_part: dict[int, list[Municipality]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.fields["version"].initial = plan.version
        self.municipalities = list(Municipality.objects.alphabetical())
        for year in plan.years:
            self.fields[f"year_{year}"] = ChosenMany(
                Municipality.objects.alphabetical(),
                label=str(year),
                required=False,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
                initial=[municipality.pk for municipality in taking_part.get(year, [])],
            )

    def rows(self) -> list[tuple[Municipality, list[tuple[int, BoundWidget]]]]:
        """A row for each municipality with its box of each year, as the page's table has them."""
        columns = {year: list(self[f"year_{year}"]) for year in self.plan.years}
        return [
            (municipality, [(year, boxes[place]) for year, boxes in columns.items()])
            for place, municipality in enumerate(self.municipalities)
        ]

    def chosen(self) -> dict[int, list[Municipality]]:
        """The municipalities of each year."""
        return {year: list(self.cleaned_data[f"year_{year}"]) for year in self.plan.years}

    def be_stale(self, stored: ActivityPlan) -> None:
        """Keep what was typed, upon the version that is ``stored``: saving it again overwrites knowingly."""
        data = self.data.copy()
        data["version"] = str(stored.version)
        self.data = data


class NewThemeForm(forms.ModelForm):
    class Meta:
        model = Theme
        fields = ["title"]


class ThemeForm(VersionedForm):
    class Meta:
        model = Theme
        fields = ["title", "position"]


class GoalForm(VersionedForm):
    class Meta:
        model = Goal
        fields = ["theme", "kind", "number", "text", "description", "state"]
        widgets = {
            "kind": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 2}),
            "description": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "kind": _("An effect goal takes 3–5 years; a delivery goal 1–2 years, and is in our own hands."),
            "number": _("As in the plan, such as 1.2. Reports may number otherwise."),
        }

    def __init__(self, *args: Any, plan: ActivityPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = plan.themes.all()
        self.fields["theme"].empty_label = None
        self.fields["kind"].choices = Goal.Kind.choices
        if not self.instance.pk:
            self.fields["kind"].initial = Goal.Kind.DELIVERY

    def details(self) -> GoalDetails:
        return GoalDetails(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class StepForm(forms.ModelForm):
    marks_optional = False

    class Meta:
        model = SubStep
        fields = ["text"]


class HandOverForm(forms.Form):
    """Who answers for an activity from now on."""

    marks_optional = False
    to = ChosenMany(
        Municipality.objects.none(), label=_("Responsible from now on"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, activity: Activity, participants: list[Municipality], **kwargs: Any) -> None:
        """``participants`` take part in the activity's year; where nobody knows who does, all may be chosen."""
        super().__init__(*args, **kwargs)
        everybody = Municipality.objects.alphabetical()
        keys = [one.pk for one in participants]
        self.fields["to"].queryset = everybody.filter(pk__in=keys) if keys else everybody
        self.fields["to"].initial = [one.pk for one in activity.responsible.all() if not keys or one.pk in keys]


class ActivityForm(VersionedForm):
    class Meta:
        model = Activity
        fields = [
            "title",
            "year",
            "responsible",
            "goals",
            "status",
            "done_by",
            "what_happened",
            "short_term_effect",
            "long_term_effect",
            "position",
        ]
        widgets = {
            "responsible": forms.CheckboxSelectMultiple,
            "goals": forms.CheckboxSelectMultiple,
            "what_happened": forms.Textarea(attrs={"rows": 5}),
            "short_term_effect": forms.Textarea(attrs={"rows": 3}),
            "long_term_effect": forms.Textarea(attrs={"rows": 3}),
        }
        field_classes = {"responsible": ChosenMany, "goals": ChosenMany}
        help_texts = {
            "goals": _("The goals that it serves. It may serve none."),
            "what_happened": _("Stands in the follow-up as you write it here. Figures are added by themselves."),
            "position": _("Its place among the year's activities. Leave empty to put it last."),
        }

    def __init__(self, *args: Any, plan: ActivityPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = Municipality.objects.alphabetical()
        self.fields["goals"].queryset = Goal.objects.filter(theme__plan=plan).order_by("-kind", "number", "pk")
        self.fields["position"].required = False
        if self.instance.pk:
            self.fields["status_note"] = forms.CharField(
                label=_("Why the status is another"), required=False, max_length=300
            )
        else:
            self.fields["position"].initial = None
            self.initial.pop("position", None)
        self.fields["year"] = forms.TypedChoiceField(
            label=_("Year"), coerce=int, choices=[(year, str(year)) for year in plan.years]
        )

    def details(self) -> ActivityDetails:
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        values["status_note"] = self.cleaned_data.get("status_note", "")
        return ActivityDetails(**values | {"responsible": list(values["responsible"]), "goals": list(values["goals"])})
