"""Forms about indicators."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from events.chosen import ChosenMany
from events.look.formats import number
from events.look.widgets import DayInput
from events.municipalities.models import Municipality
from events.plan.models import Activity, ActivityPlan, Goal
from events.programme.models import Event
from events.versions import VersionField
from surveys.figures.models import ReportedFigure
from surveys.followup.models import Indicator
from surveys.followup.services import Choice, IndicatorDetails, numbers_of
from surveys.questionnaires.models import Question


class IndicatorsForm(forms.Form):
    """Which figures stand in an activity's row: for each of its events the questions, then the plain numbers."""

    marks_optional = False
    chosen = forms.MultipleChoiceField(label=_("Figures"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *args: Any,
        sources: Sequence[tuple[Event, list[Question], list[ReportedFigure]]],
        standing: Sequence[Indicator] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choices: dict[str, Choice] = {}
        groups = []
        for event, questions, reported in sources:
            choices = [Choice(event, Indicator.Source.QUESTION, question) for question in questions]
            choices += [Choice(event, Indicator.Source.REPORTED, reported=figure) for figure in reported]
            choices += [Choice(event, source) for source in numbers_of(event)]
            self._choices |= {_code(choice): choice for choice in choices}
            groups.append((event.title, [(_code(choice), _words(choice)) for choice in choices]))
        self.fields["chosen"].choices = groups
        self.fields["chosen"].initial = [
            _code(Choice(row.event, row.source, row.question, row.reported)) for row in standing if row.event
        ]

    def choices(self) -> list[Choice]:
        """What was ticked, in the order of the page."""
        ticked = set(self.cleaned_data["chosen"])
        return [choice for code, choice in self._choices.items() if code in ticked]


def _code(choice: Choice) -> str:
    if choice.question:
        return f"question-{choice.question.pk}"
    return f"reported-{choice.reported.pk}" if choice.reported else f"{choice.source}-{choice.event.pk}"


def _words(choice: Choice) -> str:
    if choice.reported:
        return pgettext("a figure that a paper reports", "Reported: %(percent)s %% %(finding)s") % {
            "percent": number(choice.reported.percent.normalize(), get_language()),
            "finding": choice.reported.label,
        }
    if choice.question is None:
        return str(Indicator.Source(choice.source).label)
    audience = choice.question.survey.get_audience_display()
    return pgettext("audience and question", "%(audience)s: %(question)s") % {
        "audience": audience,
        "question": choice.question.wording,
    }


class SentenceForm(forms.ModelForm):
    """The editor's words about a figure."""

    version = VersionField()

    class Meta:
        model = Indicator
        fields = ["sentence"]
        widgets = {"sentence": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, drafts: Sequence[str], **kwargs: Any) -> None:
        """``drafts`` are the draft in the reader's language, then in others: the first is proposed."""
        super().__init__(*args, **kwargs)
        self.drafts = drafts
        self.fields["version"].initial = self.instance.version
        if not self.instance.sentence:
            self.initial["sentence"] = drafts[0]

    def clean_sentence(self) -> str:
        """What was typed; a draft left as it is stays a draft, so that it goes on following its figure."""
        text = " ".join(self.cleaned_data["sentence"].split())
        return "" if text in [" ".join(draft.split()) for draft in self.drafts] else text


class IndicatorForm(forms.ModelForm):
    """What an indicator is called, counts and is to reach; only what its source can have is asked."""

    version = VersionField(required=False)

    class Meta:
        model = Indicator
        fields = [
            "name",
            "definition",
            "programmes",
            "unit",
            "typed_value",
            "typed_on",
            "typed_n",
            "typed_from",
            "direction",
            "baseline",
            "target",
            "year",
            "responsible",
            "goals",
            "on_front",
        ]
        widgets = {
            "definition": forms.Textarea(attrs={"rows": 3}),
            "direction": forms.RadioSelect,
            "goals": forms.CheckboxSelectMultiple,
            "typed_on": DayInput,
        }
        field_classes = {"goals": ChosenMany}
        help_texts = {
            "target": _("In the unit of the figure: 75 is 75 %."),
            "year": _("The year that the target is for."),
        }

    def __init__(self, *args: Any, plan: ActivityPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        source = self.instance.source
        self.fields["version"].initial = self.instance.version
        self.fields["goals"].queryset = Goal.objects.filter(theme__plan=plan).order_by("-kind", "number", "pk")
        self.fields["responsible"].queryset = Municipality.objects.alphabetical()
        self.fields["responsible"].empty_label = _("Nobody yet")
        for name in ("baseline", "target", "typed_value"):
            if self.initial.get(name) is not None:
                self.initial[name] = f"{self.initial[name].normalize():f}"
        self.fields["direction"].choices = Indicator.Direction.choices
        for name in ("year", "typed_n"):  # the instance is not validated: see _post_clean
            self.fields[name].validators += Indicator._meta.get_field(name).validators
        if source != Indicator.Source.APPLICANTS:
            del self.fields["programmes"]
        else:
            self.fields["programmes"].required = True
            self.fields["year"].help_text = _("The year of the application. Leave empty for the latest that is known.")
        if source != Indicator.Source.TYPED:
            for name in ("unit", "typed_n"):
                del self.fields[name]
        if source not in Indicator.Source.with_value():
            for name in ("typed_value", "typed_on", "typed_from"):
                del self.fields[name]
        elif source == Indicator.Source.EXHIBITOR_COST:
            self.fields["typed_value"].label = _("What it cost in all (kr)")
            self.fields["typed_value"].help_text = _(
                "It is shared by the exhibitors that hold a place. Leave empty until it is known."
            )
            self.fields["typed_value"].validators += [MinValueValidator(0)]
        if source in Indicator.Source.without_event():
            self.fields["name"].required = True
        if not self.fields["goals"].queryset.exists():
            del self.fields["goals"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("typed_value") is not None:
            for name, text in (
                ("typed_on", _("Say which day the value is of.")),
                ("typed_from", _("Say where the value comes from.")),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, forms.ValidationError(text, code="needed"))
        return cleaned

    def _post_clean(self) -> None:
        """The services write; the instance is only read, so that a stale form can be compared with what is stored."""

    def details(self, activity: Activity | None = None) -> IndicatorDetails:
        """What was typed; what is not asked of the source stays as it is."""
        asked = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}
        left = {
            name: getattr(self.instance, name)
            for name in self.Meta.fields
            if name not in self.fields and name != "goals"
        }
        goals = list(asked.pop("goals", []))
        goals = list(Goal.objects.filter(pk__in=[goal.pk for goal in goals]).select_related("theme"))
        return IndicatorDetails(source=self.instance.source, activity=activity, goals=goals, **asked, **left)
