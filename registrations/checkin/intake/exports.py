"""What a phone could not send and somebody carried to the desk: a file, or the texts of QR codes. Pure.

The phone's side is ``static/door/export.js``; only the server opens the box (docs/door.md).
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.utils.translation import gettext_lazy as _

from events.errors import Refusal

FORMAT = "torget.door-export/1"
MARK = "TORGETX/"
PIECE = re.compile(r"TORGETX/([^/\s]{1,60})/([0-9]{1,5})/([0-9]{1,5})/((?:(?!TORGETX/)[^/\s])*)")


class NoExport(Refusal):
    code = "no_export"
    message = _("This is no export of a phone at the door. Make a new one on the phone, and take that file.")


class OtherEvent(Refusal):
    code = "other_event"
    message = _("This export is from another event (%(event)s). Take it in at that event's door.")


class PiecesMissing(Refusal):
    code = "pieces_missing"
    message = _("These pieces are missing: %(missing)s of %(count)s. Paste them as well.")


class SeveralExports(Refusal):
    code = "several_exports"
    message = _("The pieces are of several exports. Take in one at a time.")


class ClosedBox(Refusal):
    code = "closed_box"
    message = _("The export is damaged and cannot be opened. Make a new one on the phone.")


@dataclass(frozen=True, slots=True)
class Export:
    """What was in it: the ``records`` as the phone keeps them, and the name that the phone went by."""

    device: str
    records: list[Any]


def read_export(raw: bytes, event: str, open_box: Callable[[str], Any]) -> Export:
    """The export in ``raw`` of a phone at the door of ``event`` (a slug); ``open_box`` raises ValueError.

    Raises NoExport, OtherEvent, PiecesMissing, SeveralExports and ClosedBox.
    """
    try:
        text = raw.decode("utf-8-sig").strip()
    except UnicodeDecodeError as fault:
        raise NoExport from fault
    told = _json(joined(text) if MARK in text and not text.startswith("{") else text)
    if not isinstance(told, dict) or told.get("format") != FORMAT or not isinstance(told.get("box"), str):
        raise NoExport
    if told.get("event") != event:
        raise OtherEvent(event=str(told.get("event"))[:80])
    try:
        content = open_box(told["box"])
    except ValueError as fault:
        raise ClosedBox from fault
    records = content.get("records") if isinstance(content, dict) else None
    if not isinstance(records, list):
        raise ClosedBox
    device = told.get("device")
    return Export(device if isinstance(device, str) else "", records)


def joined(text: str) -> str:
    """The text that pieces make, in whatever order and however often. Raises those of ``read_export``."""
    pieces = [(mark, int(number), int(count), piece) for mark, number, count, piece in PIECE.findall(text)]
    exports = {(mark, count) for mark, _number, count, _piece in pieces}
    if not exports:
        raise NoExport
    if len(exports) > 1:
        raise SeveralExports
    ((_mark, count),) = exports
    chunks = {number: piece for _mark, number, _count, piece in pieces}
    missing = [str(number) for number in range(1, count + 1) if number not in chunks]
    if missing or not count:
        raise PiecesMissing(missing=", ".join(missing[:20]), count=count)
    return unquote("".join(chunks[number] for number in range(1, count + 1)))


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise NoExport from fault
