"""The rows of a form in which answers to choose from are written: read, added, moved and taken away. Pure.

Works without scripts: every button sends the form, and what was typed comes back in the new order.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from surveys.questionnaires.scales import DONT_KNOW

PREFIX = "option"
ROWS_AT_MOST = 25
EMPTY_AT_FIRST = 3
CODE_LENGTH = 40
LABEL_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Row:
    """One answer as typed. ``code`` is empty until it has been saved."""

    code: str = ""
    sv: str = ""
    en: str = ""

    @property
    def empty(self) -> bool:
        return not (self.sv.strip() or self.en.strip())


def rows_of(options: Iterable[Mapping[str, str]]) -> list[Row]:
    """The rows that stored options are shown as; some empty ones where there are none."""
    rows = [Row(option["code"], option["sv"], option["en"]) for option in options]
    return rows or [Row()] * EMPTY_AT_FIRST


def read_rows(sent: Mapping[str, str]) -> list[Row]:
    """The rows of the form ``sent``, in the order they stood in. Whatever comes, some rows come out of it."""
    numbers = {
        int(name.split("-")[1])
        for name in sent
        if name.startswith(f"{PREFIX}-") and len(part := name.split("-")) == 3 and _is_number(part[1])
    }
    return [
        Row(
            _kept(sent.get(f"{PREFIX}-{n}-code", "")),
            sent.get(f"{PREFIX}-{n}-sv", "").replace("\0", "")[: 2 * LABEL_LENGTH],
            sent.get(f"{PREFIX}-{n}-en", "").replace("\0", "")[: 2 * LABEL_LENGTH],
        )
        for n in sorted(numbers)[:ROWS_AT_MOST]
    ]


def row_fields(number: int, row: Row) -> list[tuple[str, str]]:
    """The fields of the row with ``number``, as ``read_rows`` reads them; none of an empty one."""
    if row.empty:
        return []
    values = {"code": row.code, "sv": row.sv, "en": row.en}
    return [(f"{PREFIX}-{number}-{name}", value) for name, value in values.items()]


def moved(rows: Sequence[Row], do: str) -> list[Row] | None:
    """``rows`` after the button ``do`` was pressed: ``add``, ``remove-2``, ``up-2`` or ``down-2`` (rows count from 0).

    ``None`` for any other button. A row that is not there changes nothing.
    """
    after = list(rows)
    if do == "add":
        return [*after, Row()] if len(after) < ROWS_AT_MOST else after
    name, _dash, number = do.partition("-")
    if name not in {"remove", "up", "down"} or not _is_number(number):
        return None
    place = int(number)
    if place >= len(after):
        return after
    row = after.pop(place)
    if name != "remove":
        after.insert(max(0, place - 1) if name == "up" else place + 1, row)
    return after


def options_from(rows: Sequence[Row]) -> tuple[dict[str, str], ...]:
    """What is stored: rows with words, each with a code. A row without a code gets one from its Swedish words."""
    written = [row for row in rows if not row.empty]
    taken = [row.code for row in written if row.code] + [DONT_KNOW]
    named = []
    for row in written:
        if not row.code:
            row = replace(row, code=_free_code(row.sv or row.en, taken))
            taken.append(row.code)
        named.append({"code": row.code, "sv": " ".join(row.sv.split()), "en": " ".join(row.en.split())})
    return tuple(named)


def _free_code(words: str, taken: Sequence[str]) -> str:
    base = _as_code(words) or "answer"
    code, number = base, 2
    while code in taken:
        code, number = f"{base[: CODE_LENGTH - 4]}_{number}", number + 1
    return code


def _kept(code: str) -> str:
    """A stored option's code as it is; nothing where it is none."""
    return (
        code
        if len(code) <= CODE_LENGTH and code.replace("-", "_").replace("_", "a").isalnum() and code.isascii()
        else ""
    )


def _as_code(words: str) -> str:
    """``words`` in small letters without accents, with a line for each gap."""
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    return "_".join("".join(letter if letter.isalnum() else " " for letter in plain).split())[:CODE_LENGTH]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 4
