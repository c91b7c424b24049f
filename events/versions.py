"""Two tabs, two editors: whoever saves second hears of it instead of overwriting the first."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language

from events.errors import Stale
from events.look import formats


def take_version(row: Any, seen: int) -> None:
    """Move ``row`` (locked by the caller) on to its next version, if ``seen`` is the one it has. Raises Stale."""
    if row.version != seen:
        raise Stale
    row.version += 1


class VersionField(forms.IntegerField):
    """The hidden field that carries the version a form was opened with."""

    def __init__(self, **kwargs: Any):
        super().__init__(widget=forms.HiddenInput, min_value=1, **kwargs)


def show_stale(form: forms.ModelForm, row: Any) -> list[tuple[str, str]]:
    """Make a stale ``form`` ready to be shown again: what was typed stays, and saving it now would overwrite.

    Gives what ``row`` (as stored now) says otherwise than the form, as (label, stored text), so that both can be
    compared; ``components/stale.html`` shows it.
    """
    data = QueryDict(mutable=True)
    data.update(form.data)
    data[form.add_prefix("version")] = str(row.version)
    form.data = data
    stored = []
    for name in form._meta.fields or []:
        field = form.fields.get(name)
        if field is None or not hasattr(row, name):
            continue
        before, typed = getattr(row, name), form.cleaned_data.get(name)
        if hasattr(before, "all"):
            before, typed = set(before.all()), set(typed or [])
        if before != typed:
            display = getattr(row, f"get_{name}_display", None)
            stored.append((str(field.label or name), display() if display else _in_words(before)))
    return stored


def _in_words(value: Any) -> str:
    if isinstance(value, set):
        return ", ".join(sorted(map(str, value)))
    if isinstance(value, datetime):
        return formats.moment(localtime(value), get_language(), localdate().year)
    if isinstance(value, date):
        return formats.day(value, get_language())
    return "" if value is None else str(value)
