"""The life of an order. Pure: states, and which may follow which."""

from django.db import models
from django.utils.translation import pgettext_lazy


class OrderState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("state of an order", "Not sent yet")
    REQUESTED = "requested", pgettext_lazy("state of an order", "Asked for")
    OFFERED = "offered", pgettext_lazy("state of an order", "Offered")
    CONFIRMED = "confirmed", pgettext_lazy("state of an order", "Confirmed")
    CANCELLED = "cancelled", pgettext_lazy("state of an order", "Cancelled")

    @classmethod
    def holding(cls) -> list["OrderState"]:
        """States in which it takes one of a limited number from others."""
        return [cls.OFFERED, cls.CONFIRMED]

    @classmethod
    def standing(cls) -> list["OrderState"]:
        """States in which it is the exhibitor's order; of those there is only one."""
        return [cls.DRAFT, cls.REQUESTED, cls.OFFERED, cls.CONFIRMED]


TRANSITIONS: dict[OrderState, frozenset[OrderState]] = {
    OrderState.DRAFT: frozenset({OrderState.REQUESTED, OrderState.CONFIRMED, OrderState.CANCELLED}),
    OrderState.REQUESTED: frozenset({OrderState.OFFERED, OrderState.CONFIRMED, OrderState.CANCELLED}),
    OrderState.OFFERED: frozenset({OrderState.REQUESTED, OrderState.CONFIRMED, OrderState.CANCELLED}),
    OrderState.CONFIRMED: frozenset({OrderState.CANCELLED}),
    OrderState.CANCELLED: frozenset(),
}


def can_become(now: OrderState | str, then: OrderState | str) -> bool:
    """Whether an order in state ``now`` may go to ``then``."""
    return OrderState(then) in TRANSITIONS[OrderState(now)]
