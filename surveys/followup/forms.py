"""Forms about indicators."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from events.look.formats import number
from events.programme.models import Event
from events.versions import VersionField
from surveys.figures.models import ReportedFigure
from surveys.figures.queries import keys_of
from surveys.followup.models import Indicator
from surveys.followup.services import Choice
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
            choices += [Choice(event, source) for source in keys_of(event)]
            self._choices |= {_code(choice): choice for choice in choices}
            groups.append((event.title, [(_code(choice), _words(choice)) for choice in choices]))
        self.fields["chosen"].choices = groups
        self.fields["chosen"].initial = [
            _code(Choice(row.event, row.source, row.question, row.reported)) for row in standing
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
