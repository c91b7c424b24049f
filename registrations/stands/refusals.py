"""What the hall says no to."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from events.errors import Refusal


class StandsOverlap(Refusal):
    code = "stands_overlap"
    message = _("Stand %(number)s would stand on stand %(other)s.")


class StandOutside(Refusal):
    code = "stand_outside"
    message = _("Stand %(number)s would stand outside the hall.")


class NumberTaken(Refusal):
    code = "number_taken"
    message = _("There is another stand with the number %(number)s.")


class RowsTooLarge(Refusal):
    code = "rows_too_large"
    message = _("The rows need %(width)s × %(depth)s m, but the hall is %(hall_width)s × %(hall_depth)s m.")


class TooManyStands(Refusal):
    code = "too_many_stands"
    message = _("A fair has at most %(most)s stands.")


class StandInUse(Refusal):
    code = "stand_in_use"
    message = _("%(company)s has stand %(number)s. Give the company another stand first.")


class HallInUse(Refusal):
    code = "hall_in_use"
    message = _("%(count)s companies have stands in the hall. Give them other stands first.")


class HallTooSmall(Refusal):
    code = "hall_too_small"
    message = _("Stand %(number)s would stand outside a hall of that size. Move it first.")


class StandBlocked(Refusal):
    code = "stand_blocked"
    message = _("Stand %(number)s is blocked.")


class StandTaken(Refusal):
    """Somebody was first. ``nearest`` are numbers of free stands close by, the nearest first."""

    code = "stand_taken"
    message = _("Stand %(number)s was taken a moment ago.")

    def __init__(self, number: str, nearest: Sequence[str] = ()):
        self.nearest = list(nearest)
        super().__init__(number=number)


class NoPlaceYet(Refusal):
    code = "no_place_yet"
    message = _("%(company)s has no place at the event, and so no stand.")


class NotPlaced(Refusal):
    code = "not_placed"
    message = _("%(company)s has no stand.")


class ChoiceClosed(Refusal):
    code = "choice_closed"
    message = _("Companies do not choose their stands now. Write to the organiser if you need another one.")


class HoldOver(Refusal):
    code = "hold_over"
    message = _("The time for which the stand was kept is over. Choose it again if it is still free.")


class WrongSize(Refusal):
    code = "wrong_size"
    message = _("Stand %(number)s is %(size)s m², and your package is for %(promised)s m².")


class FairOver(Refusal):
    code = "fair_over"
    message = _("The event is over or cancelled: the stands stay as they were.")
