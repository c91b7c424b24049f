"""How an invoice stands: counted from what it says, what was credited and what was paid. Pure; nothing is stored."""

from datetime import date

from django.db import models
from django.utils.translation import pgettext_lazy

from events.look.states import Look, register


class Standing(models.TextChoices):
    UNPAID = "unpaid", pgettext_lazy("state of an invoice", "Unpaid")
    PART_PAID = "part_paid", pgettext_lazy("state of an invoice", "Partly paid")
    PAID = "paid", pgettext_lazy("state of an invoice", "Paid")
    OVERPAID = "overpaid", pgettext_lazy("state of an invoice", "Paid too much")
    CREDITED = "credited", pgettext_lazy("state of an invoice", "Credited")


OVERDUE = "overdue"

register(
    {
        "unpaid": Look("info", "hourglass-split"),
        "part_paid": Look("mind", "hourglass-split"),
        "paid": Look("good", "check-circle"),
        "overpaid": Look("mind", "exclamation-triangle"),
        "credited": Look("plain", "arrow-counterclockwise"),
        OVERDUE: Look("stop", "clock-history"),
    }
)


def standing_of(payable_ore: int, credited_ore: int, paid_ore: int) -> Standing:
    """``credited_ore`` is 0 or below. What was taken back whole and never paid is credited; paid all the same, overpaid."""
    left = payable_ore + credited_ore - paid_ore
    if left < 0:
        return Standing.OVERPAID
    if left == 0:
        return Standing.CREDITED if credited_ore and not paid_ore else Standing.PAID
    return Standing.PART_PAID if paid_ore > 0 else Standing.UNPAID


def is_overdue(left_ore: int, due_on: date | None, today: date) -> bool:
    """Whether something is left to pay after the due date; on the date itself nothing is late."""
    return left_ore > 0 and due_on is not None and due_on < today
