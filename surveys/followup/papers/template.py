"""Makes templates/word/followup.docx, the Word template of the follow-up: ``python -m surveys.followup.papers.template``.

The template is a Word file of its own, so that anybody may change its looks in Word; docxtpl fills it. This module
keeps its parts readable and lets it be made anew. ``{%p … %}`` takes a paragraph, ``{%tr … %}`` a row of a table.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell

TEMPLATE = Path(__file__).resolve().parents[3] / "templates" / "word" / "followup.docx"
PINE, MUTED = RGBColor(0x12, 0x3F, 0x34), RGBColor(0x4A, 0x57, 0x51)


def build() -> Document:
    """The template as a document, ready to be saved."""
    paper = docx.Document()
    _look(paper)
    paper.add_paragraph("{{ area }}", style="Subtitle")
    paper.add_paragraph("{{ heading }}", style="Title")
    paper.add_paragraph("{{ plan }}")
    paper.add_paragraph().add_run("{{ stamp }}").bold = True
    _introduction(paper)
    _goals(paper)
    _activities(paper, "activities", "labels.happened", chart=True)
    _activities(paper, "planned", "labels.plans")
    _reflections(paper)
    _partners(paper)
    _sources(paper)
    return paper


def _look(paper: Document) -> None:
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(16)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(4)
    for name, size in (("Title", 24), ("Heading 1", 15), ("Heading 2", 12), ("Subtitle", 11)):
        style = paper.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), PINE
        style.element.rPr.rFonts.attrib.pop(qn("w:asciiTheme"), None)
    defaults = paper.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    language.set(qn("w:val"), "sv-SE")
    properties = paper.core_properties
    properties.title, properties.author, properties.language = "Uppföljning", "Torget", "sv-SE"
    properties.comments = ""
    properties.created = properties.modified = datetime(2027, 1, 1, tzinfo=UTC)


def _introduction(paper: Document) -> None:
    paper.add_paragraph("{%p for piece in introduction %}")
    paper.add_heading("{{ piece.title }}", 1)
    paper.add_paragraph("{{ piece.text }}")
    paper.add_paragraph("{%p endfor %}")


def _goals(paper: Document) -> None:
    paper.add_heading("{{ labels.goals }}", 1)
    paper.add_paragraph("{%p if goals %}")
    titles = ("labels.number", "labels.goal", "labels.description", "labels.state")
    table = _table(paper, titles, (16, 88, 112, 36), "labels.goals")
    cells = _rows(table, "goal in goals")
    cells[0].text = "{{ goal.number }}"
    _small(cells[1], "{{ goal.kind }}")
    cells[1].add_paragraph().add_run("{{ goal.text }}").bold = True
    cells[2].text = "{{ goal.description }}"
    for words in ("{%p for one in goal.indicators %}", "{{ one }}", "{%p endfor %}"):
        cells[2].add_paragraph(words)
    cells[3].text = "{{ goal.state }}"
    _otherwise(paper, "labels.no_goals")


def _activities(paper: Document, name: str, middle: str, *, chart: bool = False) -> None:
    paper.add_heading(f"{{{{ labels.{name} }}}}", 1)
    if chart:
        for words in ("{%p if chart %}", "{{ chart }}", "{%p endif %}"):
            paper.add_paragraph(words)
    paper.add_paragraph(f"{{%p if {name} %}}")
    table = _table(paper, ("labels.activity", middle, "labels.status"), (66, 150, 36), f"labels.{name}")
    cells = _rows(table, f"row in {name}")
    cells[0].paragraphs[0].add_run("{{ row.title }}").bold = True
    cells[0].add_paragraph("{%p for line in row.about %}")
    _small(cells[0], "{{ line }}", new=True)
    cells[0].add_paragraph("{%p endfor %}")
    told = cells[1]
    told.text = "{%p for part in row.happened %}"
    for words in ("{{ part }}", "{%p endfor %}", "{%p if row.steps %}", "{{ row.steps }}", "{%p endif %}"):
        told.add_paragraph(words)
    told.add_paragraph("{%p for one in row.figures %}")
    figure = told.add_paragraph()
    figure.add_run("{{ one.value }}").bold = True
    figure.add_run("  {{ one.words }}")
    told.add_paragraph("{%p if one.source %}")
    _small(told, "{{ one.source }}", new=True)
    told.add_paragraph("{%p endif %}")
    told.add_paragraph("{%p endfor %}")
    for field in ("short", "long"):
        told.add_paragraph(f"{{%p if row.{field} %}}")
        effect = told.add_paragraph()
        effect.add_run(f"{{{{ labels.{field} }}}}: ").bold = True
        effect.add_run(f"{{{{ row.{field} }}}}")
        told.add_paragraph("{%p endif %}")
    cells[2].text = "{{ row.status }}"
    cells[2].add_paragraph("{%p if row.changed %}")
    _small(cells[2], "{{ row.changed }}", new=True)
    cells[2].add_paragraph("{%p endif %}")
    _otherwise(paper, f"labels.no_{name}")


def _reflections(paper: Document) -> None:
    paper.add_heading("{{ labels.reflections }}", 1)
    paper.add_paragraph("{%p for piece in reflections %}")
    paper.add_heading("{{ piece.title }}", 2)
    paper.add_paragraph("{{ piece.text }}")
    paper.add_paragraph("{%p endfor %}")


def _partners(paper: Document) -> None:
    paper.add_heading("{{ labels.partners }}", 1)
    paper.add_paragraph("{%p if partners %}")
    table = _table(paper, ("labels.municipality", "labels.years"), (72, 180), "labels.partners")
    cells = _rows(table, "one in partners")
    cells[0].text, cells[1].text = "{{ one.title }}", "{{ one.years }}"
    _otherwise(paper, "labels.no_partners")


def _sources(paper: Document) -> None:
    paper.add_heading("{{ labels.sources }}", 1)
    paper.add_paragraph("{%p if sources %}")
    titles = ("labels.figure", "labels.value", "labels.base", "labels.source")
    cells = _rows(_table(paper, titles, (72, 26, 50, 104), "labels.sources"), "one in sources")
    for cell, words in zip(cells[:3], ("{{ one.title }}", "{{ one.value }}", "{{ one.base }}"), strict=True):
        cell.text = words
    cells[3].text = "{%p for line in one.lines %}"
    cells[3].add_paragraph("{{ line }}")
    cells[3].add_paragraph("{%p endfor %}")
    _otherwise(paper, "labels.no_figures")
    paper.add_paragraph("{{ taken }}")
    for words in ("{%p if seal %}", "{{ labels.seal }}: {{ seal }}", "{%p endif %}"):
        paper.add_paragraph(words)


def _table(paper: Document, titles: Sequence[str], widths: Sequence[int], caption: str) -> Table:
    """A table with a header that is one to Word, too: it is repeated on each page and read out with the cells."""
    table = paper.add_table(rows=1, cols=len(titles), style="Table Grid")
    table.autofit = False
    for cell, title, width in zip(table.rows[0].cells, titles, widths, strict=True):
        cell.paragraphs[0].add_run(f"{{{{ {title} }}}}").bold = True
        cell.width = Mm(width)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    described = OxmlElement("w:tblCaption")
    described.set(qn("w:val"), f"{{{{ {caption} }}}}")
    table._tbl.tblPr.append(described)
    return table


def _rows(table: Table, loop: str) -> list[_Cell]:
    """The cells of the row that ``loop`` repeats."""
    for words in (f"{{%tr for {loop} %}}", "", "{%tr endfor %}"):
        row = table.add_row()
        for cell, head in zip(row.cells, table.rows[0].cells, strict=True):
            cell.width = head.width
        if words:
            row.cells[0].text = words
    return list(table.rows[2].cells)


def _small(cell: _Cell, words: str, *, new: bool = False) -> None:
    paragraph = cell.add_paragraph() if new else cell.paragraphs[0]
    run = paragraph.add_run(words)
    run.font.size, run.font.color.rgb = Pt(9), MUTED


def _otherwise(paper: Document, words: str) -> None:
    for line in ("{%p else %}", f"{{{{ {words} }}}}", "{%p endif %}"):
        paper.add_paragraph(line)


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(exist_ok=True)
    build().save(str(TEMPLATE))
