"""Practice tickets: they are scanned like real ones and touch nothing. Pure.

``static/door/practice.js`` judges them, on the phone alone; here is what the sheet to print says of each. The two are
held together by a test.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from registrations.checkin.verdict import Outcome

# Of 2**80 codes some begin like this, and none that was ever given out: that much luck there is not.
PREFIX = "PRACT1CE"


@dataclass(frozen=True, slots=True)
class PracticeTicket:
    """``words`` tell two of them apart on paper; ``outcome`` is what a phone that practises says the first time."""

    code: str
    words: str | Promise
    outcome: Outcome


PRACTICE_TICKETS = (
    PracticeTicket("PRACT1CE00000ADM", pgettext_lazy("practice ticket", "A visitor"), Outcome.ADMITTED),
    PracticeTicket("PRACT1CE00000EXH", pgettext_lazy("practice ticket", "An exhibitor"), Outcome.ADMITTED),
    PracticeTicket("PRACT1CE0000C27A", pgettext_lazy("practice ticket", "A class"), Outcome.ADMITTED),
    PracticeTicket("PRACT1CE00000TW1", pgettext_lazy("practice ticket", "Shown twice"), Outcome.ALREADY_IN),
    PracticeTicket("PRACT1CE00000CAN", pgettext_lazy("practice ticket", "Cancelled ticket"), Outcome.CANCELLED),
    PracticeTicket("PRACT1CE00000DAY", pgettext_lazy("practice ticket", "Another day"), Outcome.WRONG_DAY),
    PracticeTicket("PRACT1CE00000XXX", pgettext_lazy("practice ticket", "Unknown code"), Outcome.UNKNOWN),
)
