"""What the higher apps give to a plan that follows another; see ``events.programme.hooks`` for how it works."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from events.access.models import User
from events.plan.models import Activity, ActivityPlan, Goal
from events.programme.hooks import Hook


@dataclass(frozen=True, slots=True)
class Copied:
    """A plan and the one it was copied into; ``goals`` and ``activities`` are the new ones by the earlier ones' keys."""

    earlier: ActivityPlan
    plan: ActivityPlan
    goals: dict[int, Goal]
    activities: dict[int, Activity]


# Gives a new plan what hangs on the earlier one's parts, inside the transaction: (copied, by, at). Answers in words
# what it had to leave behind, or "".
when_plan_copied: Hook[Callable[[Copied, User | None, datetime], str]] = Hook()
