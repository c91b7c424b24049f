"""Two tabs, two editors: whoever saves second hears of it instead of overwriting the first."""

from typing import Any

from django import forms

from events.errors import Stale


def take_version(row: Any, seen: int) -> None:
    """Move ``row`` (locked by the caller) on to its next version, if ``seen`` is the one it has. Raises Stale."""
    if row.version != seen:
        raise Stale
    row.version += 1


class VersionField(forms.IntegerField):
    """The hidden field that carries the version a form was opened with."""

    def __init__(self, **kwargs: Any):
        super().__init__(widget=forms.HiddenInput, min_value=1, **kwargs)
