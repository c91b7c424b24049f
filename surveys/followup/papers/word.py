"""The follow-up as a Word file that a municipality can edit on, from the plain data."""

from io import BytesIO
from typing import Any

import vl_convert
from django.utils import translation
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from events.look.formats import for_xml
from surveys.followup.papers.chart import chart_of, chart_words
from surveys.followup.papers.sheet import sheet_of
from surveys.followup.papers.template import TEMPLATE

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_bytes(contents: dict[str, Any], *, sha256: str = "") -> bytes:
    """``contents`` as a .docx in its own language: real headings, tables whose header repeats, alt texts."""
    with translation.override(contents["language"]):
        sheet = for_xml(sheet_of(contents, sha256=sha256))
    for piece in sheet["introduction"]:
        if piece["id"] == "completed":
            lines = [piece["text"].strip(), *(f"– {title}" for title in sheet["completed"])]
            piece["text"] = "\n".join(filter(None, lines))
    paper = DocxTemplate(str(TEMPLATE))
    svg = chart_of(contents)
    picture = BytesIO(vl_convert.svg_to_png(svg, scale=2)) if svg else None
    paper.render({**sheet, "chart": InlineImage(paper, picture, width=Mm(150)) if picture else ""}, autoescape=True)
    _finish(paper, sheet, for_xml(chart_words(contents)))
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _finish(paper: DocxTemplate, sheet: dict[str, Any], alt: str) -> None:
    """What the template cannot say: alt texts, the document's own facts, and a paragraph in cells that became empty."""
    document = paper.docx
    for picture in document.element.body.iter(qn("wp:docPr")):
        picture.set("descr", f"{sheet['labels']['chart']}: {alt}")
        picture.set("title", sheet["labels"]["chart"])
    for cell in document.element.body.iter(qn("w:tc")):
        if cell.find(qn("w:p")) is None:
            cell.append(OxmlElement("w:p"))
    language = "sv-SE" if sheet["lang"] == "sv" else "en-GB"
    for one in document.styles.element.iter(qn("w:lang")):
        one.set(qn("w:val"), language)
    facts = document.core_properties
    facts.title, facts.author, facts.language = sheet["title"][:255], sheet["author"][:255], language
    facts.subject = sheet["stamp"][:255]
