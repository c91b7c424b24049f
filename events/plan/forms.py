"""Forms of the plan's parts. ``details()`` is what the services want; the instances are only read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.chosen import ChosenMany
from events.look.widgets import DayInput
from events.municipalities.models import Area, Municipality
from events.plan.models import Activity, ActivityPlan, Goal, Theme
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


class ParticipationForm(forms.Form):
    """Which municipalities take part, a box for each of the twelve and each of the plan's years."""

    marks_optional = False

    def __init__(self, *args: Any, plan: ActivityPlan, taking_part: dict[int, list[Municipality]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.plan = plan
        municipalities = Municipality.objects.alphabetical()
        for year in plan.years:
            self.fields[f"year_{year}"] = ChosenMany(
                municipalities,
                label=str(year),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[municipality.pk for municipality in taking_part.get(year, [])],
            )

    def chosen(self) -> dict[int, list[Municipality]]:
        """The municipalities of each year."""
        return {year: list(self.cleaned_data[f"year_{year}"]) for year in self.plan.years}


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
        if not self.instance.pk:
            self.fields["position"].initial = None
            self.initial.pop("position", None)
        self.fields["year"] = forms.TypedChoiceField(
            label=_("Year"), coerce=int, choices=[(year, str(year)) for year in plan.years]
        )

    def details(self) -> ActivityDetails:
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return ActivityDetails(**values | {"responsible": list(values["responsible"]), "goals": list(values["goals"])})
