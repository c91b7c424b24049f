"""Refusals: what the rules of the house say no to. Bugs are not refusals; they crash."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """A rule says no. ``code`` is stable for programs, ``message`` translated for people.

    Raised by services before anything is written; caught in views.
    """

    code = "refused"
    message: str | Promise = _("That is not possible.")

    def __init__(self, message: str | Promise | None = None, **facts: Any):
        self.facts = facts
        self.message = message if message is not None else self.message
        super().__init__(self.code)

    def __str__(self) -> str:
        text = str(self.message)
        return text % self.facts if self.facts else text


class Stale(Refusal):
    """Somebody else changed the object since the form was opened."""

    code = "stale"
    message = _(
        "Somebody else has changed this since you opened the page. What you typed is still here: compare, then save again."
    )
