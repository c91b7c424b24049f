"""Who may open the pages of surveys and follow-up."""

from typing import Any

from surveys.answers.links import token_of
from surveys.figures.models import ReportedFigure
from tests.permissions.row import EDITOR, EVERYONE, ORGANISER, READER, TREASURER, Row, World

SURVEY_VIEW = {ORGANISER, EDITOR, READER}
SURVEY_EDIT = {ORGANISER, EDITOR}
FIGURES = {ORGANISER, EDITOR, TREASURER, READER}
FOLLOWUP_EDIT = {ORGANISER, EDITOR}


def event(world: World) -> dict[str, Any]:
    return {"slug": world.event.slug}


def survey(world: World) -> dict[str, Any]:
    return {"slug": world.event.slug, "audience": world.survey.audience}


def question(world: World) -> dict[str, Any]:
    return {**survey(world), "key": world.question.key}


def evening(world: World) -> dict[str, Any]:
    return {"slug": world.night.event.slug}


def reported(world: World) -> dict[str, Any]:
    """The figure that a paper reports about the evening."""
    figure, _new = ReportedFigure.objects.get_or_create(
        event=world.night.event, finding="tyckte om kvällen", defaults={"percent": 90, "source": "Årsredovisningen"}
    )
    return {**evening(world), "pk": figure.pk}


def activity(world: World) -> dict[str, Any]:
    return {"pk": world.plan.pk, "activity_pk": world.activity.pk}


def indicator(world: World) -> dict[str, Any]:
    return {"pk": world.plan.pk, "indicator_pk": world.indicator.pk}


def token(world: World) -> dict[str, Any]:
    return {"token": token_of(world.invitation)}


def sent(**data: str) -> Any:
    return lambda world: data


ROWS: list[Row] = [
    # Surveys of an event
    Row("surveys:survey-list", SURVEY_VIEW, event),
    Row("surveys:survey-create", SURVEY_EDIT, event, "post", sent(audience="visitors"), ok=302),
    Row("surveys:survey", SURVEY_VIEW, survey),
    Row("surveys:survey-preview", SURVEY_VIEW, survey),
    Row("surveys:survey-preview", SURVEY_VIEW, survey, "post", sent(at="1", choice="satisfied")),
    Row("surveys:survey-open", SURVEY_EDIT, survey),
    Row("surveys:survey-open", SURVEY_EDIT, survey, "post", sent(closes_at="2090-01-01T12:00"), ok=302),
    Row("surveys:survey-close", SURVEY_EDIT, survey),
    Row("surveys:survey-close", SURVEY_EDIT, survey, "post", ok=302),
    Row("surveys:survey-edit", SURVEY_EDIT, survey),
    Row("surveys:survey-edit", SURVEY_EDIT, survey, "post", sent(closes_at="2090-01-01T12:00"), ok=302),
    Row("surveys:question-edit", SURVEY_EDIT, question),
    Row(
        "surveys:question-edit",
        SURVEY_EDIT,
        question,
        "post",
        sent(text="Hur var det?", text_en="How was it?", version="1"),
        ok=302,
    ),
    Row("surveys:survey-invite", SURVEY_EDIT, survey),
    Row("surveys:survey-invite", SURVEY_EDIT, survey, "post", ok=302),
    Row("surveys:survey-remind", SURVEY_EDIT, survey),
    Row("surveys:survey-remind", SURVEY_EDIT, survey, "post", ok=302),
    # Answering: whoever holds the link
    Row("surveys:answer", EVERYONE, token),
    Row("surveys:answer", EVERYONE, token, "post", sent(at="1", choice="satisfied")),
    Row("surveys:thanks", EVERYONE),
    # Figures and follow-up
    Row("surveys:event-figures", FIGURES, event),
    Row("surveys:event-figures", FIGURES, evening),
    Row("surveys:applicants", FIGURES, evening),
    Row("surveys:applicants", SURVEY_EDIT, evening, "post", sent(source="Antagningen"), ok=422),  # no file
    Row("surveys:reported-new", SURVEY_EDIT, evening),
    Row(
        "surveys:reported-new",
        SURVEY_EDIT,
        evening,
        "post",
        sent(finding="lärde sig något", percent="85", source="Årsredovisningen"),
        ok=302,
    ),
    Row("surveys:reported-edit", SURVEY_EDIT, reported),
    Row(
        "surveys:reported-edit",
        SURVEY_EDIT,
        reported,
        "post",
        sent(finding="tyckte om kvällen", percent="91", source="Årsredovisningen", version="1"),
        ok=302,
    ),
    Row("surveys:reported-remove", SURVEY_EDIT, reported),
    Row("surveys:reported-remove", SURVEY_EDIT, reported, "post", ok=302),
    Row("surveys:followup", FIGURES, lambda world: {"pk": world.plan.pk, "year": world.plan.first_year}),
    Row("surveys:indicators", FOLLOWUP_EDIT, activity),
    Row("surveys:indicators", FOLLOWUP_EDIT, activity, "post", ok=302),
    Row("surveys:sentence", FOLLOWUP_EDIT, indicator),
    Row("surveys:sentence", FOLLOWUP_EDIT, indicator, "post", sent(sentence="Bra.", version="1"), ok=302),
    Row("surveys:sentence-draft", FOLLOWUP_EDIT, indicator, "post", sent(version="1"), ok=302),
]
