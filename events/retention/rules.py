"""How long each kind of personal data is kept, and the decision that this rests on.

The rules are the only place that knows: ``manage.py tend`` goes by them and the page on personal data prints them.
An app registers its own in ``ready()``; the imports still run one way::

    def ready(self):
        from events.retention import rules
        from registrations.visitors.retention import VISITORS

        rules.register(VISITORS, order=10)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

DEFAULT = _("Torget's default; the controller's own plan for records (dokumenthanteringsplan) decides.")

YEAR = timedelta(days=365)
# The end of every address that stands where somebody's was. RFC 2606: nobody can own it, and no mail goes there.
NOBODY = "@erased.invalid"


@dataclass(frozen=True, slots=True)
class Rule:
    """``keep`` is how long, counted ``since`` ("after the event"); ``then`` says what is left.

    ``erase(before, limit)`` erases at most ``limit`` of what is counted from a time before aware ``before``, and gives
    how many; 0 when nothing is left to erase. It runs inside a transaction, and again until it gives 0.
    """

    code: str
    what: str | Promise
    why: str | Promise
    keep: timedelta
    since: str | Promise
    erase: Callable[[datetime, int], int]
    then: str | Promise = ""
    decision: str | Promise = DEFAULT

    @property
    def period(self) -> str:
        """ "12 months", or "90 days" for what is no whole number of years."""
        years, rest = divmod(self.keep, YEAR)
        if years and not rest:
            return ngettext("%(n)s month", "%(n)s months", years * 12) % {"n": years * 12}
        return ngettext("%(n)s day", "%(n)s days", self.keep.days) % {"n": self.keep.days}


_RULES: dict[str, tuple[int, Rule]] = {}


def register(rule: Rule, *, order: int = 100) -> Rule:
    """Go by ``rule`` from now on, once however often it is said; gives it back."""
    _RULES[rule.code] = (order, rule)
    return rule


def all_rules() -> list[Rule]:
    """Every rule, in the order of the page: lower first."""
    return [rule for _order, rule in sorted(_RULES.values(), key=lambda pair: pair[0])]


def nobody() -> str:
    """An address of nobody's, different each time."""
    return f"{uuid4().hex}{NOBODY}"
