"""The papers opened and read back: what stands in Word, PDF and Excel, and how it is tagged."""

from io import BytesIO
from typing import Any

import docx
import openpyxl
import pypdf
import pytest
from django.template.loader import render_to_string
from docx.oxml.ns import qn

from surveys.followup.frozen.queries import contents_in, live_contents
from surveys.followup.papers.excel import excel_bytes
from surveys.followup.papers.pdf import pdf_bytes
from surveys.followup.papers.sheet import paper_of
from surveys.followup.papers.template import TEMPLATE, build
from surveys.followup.papers.word import word_bytes
from tests import factories
from tests.factories import NOW
from tests.surveys.followup.frozen.example import freeze, make_example

pytestmark = pytest.mark.django_db
NASTY = "{{ plan }} {% if %} #panic() $x$ *fet* <b>&amp;</b> =1+1 \u202eomvänt 王小明 \x0b\x02 " + "Å" * 90


@pytest.fixture
def frozen():
    return freeze(make_example().plan)


def word(contents: dict[str, Any], **seal) -> Any:
    return docx.Document(BytesIO(word_bytes(contents, **seal)))


def pdf_text(content: bytes) -> str:
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)
    return " ".join(text.replace("\u00a0", " ").replace("\u200b", "").split())


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_word_template_is_what_the_script_makes():
    made = docx.Document(str(TEMPLATE))

    assert made.element.xml == build().element.xml
    assert made.styles.element.xml == build().styles.element.xml


def test_word_has_headings_and_tables_that_a_municipality_can_edit_on(frozen):
    paper = word(contents_in(frozen), sha256=frozen.sha256)

    goals, activities, planned, partners, sources = paper.tables
    assert [cell.text for cell in goals.rows[2].cells] == ["L1", goals.rows[2].cells[1].text, "", "Uppnått"]
    assert goals.rows[1].cells[2].text == "Med & <utan>."
    fair = activities.rows[1].cells
    assert fair[0].text.splitlines() == ["B2B-mässan 2019", "Ansvarig: Lund"]
    told = plain(fair[1].text).splitlines()
    assert told[:2] == ["En dag i Lund.", "Många möten."]
    assert told[2].startswith("76,1 %  54 av 71 svarande (76 %) var mycket nöjda med mässan.")
    assert told[-2:] == ["Kortsiktig effekt: Nya kontakter.", "Långsiktig effekt: Fler affärer."]
    assert fair[2].text == "Genomförd"
    visit = activities.rows[2].cells
    assert "Boka buss" in visit[1].text
    assert visit[2].text.endswith("Bussen gick sönder.")
    assert [row.cells[0].text for row in activities.rows[1:]] == ["B2B-mässan 2019\nAnsvarig: Lund", "Studiebesök"]
    assert [row.cells[0].text for row in planned.rows[1:]] == ["Nästa mässa"]
    assert [[cell.text for cell in row.cells] for row in partners.rows[1:]] == [
        ["Höör", "2019"],
        ["Lund", "2019, 2020"],
    ]
    assert len(sources.rows) == 3
    headings = [part.text for part in paper.paragraphs if part.style.name == "Heading 1"]
    assert headings[0] == contents_in(frozen)["introduction"][2]["title"]
    assert len(headings) == 8
    assert len([part for part in paper.paragraphs if part.style.name == "Heading 2"]) == 5
    assert frozen.sha256 in "\n".join(part.text for part in paper.paragraphs)
    assert "{" not in "".join(part.text for part in paper.paragraphs)


def test_word_is_accessible(frozen):
    paper = word(contents_in(frozen))

    for table in paper.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    (picture,) = paper.element.body.iter(qn("wp:docPr"))
    assert plain(picture.get("descr")).endswith("76,1 %.")
    assert {one.get(qn("w:val")) for one in paper.styles.element.iter(qn("w:lang"))} == {"sv-SE"}
    assert paper.core_properties.language == "sv-SE"
    assert paper.core_properties.title.startswith("Uppföljning")
    assert all(cell.findall(qn("w:p")) for cell in paper.element.body.iter(qn("w:tc")))


def test_pdf_is_tagged_and_says_the_same(frozen):
    content = pdf_bytes(contents_in(frozen), sha256=frozen.sha256)

    reader = pypdf.PdfReader(BytesIO(content))
    root: Any = reader.trailer["/Root"]
    text = pdf_text(content)
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("sv")
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    for words in [
        "B2B-mässan 2019",
        "76,1 %",
        "54 av 71 svarande",
        "Studiebesök",
        "Nästa mässa",
        "Börja tidigare.",
        "Beslut fattades i mars.",
        "2019:1",
        "Direktörsgruppen",
        "Med & <utan>.",
        "Höör",
        "Boka buss",
        "Bussen gick sönder.",
    ]:
        assert words in text
    assert frozen.sha256 in text.replace(" ", "")


def test_excel_has_a_sheet_for_each_part(frozen):
    book = openpyxl.load_workbook(BytesIO(excel_bytes(contents_in(frozen))))

    _about, goals, activities, planned, figures, reflections, participation = book.worksheets
    assert [row[0].value for row in goals.iter_rows(min_row=2)] == ["E1", "L1"]
    assert [row[0].value for row in activities.iter_rows(min_row=2)] == ["B2B-mässan 2019", "Studiebesök"]
    assert [row[0].value for row in planned.iter_rows(min_row=2)] == ["Nästa mässa"]
    share = next(figures.iter_rows(min_row=2, values_only=True))
    assert (share[1], share[3], share[4], share[5]) == (pytest.approx(54 / 71), 54, 71, 134)
    assert len(list(reflections.iter_rows(min_row=2))) == 10
    assert [row[0] for row in participation.iter_rows(values_only=True)][1:] == ["Höör", "Lund"]
    assert [str(cell) for cell in next(participation.iter_rows(values_only=True))][1:] == ["2019", "2020"]


def test_papers_of_an_empty_plan_say_that_it_is_empty():
    contents = live_contents(factories.PlanFactory(first_year=2019), 2019, at=NOW, language="sv")

    assert word(contents).tables == []
    assert "Planen har inga mål än." in pdf_text(pdf_bytes(contents))
    assert len(openpyxl.load_workbook(BytesIO(excel_bytes(contents))).worksheets) == 7


def test_papers_print_with_no_answers_at_all():
    example = make_example()
    example.question.answers.all().delete()
    contents = live_contents(example.plan, 2019, at=NOW, language="sv")

    assert contents["figures"][0]["suppressed"]
    assert "Frågan:" in word(contents).tables[1].rows[1].cells[1].text
    assert list(word(contents).element.body.iter(qn("wp:docPr"))) == []
    assert "Studiebesök" in pdf_text(pdf_bytes(contents))


def test_no_word_of_a_paper_is_read_as_markup():
    example = make_example()
    type(example.fair).objects.update(title=NASTY[:200], what_happened=NASTY, short_term_effect=NASTY)
    contents = live_contents(example.plan, 2019, at=NOW, language="sv")

    assert "{{ plan }} {% if %} #panic() $x$ *fet* <b>&amp;</b> =1+1" in word(contents).tables[1].rows[1].cells[1].text
    assert "{{ plan }} {% if %} #panic() $x$ *fet*" in pdf_text(pdf_bytes(contents))
    book = openpyxl.load_workbook(BytesIO(excel_bytes(contents)))
    assert book.worksheets[2]["E2"].data_type in {"s", "inlineStr"}


def test_control_signs_in_a_figures_name_do_not_stop_a_paper(frozen):
    contents = contents_in(frozen)
    for one in contents["figures"]:
        one["title"] = "Nöjda\x0b med mässan"

    assert "Nöjda med mässan" in "".join(cell.text for cell in word(contents).tables[4].column_cells(0))
    assert "Nöjda med mässan" in pdf_text(pdf_bytes(contents))


def test_what_is_completed_is_listed_though_nobody_wrote_about_it(frozen):
    contents = contents_in(frozen)
    piece = next(one for one in contents["introduction"] if one["id"] == "completed")
    assert (piece["text"], contents["completed"]) == ("", ["B2B-mässan 2019"])

    texts = [part.text for part in word(contents).paragraphs]
    page = render_to_string("surveys/followup/frozen/_paper.html", {"paper": paper_of(contents), "frozen": frozen})

    assert texts[texts.index(piece["title"]) + 1] == "– B2B-mässan 2019"
    assert f"{piece['title']} • B2B-mässan 2019" in pdf_text(pdf_bytes(contents))
    assert "<ul><li>B2B-mässan 2019</li></ul>" in page
    assert "<p></p>" not in page.split('id="goals"')[0]
