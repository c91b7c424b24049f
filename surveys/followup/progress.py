"""How far an activity has come, in a few words: its steps, and the last change of its status. Pure."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.look.formats import day


def steps_words(steps: Sequence[tuple[str, bool]]) -> str:
    """ "2 of 3 steps done; left: Book a hall." from texts and whether each is done; empty without steps."""
    if not steps:
        return ""
    left = [text for text, done in steps if not done]
    facts = {"done": len(steps) - len(left), "of": len(steps), "left": "; ".join(left).rstrip(".")}
    if not left:
        return ngettext("The step is done.", "All %(of)s steps are done.", len(steps)) % facts
    words = ngettext(
        "%(done)s of %(of)s step done; left: %(left)s.", "%(done)s of %(of)s steps done; left: %(left)s.", len(steps)
    )
    return words % facts


def changed_words(on: date, before: str, note: str, language: str | None) -> str:
    """ "Since 3 March 2020; before that On schedule. The hall burned down." ``note`` may be empty."""
    words = _("Since %(day)s; before that %(before)s.") % {"day": day(on, language), "before": before}
    return f"{words} {note}".strip()
