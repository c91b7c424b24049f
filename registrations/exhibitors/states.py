"""The life of an application to exhibit. Pure: states, and which may follow which."""

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("state of an application", "Not sent yet")
    APPLIED = "applied", pgettext_lazy("state of an application", "Waiting for a decision")
    ACCEPTED = "accepted", pgettext_lazy("state of an application", "Accepted")
    WAITING = "waiting", pgettext_lazy("state of an application", "On the waiting list")
    DECLINED = "declined", pgettext_lazy("state of an application", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an application", "Withdrawn")

    @classmethod
    def holding(cls) -> list["State"]:
        """States that keep a place from others."""
        return [cls.ACCEPTED]

    @classmethod
    def decided(cls) -> list["State"]:
        """States that an organiser can put an application in."""
        return [cls.ACCEPTED, cls.WAITING, cls.DECLINED]


TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.APPLIED, State.WITHDRAWN}),
    State.APPLIED: frozenset({State.ACCEPTED, State.WAITING, State.DECLINED, State.WITHDRAWN}),
    State.WAITING: frozenset({State.ACCEPTED, State.DECLINED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset({State.WAITING, State.DECLINED, State.WITHDRAWN}),
    State.DECLINED: frozenset({State.ACCEPTED, State.WAITING}),
    State.WITHDRAWN: frozenset({State.DRAFT}),
}


def can_become(now: State | str, then: State | str) -> bool:
    """Whether an application in state ``now`` may go to ``then``."""
    return State(then) in TRANSITIONS[State(now)]
