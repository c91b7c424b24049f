"""Figures for the tests of pure modules, without a database."""

from datetime import UTC, datetime
from typing import Any

from surveys.figures.figure import Asked, Count, Figure, Reported, figure_of
from surveys.questionnaires.templates import questionnaire

AT = datetime(2019, 4, 1, 7, 0, tzinfo=UTC)


def asked(key: str = "satisfied", **facts: Any) -> Asked:
    """A question of the fair of 2019, in its template's words."""
    template = {question.key: question for question in questionnaire("exhibitors", "fair")}[key]
    plain: dict[str, Any] = {
        "event": "b2b-2019",
        "event_kind": "fair",
        "survey": "b2b-2019-exhibitors",
        "audience": "exhibitors",
        "question": 1,
        "key": key,
        "version": 1,
        "kind": template.kind.value,
        "label": template.words.sv,
        "counted": {"satisfied": "Mycket nöjd", "contacts": "Ja"}[key],
        "text": template.words.sv,
    }
    return Asked(**plain | facts)


def figure(k: int = 54, n: int = 71, population: int | None = 134, below: int = 5, **facts: Any) -> Figure:
    return figure_of(asked(**facts), k=k, n=n, population=population, below=below, computed_at=AT)


def count(key: str = "exhibitors", value: int | None = 134, event_kind: str = "fair", over: bool = True) -> Count:
    return Count(event="b2b-2019", event_kind=event_kind, over=over, key=key, value=value, computed_at=AT)


def reported() -> Reported:
    """What the annual report says about the night of 2019."""
    return Reported(
        event="industrinatten-2019",
        key="1",
        label="Tyckte att det var ett bra evenemang",
        value=0.9,
        approximate=True,
        n=None,
        paper="Verksamhetsberättelse 2019",
        computed_at=AT,
    )
