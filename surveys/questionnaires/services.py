"""Writes about surveys. Their questions are written in surveys/questionnaires/editing.py."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.programme.models import Event
from surveys.answers.opening import open_ballots
from surveys.answers.queries import received
from surveys.figures.moved import figures_moved
from surveys.questionnaires.checks import Problem, problems
from surveys.questionnaires.drafts import FIELDS, Draft, draft_from
from surveys.questionnaires.models import Question, Survey, SurveyState
from surveys.questionnaires.queries import asked_drafts
from surveys.questionnaires.templates import questionnaire

CREATED = audit.verb("survey.created", _("made a survey"))
OPENED = audit.verb("survey.opened", _("opened the survey"))
CLOSED = audit.verb("survey.closed", _("closed the survey"))
CHANGED = audit.verb("survey.changed", _("changed the survey"))
COPIED = audit.verb("survey.copied", _("made a survey from an earlier one"))


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


class NotReady(Refusal):
    """``problems`` say what is left to do."""

    code = "survey_not_ready"
    message = _("The survey cannot be opened: something is left to put right among its questions.")

    def __init__(self, problems: Sequence[Problem]):
        self.problems = list(problems)
        super().__init__()


@transaction.atomic
def create_survey(*, event: Event, audience: str, by: User | None, at: datetime) -> Survey:
    """Make a draft survey for ``audience`` with its template's questions. Raises SurveyExists."""
    Event.objects.locked(event.pk)
    if Survey.objects.filter(event=event, audience=audience).exists():
        raise SurveyExists
    survey = Survey.objects.create(event=event, audience=audience, slug=_free_slug(f"{event.slug}-{audience}"))
    asked = [(template.key, draft_from(template)) for template in questionnaire(audience, event.kind)]
    _ask(survey, asked)
    audit.created(survey, CREATED, by=by, at=at)
    return survey


@transaction.atomic
def copy_survey(*, event: Event, source: Survey, by: User | None, at: datetime) -> Survey:
    """Make a draft survey that asks what ``source`` asks now, of the same audience: same keys, words and options, so
    that the answers mean the same. Raises SurveyExists."""
    Event.objects.locked(event.pk)
    if Survey.objects.filter(event=event, audience=source.audience).exists():
        raise SurveyExists
    slug = _free_slug(f"{event.slug}-{source.audience}")
    survey = Survey.objects.create(event=event, audience=source.audience, slug=slug, copied_from=source)
    _ask(survey, asked_drafts(source))
    audit.created(survey, COPIED, by=by, at=at)
    return survey


@transaction.atomic
def open_survey(*, survey: Survey, closes_at: datetime, by: User | None, at: datetime) -> Survey:
    """Let people answer until aware ``closes_at``; a closed survey is opened again. Raises ClosesInThePast and NotReady."""
    if closes_at <= at:
        raise ClosesInThePast
    survey = Survey.objects.locked(survey.pk)
    left = problems(asked_drafts(survey))
    if left:
        raise NotReady(left)
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
    figures_moved(survey.event_id)  # what waited for more answers is shown from now on
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


def _ask(survey: Survey, asked: Sequence[tuple[str, Draft]]) -> None:
    """Give a new ``survey`` its questions. A branch from a question that is not among them is left out."""
    rows: dict[str, Question] = {}
    for position, (key, draft) in enumerate(asked, start=1):
        deciding = rows.get(draft.only_if)
        values = {name: getattr(draft, name) for name in FIELDS}
        values |= {
            "options": list(draft.options),
            "only_if": deciding,
            "only_if_values": list(draft.only_if_values) if deciding else [],
        }
        rows[key] = Question.objects.create(survey=survey, key=key, position=position, **values)


def _free_slug(wanted: str) -> str:
    """``wanted``, or with the lowest number that is free: an event's address may have been another event's before."""
    slug, number = wanted, 2
    while Survey.objects.filter(slug=slug).exists():
        slug, number = f"{wanted}-{number}", number + 1
    return slug
