"""An event's answers in full: how they fell, and each figure by municipality, school, grade and so on."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings

from events.programme.models import Event
from surveys.answers.models import Stratum as StratumRow
from surveys.figures.counting import indexes, tallies_by_group
from surveys.figures.measures import measure_of
from surveys.figures.queries import counted_questions, finding_of_question, siblings_of
from surveys.figures.rules import asked_of, part_name, rule_of, top_two_of
from surveys.figures.tables import DIMENSIONS, Findings, Stratum, distribution, tables_of
from surveys.figures.tallies import Tally, finding_of
from surveys.questionnaires.models import Question
from surveys.questionnaires.queries import populations


def findings_of_event(event: Event, *, at: datetime) -> list[Findings]:
    """Of every question that has figures, survey by survey, an index at its first question's place.

    The same number of queries whatever the number of answers and groups. Tables are told only of surveys that take no
    more answers: while one is open, a group would grow by one answer at a time, and tell it.
    """
    questions = counted_questions(event)
    return findings_of(questions, questions, at=at)


def findings_of_question(question: Question, *, at: datetime) -> Findings:
    """Of one question, read by ``with_state``."""
    everything = [question, *siblings_of([question])]
    (found,) = findings_of([question], everything, at=at)
    return found


def findings_of(questions: Collection[Question], everything: list[Question], *, at: datetime) -> list[Findings]:
    """Of ``questions``; ``everything`` holds their siblings in indexes too, whose place is their first question's."""
    tallies = tallies_by_group(everything)
    people = populations({question.survey_id: question.survey for question in questions}.values())
    strata = strata_of([question for question in questions if not question.survey.takes_answers(at)])
    wholes = indexes(everything)
    place = {key: keys for keys in wholes.values() for key in keys}
    by_key = {question.pk: question for question in everything}
    others = {key for keys in wholes.values() for key in keys[1:]}
    chosen = [question for question in questions if question.pk not in others or len(questions) == 1]
    return [
        _findings(
            question,
            tallies[question.pk],
            people[question.survey_id],
            strata.get(question.survey_id, {}),
            [by_key[key] for key in place.get(question.pk, [])],
            at=at,
        )
        for question in chosen
    ]


def _findings(
    question: Question,
    groups: dict[int | None, Tally],
    population: int | None,
    strata: dict[int, Stratum],
    index: list[Question],
    *,
    at: datetime,
) -> Findings:
    """``index``: the three questions of the index that ``question`` stands for, if it does."""
    below, tally = settings.SUPPRESS_BELOW, together(groups)
    rule = rule_of(question, tally, whole_index=bool(index), below=below)
    finding = finding_of_question(question, tally, population=population, whole_index=bool(index), at=at)
    shown = {one.pk: tally.of_index(place) for place, one in enumerate(index)} or {question.pk: tally}
    top_two = top_two_of(question, rule)
    is_open = question.survey.takes_answers(at)
    return Findings(
        finding=finding,
        answered=shown[question.pk].answered,
        lines=distribution(rule, shown[question.pk], below=below),
        top_two=finding_of(
            top_two, asked_of(question, top_two), tally, population=population, below=below, computed_at=at
        )
        if top_two
        else None,
        median=measure_of(finding.asked, "median", tally.numbers, population=population, below=below, computed_at=at)
        if rule.statistic == "mean"
        else None,
        tables=None if is_open else tables_of(rule, finding.asked, groups, strata, below=below, computed_at=at),
        parts=tuple(
            (one.wording, distribution(rule, shown[one.pk], below=below)) for one in index if one.pk != question.pk
        ),
        part_names=tuple(part_name(one.key, one.wording) for one in index),
    )


def together(groups: dict[int | None, Tally]) -> Tally:
    """The answers of all ``groups``."""
    total = Tally()
    for tally in groups.values():
        total.add(tally)
    return total


def strata_of(questions: Collection[Question]) -> dict[int, dict[int, Stratum]]:
    """The groups of each survey (by key), by their own key. One query."""
    rows = StratumRow.objects.filter(survey__in={question.survey_id for question in questions}).order_by("pk")
    found: dict[int, dict[int, Stratum]] = {}
    for pk, survey, size, *atom in rows.values_list("pk", "survey", "size", *DIMENSIONS):
        found.setdefault(survey, {})[pk] = Stratum(tuple(atom), size)
    return found
