"""Reads JSON into typed values and says where a bad one lies. Pure.

A ``Node`` is a value with its path, such as ``groups[3].size``. What it gives has the asked type and range, or it
raises ``Malformed`` with that path. Keys nobody asks for are left alone.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

T = TypeVar("T")

MOST = 1_000_000_000
"""No number in an instance may be larger: a fair has no use for it, and sums of products must fit in 64 bits."""


class Malformed(ValueError):
    """An instance that cannot be read, or that contradicts itself.

    ``path`` names the bad value (empty: the whole), ``text`` what is wrong with it.
    """

    def __init__(self, path: str, text: str) -> None:
        super().__init__(f"{path}: {text}" if path else text)
        self.path = path
        self.text = text


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON value and its path in the whole."""

    value: Any
    path: str = ""

    def refuse(self, text: str) -> Malformed:
        return Malformed(self.path, text)

    def key(self, name: str) -> "Node":
        """The object's value under ``name``, which must be there."""
        fields = self.fields()
        where = f"{self.path}.{name}" if self.path else name
        if name not in fields:
            raise Malformed(where, "is missing")
        return Node(fields[name], where)

    def maybe(self, name: str) -> "Node | None":
        """The object's value under ``name``; ``None`` when it is missing or null."""
        return None if self.fields().get(name) is None else self.key(name)

    def fields(self) -> dict[str, Any]:
        if not isinstance(self.value, dict):
            raise self.refuse("must be an object")
        return self.value

    def items(self) -> Iterator["Node"]:
        """The list's values in order."""
        if not isinstance(self.value, list):
            raise self.refuse("must be a list")
        for index, value in enumerate(self.value):
            yield Node(value, f"{self.path}[{index}]")

    def each(self, read: Callable[["Node"], T]) -> tuple[T, ...]:
        return tuple(read(node) for node in self.items())

    def integer(self, least: int = 0, most: int = MOST) -> int:
        """A whole number in the range; neither true nor 3.0 is one."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.refuse("must be a whole number")
        if self.value < least:
            raise self.refuse(f"must be at least {least}")
        if self.value > most:
            raise self.refuse(f"must be at most {most}")
        return self.value

    def boolean(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.refuse("must be true or false")
        return self.value

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.refuse("must be a text")
        return self.value

    def name(self) -> str:
        """An id: a text that is not empty."""
        if not self.text():
            raise self.refuse("must not be empty")
        return self.text()

    def one_of(self, known: Any, what: str) -> str:
        """An id that stands in ``known``."""
        name = self.name()
        if name not in known:
            raise self.refuse(f"unknown {what} {name!r}")
        return name

    def moment(self) -> str:
        """A point in time in ISO form, as it was written."""
        try:
            when(self.text())
        except ValueError:
            raise self.refuse("must be a date and time such as 2026-09-01T08:00:00") from None
        return self.text()


def when(moment: str) -> datetime:
    """The time that an ISO text names, comparable with any other: without a zone it is taken as UTC."""
    at = datetime.fromisoformat(moment)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def text_in(node: Node, name: str) -> str:
    """A text that may be left out."""
    found = node.maybe(name)
    return found.text() if found else ""


def only_once(node: Node, ids: tuple[str, ...], what: str, key: str = "id") -> None:
    """Refuses the second of two rows with the same id."""
    seen: set[str] = set()
    for index, found in enumerate(ids):
        if found in seen:
            raise Malformed(f"{node.path}[{index}].{key}", f"{what} {found!r} occurs twice")
        seen.add(found)


def whole(data: Any, expected: str) -> Node:
    """The instance's root; refused when its format is not ``expected``."""
    node = Node(data)
    found = node.key("format").text()
    if found != expected:
        raise Malformed("format", f"must be {expected!r}, not {found!r}")
    return node


def load(text: str | bytes) -> Any:
    """JSON text as plain values; raises Malformed with the place in the text."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Malformed(f"line {error.lineno} column {error.colno}", f"is not JSON: {error.msg}") from error
    except UnicodeDecodeError as error:
        raise Malformed(f"byte {error.start}", "is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise Malformed("", f"is not JSON: {error}") from error
