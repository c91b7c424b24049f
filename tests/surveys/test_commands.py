import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from registrations.exhibitors.states import State
from surveys.answers.models import Ballot
from tests import factories
from tests.door_factories import let_in
from tests.surveys.figures.test_queries import answered

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def survey(db):
    survey = factories.SurveyFactory(event__slug="b2b-2019", slug="b2b-2019-exhibitors", population=134)
    factories.QuestionFactory(survey=survey)
    factories.QuestionFactory(survey=survey, key="contacts", position=2, kind="yes_no")
    return survey


# --- figures --------------------------------------------------------------------------------------------------------


def test_figures_prints_json_for_programs(survey):
    answered(survey.questions.get(key="satisfied"), *["very_satisfied"] * 54, *["neither"] * 17)
    answered(survey.questions.get(key="contacts"), "yes", "no", "dont_know")
    factories.ExhibitorFactory(event=survey.event, state=State.ACCEPTED)

    facts = json.loads(run("figures", "b2b-2019", "--json")[0])

    satisfied, contacts, exhibitors, returning, municipalities, attendance = facts["figures"]
    assert facts["event"] == "b2b-2019"
    assert {
        key: satisfied[key] for key in ("key", "k", "n", "population", "question_version", "suppressed", "source")
    } == {
        "key": "satisfied",
        "k": 54,
        "n": 71,
        "population": 134,
        "question_version": 1,
        "suppressed": False,
        "source": "survey:b2b-2019-exhibitors/satisfied@1",
    }
    assert {name: round(limit, 3) for name, limit in satisfied["interval"].items()} == {"low": 0.65, "high": 0.845}
    assert {name: round(limit, 3) for name, limit in satisfied["finite_interval"].items()} == {
        "low": 0.686,
        "high": 0.822,
    }
    assert (contacts["k"], contacts["n"], contacts["value"], contacts["reason"]) == (None, 3, None, "too_few")
    assert (exhibitors["unit"], exhibitors["value"], exhibitors["source"]) == ("count", 1, "registrations:b2b-2019")
    assert (returning["key"], returning["value"]) == ("returning", None)  # there is no earlier fair to compare with
    assert (municipalities["key"], municipalities["value"]) == ("municipalities", 1)
    assert (attendance["key"], attendance["value"]) == ("attendance", None)
    assert len({tuple(figure) for figure in facts["figures"]}) == 1


def test_figures_prints_a_table_for_people(survey):
    answered(survey.questions.get(key="satisfied"), *["very_satisfied"] * 54, *["neither"] * 17)
    answered(survey.questions.get(key="contacts"), "yes")

    table = run("figures", "b2b-2019")[0]

    for text in ("54", "71", "134", "76,1 %", "65,0 % – 84,5 %", "68,6 % – 82,2 %", "withheld: under 5"):
        assert text in table


def test_figures_tell_who_came_of_those_signed_up():
    event = factories.EventFactory(slug="massan")
    for ticket in factories.TicketFactory.create_batch(4, visitor__event=event)[:3]:
        let_in(ticket)

    figures = json.loads(run("figures", "massan", "--json")[0])["figures"]

    assert [figure["key"] for figure in figures] == [
        "exhibitors",
        "returning",
        "municipalities",
        "attendance",
        "visitors_came",
    ]
    assert {name: figures[-1][name] for name in ("unit", "k", "n", "value", "interval", "method", "source")} == {
        "unit": "share",
        "k": 3,
        "n": 4,
        "value": 0.75,
        "interval": None,
        "method": "count-1",
        "source": "door:massan",
    }
    assert len({tuple(figure) for figure in figures}) == 1
    assert "visitors_came" in run("figures", "massan")[0]


def test_figures_of_an_event_without_surveys_are_its_counts():
    factories.EventFactory(slug="tom")

    assert [figure["key"] for figure in json.loads(run("figures", "tom", "--json")[0])["figures"]] == [
        "exhibitors",
        "returning",
        "municipalities",
        "attendance",
    ]


def test_figures_of_an_unknown_event_is_an_error():
    with pytest.raises(CommandError, match="There is no event nope"):
        run("figures", "nope")


# --- import-answers -------------------------------------------------------------------------------------------------

GOOD = "\ufeffsatisfied;contacts\nvery_satisfied;yes\nsatisfied;no\n"
BAD = "satisfied;contacts\nvery_satisfied;yes\ngreat;yes\n"


def file(tmp_path, text: str, encoding: str = "utf-8") -> str:
    path = tmp_path / "answers.csv"
    path.write_bytes(text.encode(encoding))
    return str(path)


def test_import_answers_says_how_many(survey, tmp_path):
    out, err = run("import-answers", survey.slug, file(tmp_path, GOOD))

    assert (out, err) == ("2 answers imported to b2b-2019-exhibitors.\n", "")
    assert Ballot.objects.count() == 2


def test_import_answers_reports_every_refused_row_and_writes_nothing(survey, tmp_path):
    path, err = file(tmp_path, BAD), StringIO()

    with pytest.raises(CommandError, match="1 rows refused, so nothing was imported"):
        call_command("import-answers", survey.slug, path, stderr=err)

    assert f"{path}, line 3: satisfied: “great” is none of" in err.getvalue()
    assert Ballot.objects.count() == 0


def test_import_answers_takes_the_good_rows_with_partial(survey, tmp_path):
    out, err = run("import-answers", survey.slug, file(tmp_path, BAD), "--partial")

    assert out == "1 answers imported to b2b-2019-exhibitors, 1 refused.\n"
    assert "line 3" in err


def test_import_answers_refuses_the_same_file_twice(survey, tmp_path):
    path = file(tmp_path, GOOD)
    run("import-answers", survey.slug, path)

    with pytest.raises(CommandError, match="already"):
        run("import-answers", survey.slug, path)

    assert Ballot.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "reason"), [("satisfied;contacts;colour\n", "unknown column “colour”"), ("", "no heading")]
)
def test_import_answers_says_what_is_wrong_with_the_file(survey, tmp_path, text, reason):
    with pytest.raises(CommandError, match=reason):
        run("import-answers", survey.slug, file(tmp_path, text))


def test_import_answers_needs_a_survey_and_a_file(survey, tmp_path):
    with pytest.raises(CommandError, match="There is no survey nope"):
        run("import-answers", "nope", file(tmp_path, GOOD))
    with pytest.raises(CommandError, match="cannot be read"):
        run("import-answers", survey.slug, str(tmp_path / "none.csv"))
