"""Two tabs, two editors: whoever saves second hears of it instead of overwriting the first."""

from typing import Any

from django import forms
from django.http import QueryDict

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
            before, typed = list(before.all()), list(typed or [])
        if before != typed:
            text = ", ".join(map(str, before)) if isinstance(before, list) else before
            display = getattr(row, f"get_{name}_display", None)
            stored.append((str(field.label or name), str(display() if display else text)))
    return stored
