"""Writes about surveys and their questions."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.programme.models import Event
from events.versions import take_version
from surveys.answers.opening import open_ballots
from surveys.answers.queries import received
from surveys.questionnaires.models import Question, Survey, SurveyState
from surveys.questionnaires.queries import has_answers
from surveys.questionnaires.templates import questionnaire

CREATED = audit.verb("survey.created", _("made a survey"))
OPENED = audit.verb("survey.opened", _("opened the survey"))
CLOSED = audit.verb("survey.closed", _("closed the survey"))
CHANGED = audit.verb("survey.changed", _("changed the survey"))
QUESTION_CHANGED = audit.verb("survey.question_changed", _("reworded a question"))


class SurveyExists(Refusal):
    code = "survey_exists"
    message = _("The audience already has a survey.")


class SurveyNotOpen(Refusal):
    code = "survey_not_open"
    message = _("The survey is not open.")


class ClosesInThePast(Refusal):
    code = "closes_in_the_past"
    message = _("The survey must close later than now.")


class PopulationTooSmall(Refusal):
    code = "population_too_small"
    message = _("%(answered)s have already answered, so the survey must be about at least as many.")


class QuestionHasAnswers(Refusal):
    code = "question_has_answers"
    message = _("The question already has answers. What they mean must not change, so its words stay as they are.")


@transaction.atomic
def create_survey(*, event: Event, audience: str, by: User | None, at: datetime) -> Survey:
    """Make a draft survey for ``audience`` with its template's questions. Raises SurveyExists."""
    Event.objects.locked(event.pk)
    if Survey.objects.filter(event=event, audience=audience).exists():
        raise SurveyExists
    survey = Survey.objects.create(event=event, audience=audience, slug=_free_slug(f"{event.slug}-{audience}"))
    Question.objects.bulk_create(
        Question(
            survey=survey,
            key=template.key,
            position=position,
            kind=template.kind,
            text=template.words.sv,
            text_en=template.words.en,
            required=template.required,
        )
        for position, template in enumerate(questionnaire(audience, event.kind), start=1)
    )
    audit.created(survey, CREATED, by=by, at=at)
    return survey


@transaction.atomic
def open_survey(*, survey: Survey, closes_at: datetime, by: User | None, at: datetime) -> Survey:
    """Let people answer until aware ``closes_at``; a closed survey is opened again. Raises ClosesInThePast."""
    if closes_at <= at:
        raise ClosesInThePast
    survey = Survey.objects.locked(survey.pk)
    with audit.change(survey, OPENED, by=by, at=at):
        survey.state = SurveyState.OPEN
        survey.opened_at = survey.opened_at or at
        survey.closes_at = closes_at
        survey.save(update_fields=["state", "opened_at", "closes_at"])
    return survey


@transaction.atomic
def close_survey(*, survey: Survey, by: User | None, at: datetime) -> Survey:
    """Take no more answers from now on, and open the sealed ballots. Raises SurveyNotOpen."""
    survey = Survey.objects.locked(survey.pk)
    if survey.state != SurveyState.OPEN:
        raise SurveyNotOpen
    with audit.change(survey, CLOSED, by=by, at=at):
        survey.state = SurveyState.CLOSED
        survey.save(update_fields=["state"])
    open_ballots(survey=survey.pk, at=at)
    return survey


@transaction.atomic
def change_survey(
    *, survey: Survey, closes_at: datetime | None, population: int | None, by: User | None, at: datetime
) -> Survey:
    """Change when an open survey closes and how many it is about (``None``: as the registrations say).

    Raises ClosesInThePast, and PopulationTooSmall when more have answered already.
    """
    survey = Survey.objects.locked(survey.pk)
    if survey.state == SurveyState.OPEN and (closes_at is None or closes_at <= at):
        raise ClosesInThePast
    answered = received(survey)
    if population is not None and population < answered:
        raise PopulationTooSmall(answered=answered)
    with audit.change(survey, CHANGED, by=by, at=at):
        survey.closes_at = closes_at
        survey.population = population
        survey.save(update_fields=["closes_at", "population"])
    return survey


@transaction.atomic
def change_question(
    *, question: Question, text: str, text_en: str, seen: int, by: User | None, at: datetime
) -> Question:
    """Reword a question that nobody has answered; the wording gets the next version.

    ``seen`` is the version that the editor had before them. Raises Stale, and QuestionHasAnswers. An answer that is on
    its way in has the survey's row, and we wait for it; one that comes while we have it is asked for again.
    """
    survey = Survey.objects.locked(question.survey_id)
    question = survey.questions.select_for_update(of=("self",), no_key=True).get(pk=question.pk)
    if has_answers(question):
        raise QuestionHasAnswers
    if (text, text_en) == (question.text, question.text_en):
        return question
    with audit.change(question, QUESTION_CHANGED, by=by, at=at):
        take_version(question, seen)
        question.text, question.text_en = text, text_en
        question.save(update_fields=["text", "text_en", "version"])
    return question


def _free_slug(wanted: str) -> str:
    """``wanted``, or with the lowest number that is free: an event's address may have been another event's before."""
    slug, number = wanted, 2
    while Survey.objects.filter(slug=slug).exists():
        slug, number = f"{wanted}-{number}", number + 1
    return slug
