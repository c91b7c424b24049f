"""What an event's surveys were answered in words, as the words that many used."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from events.programme.models import Event
from surveys.answers.models import TextAnswer
from surveys.figures.themes import Themes, themes_of
from surveys.questionnaires.models import Question, SurveyState
from surveys.questionnaires.scales import TEXTS


@dataclass(frozen=True, slots=True)
class Spoken:
    """A question that is answered in words, and which words many used."""

    question: Question
    themes: Themes


def spoken_of_event(event: Event, *, at: datetime) -> dict[str, list[Spoken]]:
    """By audience, in the order of the questions; of surveys that take no more answers. Two queries.

    While a survey is open a word would grow by one writer at a time. Retired questions are told while they have answers.
    """
    asked = Q(retired_at=None) | Exists(TextAnswer.objects.filter(question=OuterRef("pk")))
    rows = Question.objects.filter(asked, survey__event=event, kind__in=TEXTS).exclude(survey__state=SurveyState.DRAFT)
    rows = rows.select_related("survey")
    questions = [one for one in rows.order_by("position", "pk") if not one.survey.takes_answers(at)]
    if not questions:
        return {}
    written: defaultdict[int, list[str]] = defaultdict(list)
    for question, text in TextAnswer.objects.filter(question__in=questions).values_list("question", "text"):
        written[question].append(text)
    found: defaultdict[str, list[Spoken]] = defaultdict(list)
    for one in questions:
        themes = themes_of(written[one.pk], below=settings.SUPPRESS_BELOW)
        found[one.survey.audience].append(Spoken(one, themes))
    return dict(found)
