"""The life of a booking and of each class in it. Pure: states, and which may follow which."""

from django.db import models
from django.utils.translation import pgettext_lazy


class BookingState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("state of a booking", "Not sent yet")
    SENT = "sent", pgettext_lazy("state of a booking", "Sent")
    CANCELLED = "cancelled", pgettext_lazy("state of a booking", "Cancelled")


class ClassState(models.TextChoices):
    """Where a class stands. Until its booking is sent a class is APPLIED too: the booking's state tells them apart."""

    APPLIED = "applied", pgettext_lazy("state of a class", "Waiting for the allocation")
    OFFERED = "offered", pgettext_lazy("state of a class", "Has a place: answer needed")
    CONFIRMED = "confirmed", pgettext_lazy("state of a class", "Coming")
    WAITING = "waiting", pgettext_lazy("state of a class", "On the waiting list")
    GIVEN_BACK = "given_back", pgettext_lazy("state of a class", "Place given back")
    CANCELLED = "cancelled", pgettext_lazy("state of a class", "Cancelled")

    @classmethod
    def holding(cls) -> list["ClassState"]:
        """States that keep places from others."""
        return [cls.OFFERED, cls.CONFIRMED]

    @classmethod
    def wanting(cls) -> list["ClassState"]:
        """States that take part in an allocation."""
        return [cls.APPLIED, cls.OFFERED, cls.CONFIRMED, cls.WAITING]


TRANSITIONS: dict[ClassState, frozenset[ClassState]] = {
    ClassState.APPLIED: frozenset({ClassState.OFFERED, ClassState.WAITING, ClassState.CANCELLED}),
    ClassState.OFFERED: frozenset(
        {ClassState.CONFIRMED, ClassState.GIVEN_BACK, ClassState.WAITING, ClassState.CANCELLED}
    ),
    # Moved to another time by a reallocation, a class is asked again.
    ClassState.CONFIRMED: frozenset(
        {ClassState.OFFERED, ClassState.GIVEN_BACK, ClassState.WAITING, ClassState.CANCELLED}
    ),
    ClassState.WAITING: frozenset({ClassState.OFFERED, ClassState.CANCELLED}),
    ClassState.GIVEN_BACK: frozenset({ClassState.WAITING}),
    ClassState.CANCELLED: frozenset({ClassState.APPLIED, ClassState.WAITING}),
}


def can_become(now: ClassState | str, then: ClassState | str) -> bool:
    """Whether a class in state ``now`` may go to ``then``."""
    return ClassState(then) in TRANSITIONS[ClassState(now)]
