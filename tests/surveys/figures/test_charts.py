"""The drawing: what it holds, what is taken out of it, and that it is drawn once."""

import re
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation

from surveys.figures import drawings
from surveys.figures.charts import Mark, Panel, clean, draw
from surveys.figures.entries import Entry
from surveys.figures.tables import Findings, Group, Table
from tests import factories
from tests.surveys.figures.examples import figure
from tests.surveys.figures.test_breakdowns import answer, ask, group

PANELS = (
    Panel("Kommun", (Mark("Lund", 0.8, "80 %", 0.6, 0.9), Mark("Malmö & <Höör>", 0.5, "50 %", 0.3, 0.7))),
    Panel("Årskurs", (Mark("8", 0.7, "70 %", None, None),)),
)


@pytest.fixture(scope="module")
def svg() -> str:
    return draw(PANELS, title="Hur var det?", description="Högst i <Lund>.", ends=(0, 1), overall=0.65)


def test_drawing_has_each_group_with_its_value_and_a_name(svg):
    root = ElementTree.fromstring(svg)
    texts = {element.text for element in root.iter() if element.tag.endswith("text")}

    assert texts == {"Kommun", "Lund", "Malmö & <Höör>", "80 %", "50 %", "Årskurs", "8", "70 %"}
    assert [child.text for child in root[:2]] == ["Hur var det?", "Högst i <Lund>."]
    assert (root.get("role"), root[2].get("aria-hidden")) == ("img", "true")


def test_drawing_has_no_script_style_link_or_colour(svg):
    assert not re.search(r"<script|<style|<a\b|style=|href|\bon\w+=|url\(|#[0-9a-f]{6}", svg)
    assert "chart-hue-fill" in svg


def test_control_signs_are_not_drawn():
    panel = Panel("Kom\x0bmun", (Mark("Lund\x0b", 0.8, "80\x02 %", None, None),))

    root = ElementTree.fromstring(draw([panel], title="Hur\x0b?", description="Så\x0c.", ends=(0, 1), overall=0.8))

    assert {element.text for element in root.iter() if element.tag.endswith("text")} == {"Kommun", "Lund", "80 %"}
    assert [child.text for child in root[:2]] == ["Hur?", "Så."]


def test_cleaning_takes_out_what_pages_may_not_hold():
    dirty = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>x()</script><g onclick="x()" '
        'style="fill:red"><a href="/"><text>link</text></a><text fill="#000001">a&amp;b</text>'
        '<path fill="url(#x)" stroke="red" d="M0,0"/><foreignObject/></g></svg>'
    )

    cleaned = clean(dirty, "t", "d")

    assert (
        'aria-hidden="true"><g><text class="chart-ink-fill">a&amp;b</text><path d="M0,0" stroke="none" /></g>'
        in cleaned
    )


@pytest.fixture
def question(db):
    cache.clear()
    survey = factories.SurveyFactory(state="closed")
    question = ask(survey)
    for name, top in (("Lund", 9), ("Malmö", 3)):
        answer(question, group(survey, 40, municipality=name), *["very_satisfied"] * top, *["neither"] * (12 - top))
    return question


def show(client, question) -> str:
    client.cookies["torget_language"] = "en"
    address = reverse("surveys:figure-charts", args=[question.survey.event.slug, question.pk])
    return client.get(address).content.decode().replace("\u00a0", " ")


def test_page_says_what_the_drawing_shows_and_has_its_table(organiser_client, question):
    page = show(organiser_client(question.survey.event), question)

    sentence = "Municipality: highest in Lund (75%), lowest in Malmö (25%) of 2 groups; all together 50%."
    assert page.count(sentence) == 2  # above the drawing, and as its description
    assert '<th scope="row">Malmö</th>' in page
    assert not re.search(r"\sstyle=", page)


def sentence_of(overall: int, *shares: int) -> str:
    """The sentence of groups that have ``shares`` of ten each, where ``overall`` of ten have it all together."""
    groups = tuple(Group(f"Ort {place}", figure(k, 10)) for place, k in enumerate(shares, start=1))
    table = Table("municipality", groups, ())
    entry = Entry(Findings(figure(overall, 10), 10, (), None, None, (table,)), None, [])
    with translation.override("en"):
        drawing = drawings.drawing_of(entry)
    assert drawing
    return drawing.sentence


def test_like_groups_are_told_with_what_they_have_themselves():
    assert sentence_of(6, 7, 7) == "Municipality: all groups have 70%."


def test_sentence_knows_the_groups_that_are_not_drawn():
    sentence = sentence_of(6, *[6] * drawings.MOST_GROUPS, 9)

    assert sentence == "Municipality: highest in Ort 41 (90%), lowest in Ort 1 (60%) of 41 groups; all together 60%."


def test_page_draws_once_what_has_not_changed(organiser_client, question, monkeypatch):
    client = organiser_client(question.survey.event)
    first = show(client, question)
    monkeypatch.setattr(drawings, "draw", lambda *panels, **facts: pytest.fail("drawn again"))

    assert ('<svg class="chart"' in first, '<svg class="chart"' in show(client, question)) == (True, True)


def test_page_without_groups_says_so(organiser_client, question):
    question.survey.state = "open"
    question.survey.save()

    page = show(organiser_client(question.survey.event), question)

    assert "No groups to show" in page
    assert 'class="chart"' not in page


def test_another_events_question_is_not_there(organiser_client, question):
    other = factories.QuestionFactory()
    client = organiser_client(question.survey.event)
    address = reverse("surveys:figure-charts", args=[question.survey.event.slug, other.pk])

    assert client.get(address).status_code == 404
