"""When an invoice may be reminded of, and in which stage. Pure.

1 is friendly, 2 bears the fee where it was agreed (the act 1981:739 on collection costs: at most 60 kr), 3 is the last
before other measures.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

FRIENDLY, WITH_FEE, LAST = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Sent:
    stage: int
    on: date


def stage_due(due_on: date, sent: Iterable[Sent], *, every_days: int, left_ore: int, today: date) -> int | None:
    """The stage that may be sent on ``today``; ``None``: nothing is left to pay, it is too early, or all three were sent.

    The first goes out ``every_days`` after the due date at the earliest, the others as long after the one before.
    """
    if left_ore <= 0:
        return None
    latest = max(sent, key=lambda one: one.stage, default=None)
    since = latest.on if latest else due_on
    stage = latest.stage + 1 if latest else FRIENDLY
    if stage > LAST or today < since + timedelta(days=every_days):
        return None
    return stage


def fee_of(stage: int, agreed_ore: int) -> int:
    """What the reminder itself costs: once, with the second."""
    return agreed_ore if stage == WITH_FEE else 0
