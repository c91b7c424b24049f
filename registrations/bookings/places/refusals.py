"""What is said no to once places have been published."""

from django.utils.translation import gettext_lazy as _

from events.errors import Refusal


class WrongState(Refusal):
    code = "wrong_state"
    message = _("That can not be done with the class as it is now. Somebody may have changed it meanwhile.")


class EveningOver(Refusal):
    code = "evening_over"
    message = _("The evening is over or cancelled: the places stay as they were.")


class AlreadyIn(Refusal):
    code = "already_in"
    message = _("The class has already come in.")


class TooLateToChange(Refusal):
    code = "too_late_to_change"
    message = _("The class's admission has begun. Tell the staff at the door how many you are.")


class TooLateForNeeds(Refusal):
    code = "too_late_for_needs"
    message = _("The class's admission has begun. Tell the staff at the door what you need.")


class NotEnoughRoom(Refusal):
    """``fits`` of ``wanted`` more can come; ``pupils`` would then be the class."""

    code = "not_enough_room"
    message = _("%(fits)s of %(wanted)s fit.")


class NoRoom(NotEnoughRoom):
    code = "no_room"
    message = _("There is no room for more pupils. The class has the places that it had.")


class TooFewForNeeds(Refusal):
    code = "too_few_for_needs"
    message = _("%(wheelchairs)s of the pupils use a wheelchair, so there can not be fewer.")


class NumbersChanged(Refusal):
    code = "numbers_changed"
    message = _("Somebody changed the numbers meanwhile: the class has %(pupils)s pupils. Look, then change again.")


class NotDueYet(Refusal):
    code = "not_due_yet"
    message = _("The school may answer until %(until)s. The place can be taken back after that.")


class DayPassed(Refusal):
    code = "day_passed"
    message = _("Choose a moment that lies ahead, and before the evening.")


class WaveTooSmall(Refusal):
    code = "wave_too_small"
    message = _("There are not enough places in that admission: %(free)s are free and %(pupils)s come.")


class NoTimetable(Refusal):
    code = "no_timetable"
    message = _("The stations have no room for the class in that admission: nobody else was moved.")
