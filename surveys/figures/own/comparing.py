"""What a survey's questions came to for some groups, beside everybody who answered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language

from surveys.figures.bars import Bar, bar_of
from surveys.figures.beside import Groups, Key, groups_beside
from surveys.figures.breakdowns import findings_of, strata_of, together
from surveys.figures.counting import indexes, tallies_by_group
from surveys.figures.figure import Figure
from surveys.figures.measures import Measure
from surveys.figures.queries import finding_of_question, with_state
from surveys.figures.rules import rule_of
from surveys.figures.sheets import STATISTIC_NAMES
from surveys.questionnaires.models import Question, Survey
from surveys.questionnaires.queries import populations
from surveys.questionnaires.scales import TEXTS


@dataclass(frozen=True, slots=True)
class Line:
    """A group's name and figure; ``finding=None``: too few answered for it to be told."""

    name: str
    finding: Figure | Measure | None

    @property
    def bar(self) -> Bar | None:
        return bar_of(self.finding, get_language()) if isinstance(self.finding, Figure) else None


@dataclass(frozen=True, slots=True)
class Compared:
    """A question: its figure of everybody, and those of the groups in their order."""

    finding: Figure | Measure
    lines: tuple[Line, ...]

    @property
    def is_share(self) -> bool:
        return isinstance(self.finding, Figure)

    @property
    def bar(self) -> Bar | None:
        return Line("", self.finding).bar

    @property
    def statistic(self) -> str:
        return str(STATISTIC_NAMES["share" if isinstance(self.finding, Figure) else self.finding.statistic])


def compared_by_group(
    survey: Survey, wanted: Sequence[tuple[str, Key | None]], tiers: Sequence[Groups], *, at: datetime
) -> list[Compared]:
    """Each question of ``survey`` for the groups ``wanted``: a name and a key of ``tiers``, which hold all there are.

    The same number of queries for however many questions and groups. The survey takes no more answers.
    """
    questions = _questions(survey)
    tallies = tallies_by_group(questions)
    people = populations([survey])[survey.pk]
    strata = strata_of(questions).get(survey.pk, {})
    wholes = indexes(questions).values()
    found = []
    for question in _without_the_rest_of(wholes, questions):
        groups = tallies[question.pk]
        everybody, whole = together(groups), any(question.pk in keys for keys in wholes)
        finding = finding_of_question(question, everybody, population=people, whole_index=whole, at=at)
        told = groups_beside(
            rule_of(question, everybody, whole_index=whole, below=settings.SUPPRESS_BELOW),
            finding.asked,
            groups,
            strata,
            tiers,
            below=settings.SUPPRESS_BELOW,
            computed_at=at,
        )
        found.append(_compared(finding, [(name, told.get(key) if key else None) for name, key in wanted]))
    return found


def compared_by_table(survey: Survey, wanted: Mapping[str, tuple[str, str]], *, at: datetime) -> list[Compared]:
    """The same for categories of the tables, by name: (dimension, category). One that no table has is left out."""
    questions = _questions(survey)
    compared = []
    for findings in findings_of(questions, questions, at=at):
        tables = {table.dimension: table for table in findings.tables or ()}
        lines = []
        for name, (dimension, category) in wanted.items():
            table = tables.get(dimension)
            shown = {group.name: group.finding for group in table.groups} if table else {}
            if category in shown or (table and category in table.withheld):
                lines.append((name, shown.get(category)))
        compared.append(_compared(findings.finding, lines))
    return compared


def _compared(finding: Figure | Measure, lines: Sequence[tuple[str, Figure | Measure | None]]) -> Compared:
    return Compared(finding, tuple(Line(name, found) for name, found in lines))


def _questions(survey: Survey) -> list[Question]:
    """Those that are asked now and have figures."""
    rows = with_state(Question.objects.asked().filter(survey=survey)).exclude(kind__in=TEXTS)
    return list(rows.order_by("position", "pk"))


def _without_the_rest_of(wholes: Collection[list[int]], questions: list[Question]) -> list[Question]:
    """``questions`` with an index once, at its first question's place."""
    rest = {key for keys in wholes for key in keys[1:]}
    return [question for question in questions if question.pk not in rest]
