"""Who may open the pages of surveys and follow-up."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils.timezone import localdate, now

from surveys.answers.links import token_of
from surveys.answers.models import ClassCode
from surveys.figures.models import ReportedFigure
from surveys.figures.tokens.models import FigureToken
from tests.permissions.row import EDITOR, EVERYONE, MEMBER, ORGANISER, OWNER, READER, TREASURER, Row, World

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


def figure_token(world: World) -> dict[str, Any]:
    """A token that reads the event's figures."""
    token, _new = FigureToken.objects.get_or_create(
        event=world.event, token_hash="x" * 64, defaults={"name": "S", "ends_on": localdate(), "made_at": now()}
    )
    return {**event(world), "pk": token.pk}


def activity(world: World) -> dict[str, Any]:
    return {"pk": world.plan.pk, "activity_pk": world.activity.pk}


def indicator(world: World) -> dict[str, Any]:
    return {"pk": world.plan.pk, "indicator_pk": world.indicator.pk}


def words(world: World) -> dict[str, Any]:
    return {"pk": world.plan.pk, "year": world.plan.first_year, "part": "lessons"}


def token(world: World) -> dict[str, Any]:
    return {"token": token_of(world.invitation)}


def class_code(world: World) -> dict[str, Any]:
    """The code of a class with a place."""
    code, _new = ClassCode.objects.get_or_create(
        survey=world.survey, school_class=world.placed_class, defaults={"code": "7KQ4M2XD", "cap": 25}
    )
    return {"code": code.code}


def open_key(world: World) -> dict[str, Any]:
    if world.survey.open_key is None:
        world.survey.open_key = uuid4()
        world.survey.save(update_fields=["open_key"])
    return {"key": world.survey.open_key}


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
        sent(kind="satisfaction", text="Hur var det?", text_en="How was it?", version="1"),
        ok=302,
    ),
    Row("surveys:survey-frame", SURVEY_VIEW, survey),
    Row("surveys:survey-frame", SURVEY_VIEW, survey, "post", sent(at="1", choice="satisfied")),
    Row("surveys:question-new", SURVEY_EDIT, survey),
    Row("surveys:question-new", SURVEY_EDIT, survey, "post", sent(take="better"), ok=302),
    Row("surveys:question-move", SURVEY_EDIT, question, "post", sent(to="1"), ok=302),
    Row("surveys:question-remove", SURVEY_EDIT, question),
    Row("surveys:question-remove", SURVEY_EDIT, question, "post", ok=302),
    Row("surveys:survey-invite", SURVEY_EDIT, survey),
    Row("surveys:survey-invite", SURVEY_EDIT, survey, "post", ok=302),
    Row("surveys:survey-remind", SURVEY_EDIT, survey),
    Row("surveys:survey-remind", SURVEY_EDIT, survey, "post", ok=302),
    # Answering: whoever holds the link
    Row("surveys:answer", EVERYONE, token),
    Row("surveys:answer", EVERYONE, token, "post", sent(at="1", choice="satisfied")),
    Row("surveys:thanks", EVERYONE),
    Row("surveys:open-answer", EVERYONE, open_key),
    Row("surveys:class-code", EVERYONE),
    Row("surveys:class-code", EVERYONE, method="post", data=class_code, ok=302),
    Row("surveys:class-answer", EVERYONE, class_code),
    Row("surveys:class-answer", EVERYONE, class_code, "post", sent(at="1", choice="satisfied")),
    Row("surveys:class-thanks", EVERYONE, class_code),
    # A ticket whose holder has not come leads to the page of spent links
    Row("surveys:ticket-answer", EVERYONE, lambda world: {"code": world.ticket.code}, "post", ok=410),
    # Ways in beside letters
    Row("surveys:open-link", SURVEY_EDIT, survey),
    Row("surveys:open-link", SURVEY_EDIT, survey, "post", sent(on="1"), ok=302),
    Row("surveys:class-codes", SURVEY_EDIT, survey),
    Row("surveys:class-codes-make", SURVEY_EDIT, survey, "post", ok=302),
    Row("surveys:class-codes-print", SURVEY_EDIT, survey, ok=302),  # there are none
    Row("surveys:paper-form", SURVEY_VIEW, survey),
    Row("surveys:paper-typing", SURVEY_EDIT, survey),
    Row("surveys:paper-typing", SURVEY_EDIT, survey, "post", lambda world: {"sheet": "1", "q-satisfied": "2"}, ok=302),
    Row("surveys:survey-texts", FIGURES, survey),
    # Figures and follow-up
    Row("surveys:event-figures", FIGURES, event),
    Row("surveys:event-figures", FIGURES, evening),
    Row("surveys:figure-charts", FIGURES, lambda world: {**event(world), "pk": world.question.pk}),
    Row("surveys:figures-export", FIGURES, lambda world: {**event(world), "ending": "csv"}),
    Row("surveys:figures-export", FIGURES, lambda world: {**evening(world), "ending": "xlsx"}),
    Row("surveys:figure-tokens", {ORGANISER}, event),
    Row(
        "surveys:figure-tokens",
        {ORGANISER},
        event,
        "post",
        lambda world: {"name": "Statistiken", "scope": "event", "ends_on": f"{localdate() + timedelta(days=9)}"},
    ),
    Row("surveys:figure-token-revoke", {ORGANISER}, figure_token),
    Row("surveys:figure-token-revoke", {ORGANISER}, figure_token, "post", ok=302),
    Row("surveys:exhibitor-answers", {OWNER, MEMBER}, lambda world: {"pk": world.exhibitor.pk}),
    Row("surveys:exhibitor-answers", {OWNER, MEMBER}, lambda world: {"pk": world.host.pk}),
    Row("surveys:booking-answers", {OWNER, MEMBER}, lambda world: {"pk": world.booking.pk}),
    Row("api:figures-event", FIGURES, event, anonymous=404),
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
    Row("surveys:sentence-keep", FOLLOWUP_EDIT, indicator, "post", sent(version="1"), ok=302),
    Row("surveys:sentence-drop", FOLLOWUP_EDIT, indicator, "post", sent(version="1", dropped="1"), ok=302),
    Row("surveys:indicator", FIGURES, indicator),
    Row("surveys:indicator-new", FOLLOWUP_EDIT, lambda world: {"pk": world.plan.pk}),
    Row(
        "surveys:indicator-new",
        FOLLOWUP_EDIT,
        lambda world: {"pk": world.plan.pk},
        "post",
        sent(name="Svarstid", direction="lower"),
        ok=302,
    ),
    Row("surveys:indicator-edit", FOLLOWUP_EDIT, indicator),
    Row("surveys:indicator-edit", FOLLOWUP_EDIT, indicator, "post", sent(direction="higher", version="1"), ok=302),
    Row("surveys:indicator-remove", FOLLOWUP_EDIT, indicator),
    Row("surveys:indicator-remove", FOLLOWUP_EDIT, indicator, "post", ok=302),
    Row("surveys:directors", FIGURES, lambda world: {"pk": world.plan.pk, "year": world.plan.first_year}),
    Row("surveys:words", FOLLOWUP_EDIT, words),
    Row("surveys:words", FOLLOWUP_EDIT, words, "post", sent(text="Ett gott år.", version="0"), ok=302),
]
