"""Whatever somebody sends to an address, the answer is a page or a refusal, never a fault of ours.

Each address of the permission table gets rubbish from somebody who may be there: in every field at once, in one field
of an otherwise good form at a time, in the query, and in the address itself.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.permissions.row import EVERYONE, ORGANISER, OWNER, Row, World, make_world
from tests.test_permissions import TABLE, Undo

RUBBISH: list[Any] = [
    "",
    "abc",
    "-1",
    "0",
    "99999999999999999999",
    "1e400",
    "NaN",
    "\0",
    "å" * 400,
    "2027-02-30T25:61",
    "9999-12-31T23:59",
    "0001-01-01",
    "<script>\r\n'\"%s{{ }}",
]
JSON = ["", "null", "[]", '"x"', "{", '{"scans": 1}', '{"scans": [null]}', '{"scans": [{"code": [], "at": 1e400}]}']
ONE_OF_EACH = list({row.url: row for row in sorted(TABLE, key=lambda row: row.method)}.values())


class FormReader(HTMLParser):
    """What a browser would send with each form of a page that posts: action → {name: values}."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.select = ""
        self.inside = False
        self.text_name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.inside = got.get("method", "").lower() == "post"
            if self.inside:
                self.forms.append({})
        if not self.inside:
            return
        name = got.get("name", "")
        if tag == "input" and got.get("type") not in {"submit", "file"} and name:
            ticked = got.get("type") not in {"checkbox", "radio"} or "checked" in got
            self.forms[-1].setdefault(name, []).extend([got.get("value", "on")] if ticked else [])
        elif tag == "select":
            self.select = name
            self.forms[-1][name] = []
        elif tag == "option" and self.select and ("selected" in got or not self.forms[-1][self.select]):
            self.forms[-1][self.select] = [got.get("value", "")]
        elif tag == "textarea":
            self.text_name = name
            self.forms[-1][name] = [""]
        elif tag == "button" and name:
            self.forms[-1].setdefault(name, [got.get("value", "")])

    def handle_data(self, data: str) -> None:
        if self.inside and self.text_name:
            self.forms[-1][self.text_name][0] += data

    def handle_endtag(self, tag: str) -> None:
        self.select = "" if tag == "select" else self.select
        self.text_name = "" if tag == "textarea" else self.text_name
        self.inside = self.inside and tag != "form"


@cache
def known_names() -> frozenset[str]:
    """Every name that some form or view of ours reads."""
    read = re.compile(r"""POST(?:\.get|\.getlist)?[(\[]"(\w+)["]""")
    source = (
        path for app in ("events", "registrations", "surveys") for path in Path(settings.BASE_DIR, app).rglob("*.py")
    )
    names = {name for path in source for name in read.findall(path.read_text(encoding="utf-8"))}
    return frozenset(names | {name for form in subclasses(BaseForm) for name in getattr(form, "base_fields", {})})


def subclasses(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from subclasses(child)


def kinds_for(row: Row) -> list[Any]:
    """A third of the kinds of rubbish: which, follows from the address, so that together they are all tried."""
    return RUBBISH[len(row.url) % 3 :: 3]


def bodies(forms: list[dict[str, list[str]]], kinds: list[Any]) -> Iterator[dict[str, Any]]:
    """Rubbish in everything at once, then in one field of each form at a time; the kinds take turns."""
    for turn, rubbish in enumerate(kinds):
        names = {*known_names(), *(name for form in forms for name in form)}
        yield dict.fromkeys(names, rubbish)
        for form in forms:
            for number, name in enumerate(form):
                if (number + turn) % EVERY == 0:
                    yield {**form, name: rubbish}
    yield {}
    for form in forms:
        yield from ({key: value for key, value in form.items() if key != name} for name in list(form)[::4])
    yield {"file": SimpleUploadedFile("skolor.csv", b"\xff\xfe\x00\xd8\x00;\x00\n")}
    yield {"file": SimpleUploadedFile("skolor.xlsx", b"PK\x03\x04broken")}


EVERY = 13  # one field at a time: each gets few kinds, but all kinds are tried on some field


def somebody(row: Row, world: World, client_for: Callable[..., Client]) -> Client:
    """Somebody who may be there; the organiser and the school or company before the others."""
    role = min(row.allowed or EVERYONE, key=lambda role: (role != ORGANISER, role != OWNER, role))
    return Client() if role == "anonymous" else client_for(world.users[role])


def attempt(ask: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer; whatever was written is undone. A fault is raised by the client itself."""
    answers: list[HttpResponse] = []
    try:
        with transaction.atomic():
            answers.append(ask())
            raise Undo
    except Undo:
        return answers[0]


@pytest.mark.django_db
@pytest.mark.parametrize("row", ONE_OF_EACH, ids=lambda row: row.url)
def test_rubbish_is_answered(row: Row, client_for):
    world = make_world()
    client = somebody(row, world, client_for)
    address = reverse(row.url, kwargs=row.kwargs(world))
    page = attempt(lambda: client.get(address))
    reader = FormReader()
    if "html" in page.headers.get("Content-Type", "") and not page.streaming:
        reader.feed(page.content.decode())
    good = {key: value if isinstance(value, list) else [str(value)] for key, value in row.data(world).items()}

    statuses = {
        attempt(lambda body=body: client.post(address, body)).status_code
        for body in bodies([*reader.forms, good], kinds_for(row))
    }
    statuses |= {
        attempt(lambda body=body: client.post(address, body, content_type="application/json")).status_code
        for body in (JSON if row.url.startswith("api:") else JSON[:2])
    }
    statuses |= {
        attempt(lambda value=value: client.get(address, dict.fromkeys(QUERY, value))).status_code
        for value in kinds_for(row)
    }

    assert max(statuses) < 500


QUERY = ["q", "page", "sort", "state", "number", "next", "a", "b", "chosen", "grade", "municipality", "kind", "filter"]


@pytest.mark.django_db
def test_addresses_of_nothing_are_not_found(client_for):
    world = make_world()
    faults = []

    for row in ONE_OF_EACH:
        client = somebody(row, world, client_for)
        client.raise_request_exception = False
        for address in wrong_addresses(row, world):
            answers = {attempt(lambda ask=ask, address=address: ask(address)) for ask in (client.get, client.post)}
            faults += [(row.url, address, answer.status_code) for answer in answers if answer.status_code >= 500]

    assert faults == []


def wrong_addresses(row: Row, world: World) -> Iterator[str]:
    """The row's address with one part at a time of nobody's."""
    parts = row.kwargs(world)
    for name, value in parts.items():
        for wrong in (0, 2**31, 2**63, 10**30) if isinstance(value, int) else ("finnsinte", "å", "x" * 300):
            with suppress(NoReverseMatch):
                yield reverse(row.url, kwargs={**parts, name: wrong})
