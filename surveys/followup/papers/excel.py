"""The follow-up as an Excel file: goals, activities, planned, figures, reflections and participation, a sheet each."""

from collections.abc import Iterable
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.exports import Column, Sheet, workbook_bytes
from surveys.followup.frozen.comparison import sentence_of
from surveys.followup.papers.sheet import base_words, counted_words, method_words, sheet_of

Plain = dict[str, Any]
Table = tuple[list[str], list[list[Any]]]


def excel_bytes(contents: Plain, *, sha256: str = "") -> bytes:
    """``contents`` as a workbook in its own language. Nothing in it is a formula or a link."""
    with translation.override(contents["language"]):
        tables = _tables(contents, sha256)
    return workbook_bytes(Sheet(name, _columns(titles), rows) for name, (titles, rows) in tables.items())


def _columns(titles: Iterable[str]) -> list[Column]:
    return [Column(title, itemgetter(place)) for place, title in enumerate(titles)]


def _tables(contents: Plain, sha256: str) -> dict[str, Table]:
    return {
        pgettext("sheet of a workbook", "About"): _about(contents, sha256),
        pgettext("sheet of a workbook", "Goals"): _goals(contents),
        pgettext("sheet of a workbook", "Activities"): _activities(contents["activities"]),
        pgettext("sheet of a workbook", "Planned"): _activities(contents["planned"]),
        pgettext("sheet of a workbook", "Figures"): _figures(contents),
        pgettext("sheet of a workbook", "Reflections"): (
            [_("Part"), _("Text")],
            [[piece["title"], piece["text"]] for piece in contents["introduction"] + contents["reflections"]],
        ),
        pgettext("sheet of a workbook", "Participation"): _participation(contents),
    }


def _about(contents: Plain, sha256: str) -> Table:
    sheet = sheet_of(contents, sha256=sha256)
    rows = [
        [_("Document"), sheet["title"]],
        [_("Plan"), sheet["plan"]],
        [_("Version"), sheet["stamp"]],
        [_("Figures"), sheet["taken"]],
        *([[sheet["labels"]["seal"], sha256]] if sha256 else []),
    ]
    return [_("What"), _("Text")], rows


def _goals(contents: Plain) -> Table:
    names = ["number", "kind_words", "text", "description", "state_words"]
    titles = [_("No."), _("Kind"), _("Goal"), _("Description"), _("State")]
    return titles, [[row[name] for name in names] for row in contents["goals"]]


def _activities(rows: Iterable[Plain]) -> Table:
    titles = [
        _("Activity"),
        _("Responsible"),
        _("Done by"),
        _("Status"),
        _("What happened"),
        _("Short-term effect"),
        _("Long-term effect"),
        _("The status's last change"),
        _("Sub-steps"),
    ]
    return titles, [_activity(row) for row in rows]


def _activity(row: Plain) -> list[Any]:
    return [
        row["title"],
        ", ".join(row["responsible"]),
        row["done_by"],
        row["status_words"],
        row["what_happened"],
        row["short_term_effect"],
        row["long_term_effect"],
        row.get("status_changed_words", ""),
        row.get("steps_words", ""),
    ]


def _participation(contents: Plain) -> Table:
    sheet = sheet_of(contents)
    titles = [sheet["labels"]["municipality"], *sheet["years"]]
    return titles, [[one["title"], *one["cells"]] for one in sheet["partners"]]


def _figures(contents: Plain) -> Table:
    language = contents["language"]
    titles = [
        _("Figure"),
        _("Value"),
        _("As text"),
        "k",
        "n",
        "N",
        _("Base"),
        _("Lower limit"),
        _("Upper limit"),
        _("Target"),
        _("Standing"),
        _("Sentence"),
        _("Source"),
        _("Question"),
        _("Method"),
        _("Computed"),
    ]
    rows = []
    for one in contents["figures"]:
        low, high = one.get("interval") or ("", "")
        rows.append(
            [
                one["title"],
                one["value"],
                one["value_words"],
                one.get("k"),
                one.get("n"),
                one.get("population"),
                base_words(one, language),
                low,
                high,
                one["target_words"],
                one["standing_words"],
                sentence_of(one),
                one["source_words"],
                counted_words(one),
                method_words(one, language),
                localtime(datetime.fromisoformat(one["computed_at"])).replace(tzinfo=None),
            ]
        )
    return titles, rows
