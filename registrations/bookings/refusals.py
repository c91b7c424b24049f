"""What is said no to while a school books."""

from django.utils.translation import gettext_lazy as _

from events.errors import Refusal


class BookingsClosed(Refusal):
    code = "bookings_closed"
    message = _(
        "Schools can not book right now. What you have written is kept; ask the organiser if you still want to come."
    )


class ChangesClosed(Refusal):
    code = "changes_closed"
    message = _("The time for changing the booking has passed. Ask for the change instead, and the organiser answers.")


class EveningOver(Refusal):
    code = "evening_over"
    message = _("The evening is over or cancelled: the booking can no longer be changed.")


class WrongState(Refusal):
    code = "wrong_state"
    message = _("That can not be done with the booking as it is now. Somebody may have changed it meanwhile.")


class SchoolClosed(Refusal):
    code = "school_closed"
    message = _("The register says that the school is closed. Ask the organiser if that is wrong.")


class SameLabel(Refusal):
    code = "same_label"
    message = _("%(label)s is in the booking already. Give the two classes different names, such as 9A and 9A half.")


class TooManyClasses(Refusal):
    code = "too_many_classes"
    message = _("A booking can hold at most %(most)s classes.")


class NeedsOverPupils(Refusal):
    code = "needs_over_pupils"
    message = _("%(label)s: more needs or diets than pupils. Change them first.")


class StationNotForGrade(Refusal):
    code = "station_not_for_grade"
    message = _("%(station)s is for older pupils than those of %(label)s. Choose another.")


class UnknownWish(Refusal):
    code = "unknown_wish"
    message = _("Something that you chose is no longer there: choose again.")


class TooManyWishes(Refusal):
    code = "too_many_wishes"
    message = _("At most %(most)s wishes.")


class Incomplete(Refusal):
    """``missing`` names the steps that lack something."""

    code = "incomplete"
    message = _("Something is missing before the booking can be sent.")

    def __init__(self, missing: list[str]):
        self.missing = missing
        super().__init__()


class TwinFound(Refusal):
    """``school_class`` is booked by a colleague too, and nobody has said whether that is meant."""

    code = "twin_found"
    message = _("A colleague has booked %(label)s too. Say first whether it is the same class.")


class AlreadyInBooking(Refusal):
    code = "already_in_booking"
    message = _("You share the booking already.")


class NoLongerThere(Refusal):
    code = "no_longer_there"
    message = _("That person is no longer in the booking.")


class LastOwner(Refusal):
    code = "last_owner"
    message = _("A booking needs somebody who is responsible. Hand it over to a colleague first.")


class TooManyPeople(Refusal):
    code = "too_many_people"
    message = _("A booking can be shared by at most %(most)s people.")


class InvitationWithdrawn(Refusal):
    code = "invitation_withdrawn"
    message = _("The invitation no longer works. Ask your colleague to send a new one.")


class LinkTooLate(Refusal):
    code = "link_too_late"
    message = _("Choose a day from today until the evening itself.")


class LinkRevoked(Refusal):
    code = "link_revoked"
    message = _("The link no longer works: whoever gave it to you has taken it back.")
