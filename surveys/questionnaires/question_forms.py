"""The form in which a question is written: its words in both languages, its answers, and who is asked."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.versions import VersionField
from surveys.questionnaires.checks import branch_faults, faults_of
from surveys.questionnaires.drafts import BRANCHES_AT_MOST, FIELDS, Draft, draft_of, tidy
from surveys.questionnaires.models import Question
from surveys.questionnaires.options import LABEL_LENGTH, Row, moved, options_from, read_rows, row_fields, rows_of
from surveys.questionnaires.scales import NUMERIC, TEXTS, WITH_OPTIONS, Kind

SHOWN_FOR = {
    "options": WITH_OPTIONS,
    "lowest": frozenset({Kind.SCALE, Kind.NUMBER}),
    "highest": frozenset({Kind.SCALE, Kind.NUMBER}),
    "low_label": NUMERIC - {Kind.NUMBER},
    "low_label_en": NUMERIC - {Kind.NUMBER},
    "high_label": NUMERIC - {Kind.NUMBER},
    "high_label_en": NUMERIC - {Kind.NUMBER},
    "offers_dont_know": frozenset(Kind) - TEXTS - {Kind.YES_NO},
    "dont_know_counts": frozenset(Kind) - TEXTS,
}


# A question of another kind has other fields: they come with what was typed. The choice itself is never replaced, so
# that it keeps the focus and no second choice, however quick, falls between two of them.
CHOOSES_FIELDS = {
    "hx-post": "",
    "hx-trigger": "change",
    "hx-vals": '{"do": "kind"}',
    "hx-target": "#kind-fields",
    "hx-select": "#kind-fields",
    "hx-select-oob": "#faults",
    "hx-swap": "outerHTML",
}


class OptionRows(forms.Widget):
    """Answers to choose from, a row each in both languages, with buttons that work without scripts."""

    template_name = "surveys/questionnaires/option_rows.html"
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Row]:
        return read_rows(data)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        rows = list(value or rows_of(()))
        return {**context, "rows": rows, "last": len(rows) - 1, "longest": LABEL_LENGTH}

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return "id_option-0-sv"


class OptionsField(forms.Field):
    """What can be chosen. A draft may lack it, and is told so before the survey opens: it is not called optional."""

    widget = OptionRows
    marks_optional = False


class QuestionForm(forms.ModelForm):
    """A question. ``earlier`` are the questions before it, one of which may decide whether it is asked."""

    version = VersionField(required=False)
    options = OptionsField(label=_("Answers to choose from"), required=False)
    after = forms.MultipleChoiceField(
        label=_("Asked only of those who answered"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick answers to one of the questions. Tick none, and everybody is asked."),
    )

    class Meta:
        model = Question
        fields = [
            "kind",
            "text",
            "text_en",
            "required",
            "lowest",
            "highest",
            "low_label",
            "low_label_en",
            "high_label",
            "high_label_en",
            "offers_dont_know",
            "dont_know_counts",
        ]
        labels = {
            "text": _("The question in Swedish"),
            "text_en": _("The question in English"),
            "lowest": _("Lowest number"),
            "highest": _("Highest number"),
            "low_label": _("What the lowest means, in Swedish"),
            "low_label_en": _("What the lowest means, in English"),
            "high_label": _("What the highest means, in Swedish"),
            "high_label_en": _("What the highest means, in English"),
        }
        widgets = {
            "kind": forms.Select(attrs=CHOOSES_FIELDS),
            "text": forms.Textarea(attrs={"rows": 3}),
            "text_en": forms.Textarea(attrs={"rows": 3}),
            "lowest": forms.NumberInput(attrs={"inputmode": "numeric"}),
            "highest": forms.NumberInput(attrs={"inputmode": "numeric"}),
        }

    def __init__(self, *args: Any, earlier: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = earlier
        self.fields["after"].choices = [(one.wording, _branches(one)) for one in earlier if _branches(one)]
        self.fields["version"].initial = self.instance.version
        if self.instance.pk:
            self.initial.setdefault("options", rows_of(self.instance.options))
            deciding = self.instance.only_if
            if deciding:
                chosen = [f"{deciding.key}={value}" for value in self.instance.only_if_values]
                self.initial.setdefault("after", chosen)
        elif not self.is_bound and "lowest" not in self.initial:
            self.initial |= {"lowest": 1, "highest": 5} if self.kind == Kind.SCALE else {}

    @property
    def kind(self) -> str:
        """The kind whose fields are shown: what was chosen, whether that can be saved or not."""
        value = self["kind"].value()
        return value if value in Kind.values else Kind.YES_NO.value

    @property
    def shown(self) -> set[str]:
        """The names of the fields that the kind has a use for, among those that not every kind has."""
        return {name for name, kinds in SHOWN_FOR.items() if self.kind in kinds}

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Hidden fields: what was typed where the kind has no use for it, so that it is there for another kind."""
        values = {name: self[name].value() for name in SHOWN_FOR if name not in self.shown}
        rows = values.pop("options", None) or ()
        typed = {name: "on" if value is True else str(value) for name, value in values.items() if _is_typed(value)}
        return list(typed.items()) + [pair for number, row in enumerate(rows) for pair in row_fields(number, row)]

    @property
    def draft(self) -> Draft:
        """What was written. Read it when the form is valid."""
        return tidy(self._draft())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "kind" not in cleaned:
            return cleaned
        for name in SHOWN_FOR.keys() - self.shown:
            self.errors.pop(name, None)
        sources = {value.partition("=")[0] for value in cleaned.get("after", ())}
        if len(sources) > 1:
            self.add_error("after", _("Tick answers to one question only."))
        key = self.instance.key
        asked = [(one.key, draft_of(one)) for one in self.earlier]
        draft = tidy(self._draft())
        for problem in [*faults_of(draft, key), *branch_faults(key, draft, asked)]:
            if problem.field not in self.errors:
                self.add_error(problem.field, str(problem))
        return cleaned

    def _draft(self) -> Draft:
        """What was written, as far as each field makes sense by itself."""
        values = {"text": "", "text_en": ""}
        values |= {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        ticked = [value.partition("=") for value in self.cleaned_data.get("after", ())]
        return Draft(
            **values
            | {
                "options": options_from(self.cleaned_data.get("options") or ()),
                "only_if": ticked[0][0] if ticked else "",
                "only_if_values": tuple(value for _key, _equals, value in ticked),
                "group": self.instance.group,
            }
        )


def typed(form: QuestionForm, data: Any, do: str) -> dict[str, Any] | None:
    """What stands in the sent form after its button ``do``, as the ``initial`` of a form to show again.

    ``None`` when the button saves. Nothing is judged yet: whoever adds a row has not finished.
    """
    rows = moved(read_rows(data), do)
    if rows is None and do != "kind":
        return None
    values = {
        name: field.widget.value_from_datadict(data, {}, form.add_prefix(name)) for name, field in form.fields.items()
    }
    return values | ({"options": rows} if rows is not None else {})


def _is_typed(value: object) -> bool:
    return value is not None and value is not False and value != ""


def _branches(question: Question) -> list[tuple[str, str]]:
    """The answers to ``question`` that may lead on, as choices; none where there are too many to tick."""
    leading = draft_of(question).leading
    labels = dict(question.choices)
    within = leading if len(leading) <= max(BRANCHES_AT_MOST, len(question.options)) else ()
    return [(f"{question.key}={code}", labels[code]) for code in within]
