"""What a page with a form answers, so that htmx and programs know without reading it."""

from django import forms

from events.errors import Refusal


def status_of(form: forms.BaseForm | None, refusal: Refusal | None = None) -> int:
    """409 where a rule or a colleague said no, 422 where something must be put right, otherwise 200."""
    if refusal is not None:
        return 409
    return 422 if form is not None and form.errors else 200
