"""Figures group by group: what is told, what is withheld, and for how many questions to the database."""

import pytest

from surveys.answers.models import Stratum
from surveys.figures.breakdowns import findings_of_event
from surveys.figures.figure import Figure
from surveys.figures.measures import Measure
from surveys.figures.queries import figures_of_event, figures_of_questions
from surveys.questionnaires.models import SurveyState
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(db):
    return factories.SurveyFactory(state=SurveyState.CLOSED)


def ask(survey, key: str = "satisfied", kind: str = "satisfaction", **facts):
    return factories.QuestionFactory(survey=survey, key=key, kind=kind, **facts)


def group(survey, size: int = 0, **facts) -> Stratum:
    return Stratum.objects.create(survey=survey, size=size, **facts)


def answer(question, stratum, *answers: str | tuple[str, ...]):
    """One ballot for each of ``answers``."""
    for values in answers:
        ballot = factories.BallotFactory(survey=question.survey, stratum=stratum)
        for value in (values,) if isinstance(values, str) else values:
            factories.AnswerFactory(ballot=ballot, question=question, value=value)


def table_of(event, dimension: str):
    (findings,) = findings_of_event(event, at=NOW)
    return next(table for table in findings.tables if table.dimension == dimension)


# --- What a question comes to -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "statistic", "values", "value"),
    [
        ("scale", "mean", ["1", "2", "3", "4", "5", "dont_know"], 3),
        ("number", "mean", ["0", "0", "10", "0", "0"], 2),
        ("nps", "nps", ["10", "9", "9", "7", "0"], 40),
        ("nki", "mean", ["1", "2", "3", "4", "5"], 3),
    ],
)
def test_numbers_are_measured(survey, kind, statistic, values, value):
    question = ask(survey, kind=kind, lowest=0, highest=10, offers_dont_know=True)
    answer(question, None, *values)

    (measure,) = figures_of_event(survey.event, at=NOW)

    assert isinstance(measure, Measure)
    assert (measure.statistic, measure.value, measure.n) == (statistic, pytest.approx(value), 5)


def test_index_is_one_figure_of_those_who_answered_all_three(survey):
    questions = [ask(survey, key=key, kind="nki", group="nki", position=n) for n, key in enumerate("abc")]
    for marks in [*["789"] * 5, "78"]:
        ballot = factories.BallotFactory(survey=survey)
        for question, mark in zip(questions, marks, strict=False):
            factories.AnswerFactory(ballot=ballot, question=question, value=mark)

    (index,) = figures_of_event(survey.event, at=NOW)
    (findings,) = findings_of_event(survey.event, at=NOW)
    of_last = figures_of_questions([questions[2].pk], at=NOW)[questions[2].pk]

    assert (index.statistic, round(index.value, 2), index.n) == ("nki", 77.78, 5)
    assert (of_last.statistic, of_last.value) == ("nki", index.value)
    assert findings.answered == 5
    assert [[(line.code, line.k) for line in lines if line.k] for _text, lines in findings.parts] == [
        [("8", 5)],
        [("9", 5)],
    ]


def test_index_and_its_parts_are_of_the_same_people(survey):
    """The sixth gave two answers: what all three questions tell must not differ from the index by that one."""
    questions = [ask(survey, key=key, kind="nki", group="nki", position=n) for n, key in enumerate("abc")]
    for marks in [["10", "7", "4"]] * 5 + [["1", "1", "dont_know"]]:
        ballot = factories.BallotFactory(survey=survey)
        for question, mark in zip(questions, marks, strict=True):
            factories.AnswerFactory(ballot=ballot, question=question, value=mark)

    (findings,) = findings_of_event(survey.event, at=NOW)

    assert [round(part, 4) for part in findings.finding.parts] == [100, 66.6667, 33.3333]
    assert sum(findings.finding.parts) / 3 == pytest.approx(findings.finding.value)
    assert [line.k for line in findings.lines] == [0] * 9 + [5]
    assert findings.part_names == tuple(question.wording for question in questions)


def test_index_withheld_has_no_parts(survey):
    questions = [ask(survey, key=key, kind="nki", group="nki", position=n) for n, key in enumerate("abc")]
    for _number in range(4):
        ballot = factories.BallotFactory(survey=survey)
        for question in questions:
            factories.AnswerFactory(ballot=ballot, question=question, value="10")

    (findings,) = findings_of_event(survey.event, at=NOW)

    assert (findings.finding.parts, findings.lines) == ((), ())


def test_the_commonest_choice_is_counted_and_dont_know_never_is(survey):
    options = [{"code": code, "sv": code.upper(), "en": code.upper()} for code in ("mail", "press")]
    question = ask(survey, kind="choice", options=options, offers_dont_know=True, dont_know_counts=False)
    answer(question, None, *["press"] * 4, *["mail"] * 2, *["dont_know"] * 5)

    (figure,) = figures_of_event(survey.event, at=NOW)

    assert isinstance(figure, Figure)
    assert (figure.asked.counted, figure.k, figure.n) == ("PRESS", 4, 6)
    assert figure.asked.without_dont_know


def test_many_of_many_are_of_those_who_answered(survey):
    options = [{"code": code, "sv": code.upper(), "en": code.upper()} for code in ("mail", "press")]
    question = ask(survey, kind="choices", options=options)
    answer(question, None, ("mail", "press"), ("mail", "press"), "mail", "mail", "press")

    (findings,) = findings_of_event(survey.event, at=NOW)

    assert (findings.finding.k, findings.finding.n) == (4, 5)
    assert [(line.label, line.k, line.share) for line in findings.lines] == [("MAIL", 4, 0.8), ("PRESS", 3, 0.6)]


def test_words_have_no_figure(survey):
    ask(survey, kind="long_text")

    assert figures_of_event(survey.event, at=NOW) == []
    assert findings_of_event(survey.event, at=NOW) == []


def test_a_retired_question_is_told_while_it_has_answers(survey):
    old = ask(survey, retired_at=NOW)
    ask(survey, version=2)
    assert [figure.asked.version for figure in figures_of_event(survey.event, at=NOW)] == [2]

    answer(old, None, *["satisfied"] * 5)

    anchors = {figure.asked.version: figure.asked.anchor for figure in figures_of_event(survey.event, at=NOW)}
    assert anchors == {1: "exhibitors-satisfied-1", 2: "exhibitors-satisfied"}


def test_top_two_counts_the_next_best_answer(survey):
    answer(ask(survey), None, *["very_satisfied"] * 2, *["satisfied"] * 3, "neither")

    (findings,) = findings_of_event(survey.event, at=NOW)

    assert (findings.finding.k, findings.top_two.k, findings.top_two.n) == (2, 5, 6)


# --- By group ---------------------------------------------------------------------------------------------------------


def test_table_tells_each_group_its_figure_of_its_people(survey):
    question = ask(survey)
    lund, malmo = group(survey, 10, municipality="Lund"), group(survey, 20, municipality="Malmö")
    answer(question, lund, *["very_satisfied"] * 4, "neither")
    answer(question, malmo, *["very_satisfied"] * 3, *["neither"] * 3)

    table = table_of(survey.event, "municipality")

    assert [(one.name, one.finding.k, one.finding.n, one.finding.population) for one in table.groups] == [
        ("Lund", 4, 5, 10),
        ("Malmö", 3, 6, 20),
    ]
    assert table.withheld == ()
    assert table.weighted.value == pytest.approx((10 * 0.8 + 20 * 0.5) / 30)


def test_table_withholds_small_empty_and_subtractable_groups(survey):
    question = ask(survey)
    for name, answers in (("Lund", 9), ("Malmö", 8), ("Höör", 2), ("Lomma", 0), ("Eslöv", 6)):
        answer(question, group(survey, 20, municipality=name), *["neither"] * answers)

    table = table_of(survey.event, "municipality")

    assert [one.name for one in table.groups] == ["Lund", "Malmö"]
    assert set(table.withheld) == {"Eslöv", "Höör", "Lomma"}
    assert table.weighted is None


def test_table_has_those_of_no_known_group_as_one_of_their_own(survey):
    question = ask(survey)
    answer(question, group(survey, 20, grade="8"), *["neither"] * 6)
    answer(question, None, *["neither"] * 7)

    table = table_of(survey.event, "grade")

    assert [(one.name, one.finding.n, one.finding.population) for one in table.groups] == [("8", 6, 20), ("", 7, None)]


def test_tables_are_told_only_when_no_more_answers_come(survey):
    question = ask(survey)
    for name in ("Lund", "Malmö"):
        answer(question, group(survey, municipality=name), *["neither"] * 6)
    survey.state = SurveyState.OPEN
    survey.save()

    (findings,) = findings_of_event(survey.event, at=NOW)

    assert findings.tables is None
    assert findings.finding.n == 12


def test_a_dimension_with_one_category_is_no_table(survey):
    question = ask(survey)
    answer(question, group(survey, kind="school class"), *["neither"] * 6)

    (findings,) = findings_of_event(survey.event, at=NOW)

    assert findings.tables == ()


def test_index_and_many_of_many_are_told_by_group(survey):
    options = [{"code": "mail", "sv": "Brev", "en": "Mail"}]
    many = ask(survey, key="ways", kind="choices", options=options, position=1)
    index = [ask(survey, key=key, kind="nki", group="nki", position=2) for key in "abc"]
    for name, mark in (("Lund", "10"), ("Malmö", "1")):
        stratum = group(survey, municipality=name)
        for _respondent in range(5):
            ballot = factories.BallotFactory(survey=survey, stratum=stratum)
            for question in index:
                factories.AnswerFactory(ballot=ballot, question=question, value=mark)
            factories.AnswerFactory(ballot=ballot, question=many, value="mail")

    of_many, of_index = findings_of_event(survey.event, at=NOW)

    assert [one.finding.value for one in of_many.tables[0].groups] == [1.0, 1.0]
    assert [(one.name, one.finding.value) for one in of_index.tables[0].groups] == [("Lund", 100), ("Malmö", 0)]


@pytest.mark.parametrize(("questions", "groups"), [(1, 1), (3, 5)])
def test_tables_take_three_queries_however_many(survey, questions, groups, django_assert_num_queries):
    survey.population = 100
    survey.save()
    strata = [group(survey, municipality=str(number)) for number in range(groups)]
    for key in "abc"[:questions]:
        question = ask(survey, key=key)
        for stratum in strata:
            answer(question, stratum, "neither")

    with django_assert_num_queries(3):
        findings_of_event(survey.event, at=NOW)
