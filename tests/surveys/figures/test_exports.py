"""The files and the API: all that the page tells, and nothing that it withholds."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from surveys.figures.sheets import sheet_name
from tests import factories
from tests.surveys.figures.test_breakdowns import answer, ask, group

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(db):
    """Two questions; of the second one's municipalities two are withheld."""
    survey = factories.SurveyFactory(state="closed", event__slug="massan")
    answer(ask(survey, key="satisfied"), None, *["very_satisfied"] * 3)
    mark = ask(survey, key="mark", kind="scale", lowest=1, highest=5, position=2, text="=Betyg?")
    for name, answers in (("Lund", 9), ("Malmö", 6), ("Höör", 2)):
        answer(mark, group(survey, 20, municipality=name), *["4"] * (answers - 1), "5")
    return survey.event


def export(client, event, ending: str) -> bytes:
    client.cookies["torget_language"] = "sv"
    return client.get(reverse("surveys:figures-export", args=[event.slug, ending])).content


def test_excel_has_a_sheet_for_each_question(organiser_client, event):
    book = load_workbook(BytesIO(export(organiser_client(event), event, "xlsx")))

    assert book.sheetnames == ["exhibitors satisfied", "exhibitors mark"]
    assert [[cell.value for cell in row][7:11] for row in book["exhibitors satisfied"].iter_rows(min_row=2)] == [
        [None, None, 3, None]
    ]


def test_excel_withholds_a_group_and_the_one_that_would_tell_it(organiser_client, event):
    sheet = load_workbook(BytesIO(export(organiser_client(event), event, "xlsx")))["exhibitors mark"]

    rows = {row[5].value: [cell.value for cell in row[7:13]] for row in sheet.iter_rows(min_row=2)}

    assert rows["Lund"][2] == 9
    assert (rows["Höör"], rows["Malmö"]) == ([None] * 6, [None] * 6)


def test_excel_has_the_parts_of_an_index_in_columns(organiser_client):
    survey = factories.SurveyFactory(state="closed")
    keys = ("nki_satisfaction", "nki_expectations", "nki_ideal")
    questions = [ask(survey, key=key, kind="nki", group="nki", position=n) for n, key in enumerate(keys)]
    for town, number in (("Lund", 6), ("Höör", 7), ("Malmö", 5)):
        stratum = group(survey, 20, municipality=town)
        for _one in range(number):
            ballot = factories.BallotFactory(survey=survey, stratum=stratum)
            for question, mark in zip(questions, ("10", "7", "4"), strict=True):
                factories.AnswerFactory(ballot=ballot, question=question, value=mark)
    client = organiser_client(survey.event)

    sheet = load_workbook(BytesIO(export(client, survey.event, "xlsx")))["exhibitors nki_satisfaction"]

    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    parts = {row[5]: [round(value, 1) for value in row[14:]] for row in rows if row[6] == "NKI"}
    assert len(head) == 17
    assert parts["Lund"] == parts["Malmö"] == [100, 66.7, 33.3]


def test_csv_has_every_row_and_no_formula(organiser_client, event):
    lines = export(organiser_client(event), event, "csv").decode("utf-8-sig").splitlines()

    assert len(lines) == 1 + 1 + 2 + 5 + 3  # a head; one withheld figure; mean and median; five answers; three groups
    assert not any(cell.startswith("=") for line in lines for cell in line.split(";"))


@pytest.mark.parametrize("ending", ["pdf", "CSV", "x"])
def test_there_are_no_other_files(organiser_client, event, ending):
    client = organiser_client(event)

    assert client.get(reverse("surveys:figures-export", args=[event.slug, ending])).status_code == 404


def test_files_of_an_event_without_surveys_have_a_head(organiser_client):
    event = factories.EventFactory()
    client = organiser_client(event)

    assert len(export(client, event, "csv").decode().splitlines()) == 1
    assert load_workbook(BytesIO(export(client, event, "xlsx"))).sheetnames == ["Torget"]


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("exhibitors satisfied", set(), "exhibitors satisfied"),
        ("a" * 40, set(), "a" * 31),
        ("a" * 40, {"a" * 31}, "a" * 27 + " (2)"),
    ],
)
def test_sheets_have_names_of_their_own(wanted, taken, name):
    assert sheet_name(wanted, taken) == name


def test_api_tells_figures_and_tables(organiser_client, event):
    answer_ = organiser_client(event).get(reverse("api:figures-event", args=[event.slug]))
    facts = answer_.json()

    assert (answer_.status_code, facts["event"], facts["suppress_below"]) == (200, "massan", 5)
    satisfied, mark = facts["figures"][:2]
    assert (satisfied["suppressed"], satisfied["value"], satisfied["reason"]) == (True, None, "too_few")
    assert (mark["unit"], round(mark["value"], 2), mark["k"], mark["n"]) == ("mean", 4.18, None, 17)
    (table,) = facts["details"][1]["tables"]
    assert [(one["category"], one["n"], one["suppressed"]) for one in table["categories"]] == [
        ("Lund", 9, False),
        ("Höör", None, True),
        ("Malmö", None, True),
    ]


def test_api_answers_strangers_as_if_there_were_no_event(client, event):
    told = [client.get(reverse("api:figures-event", args=[slug])) for slug in (event.slug, "nope")]

    assert [one.status_code for one in told] == [404, 404]
    assert told[0].json() == told[1].json() == {"code": "not_found", "detail": "There is no such event."}
