"""How a task stands, worked out from what the company has told and from the day. Pure: nothing of it is stored."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.look.states import Look, register

SOON = timedelta(days=7)


class TaskKind(models.TextChoices):
    """What a company can be asked for. OWN is anything else that the organiser thinks of; the company ticks it off."""

    PROFILE = "profile", _("Text for the event's page")
    LOGO = "logo", _("Logo")
    STAFF = "staff", _("Names for the badges")
    POWER = "power", _("Power in the stand")
    INSURANCE = "insurance", _("Insurance")
    OWN = "own", _("A task of your own")


class TaskState(models.TextChoices):
    LATE = "late", pgettext_lazy("state of a task", "Late")
    SOON = "soon", pgettext_lazy("state of a task", "Due soon")
    LEFT = "left", pgettext_lazy("state of a task", "To do")
    CLOSED = "closed", pgettext_lazy("state of a task", "Closed")
    DONE = "done", pgettext_lazy("state of a task", "Done")

    @classmethod
    def unanswered(cls) -> list["TaskState"]:
        """States in which the company has something to do, and can."""
        return [cls.LATE, cls.SOON, cls.LEFT]


ORDER = list(TaskState)

register(
    {
        "TaskState.late": Look("stop", "exclamation-triangle"),
        "TaskState.soon": Look("mind", "clock-history"),
        "TaskState.left": Look("info", "circle"),
        "TaskState.closed": Look("plain", "lock"),
        "TaskState.done": Look("good", "check-circle-fill"),
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A task as it is asked of every company: ``due_on`` is its last day (Stockholm)."""

    key: int
    kind: TaskKind
    due_on: date
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What one company has done so far; ``ticked`` holds the keys of the organiser's own tasks that it ticked off."""

    has_profile: bool = False
    has_logo: bool = False
    staff: int = 0
    has_power: bool = False
    has_insurance: bool = False
    ticked: frozenset[int] = frozenset()


def is_done(asked: Asked, told: Told) -> bool:
    """Whether what ``asked`` wants is there."""
    match asked.kind:
        case TaskKind.PROFILE:
            return told.has_profile
        case TaskKind.LOGO:
            return told.has_logo
        case TaskKind.STAFF:
            return told.staff > 0
        case TaskKind.POWER:
            return told.has_power
        case TaskKind.INSURANCE:
            return told.has_insurance
        case TaskKind.OWN:
            return asked.key in told.ticked


def state_of(asked: Asked, told: Told, today: date) -> TaskState:
    """How ``asked`` stands on ``today`` (Stockholm). What is done is never late; what is closed waits for nobody."""
    if is_done(asked, told):
        return TaskState.DONE
    if asked.is_closed:
        return TaskState.CLOSED
    if today > asked.due_on:
        return TaskState.LATE
    return TaskState.SOON if asked.due_on - today <= SOON else TaskState.LEFT


def urgency(state: TaskState, due_on: date, position: int) -> tuple[int, date, int]:
    """A key to sort by: late first, then by day, and what is done last."""
    return (ORDER.index(state), due_on, position)
