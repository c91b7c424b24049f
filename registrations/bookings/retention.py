"""How long it is known whom a school sent to talk to us, what its classes needed, and what it never sent."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.retention.rules import YEAR, Rule
from registrations.bookings.models import Booking, ChangeRequest, SchoolClass, SubstituteLink
from registrations.bookings.states import BookingState

CONTACT = {"contact_name": "", "contact_email": "", "contact_phone": ""}
WORDS = {"text": "", "answer": ""}
COUNTS: dict[str, dict[str, int]] = {"needs": {}, "diets": {}}


def erase_contacts(before: datetime, limit: int) -> int:
    """Leave of each booking of an evening that ended before ``before`` the school and its classes, and no people."""
    night_over = {"night__event__ends_at__lt": before}
    of_booking = {f"booking__{name}": value for name, value in night_over.items()}
    bookings = Booking.objects.filter(**night_over).exclude(**CONTACT)
    names = SubstituteLink.objects.filter(**of_booking).exclude(name="")
    words = ChangeRequest.objects.filter(**of_booking).exclude(**WORDS)
    return sum(
        rows.model.objects.filter(pk__in=list(rows.order_by("pk").values_list("pk", flat=True)[:limit])).update(**empty)
        for rows, empty in ((bookings, CONTACT), (names, {"name": ""}), (words, WORDS))
    )


def erase_needs(before: datetime, limit: int) -> int:
    """Forget what each class at an evening that ended before ``before`` needed and ate."""
    due = SchoolClass.objects.filter(booking__night__event__ends_at__lt=before).filter(~Q(needs={}) | ~Q(diets={}))
    chosen = list(due.order_by("pk").values_list("pk", flat=True)[:limit])
    return SchoolClass.objects.filter(pk__in=chosen).update(**COUNTS, needs_changed_at=None)


def erase_drafts(before: datetime, limit: int) -> int:
    """Throw drafts away that were begun before ``before`` and never sent, whole."""
    old = Booking.objects.filter(state=BookingState.DRAFT, started_at__lt=before).order_by("pk")
    chosen = list(old.values_list("pk", flat=True)[:limit])
    audit.forget(Booking, chosen)
    audit.forget(SchoolClass, SchoolClass.objects.filter(booking__in=chosen).values_list("pk", flat=True))
    Booking.objects.filter(pk__in=chosen).delete()
    return len(chosen)


BOOKING_CONTACTS = Rule(
    code="booking-contacts",
    what=_("Schools' contact persons: name, e-mail, telephone; and the name of a substitute"),
    why=_("To tell the school about its places, and to reach the teacher on the evening."),
    keep=YEAR,
    since=_("after the evening"),
    then=_("The school and its classes stay, as labels and counts."),
    erase=erase_contacts,
)
NEEDS = Rule(
    code="class-needs",
    what=_("How many in a class have an access need or eat a special diet; never who, and no diagnosis"),
    why=_("So that everybody can take part and eat."),
    keep=timedelta(days=30),
    since=_("after the evening"),
    erase=erase_needs,
)
DRAFTS = Rule(
    code="booking-drafts",
    what=_("Bookings that a school began and never sent"),
    why=_("So that the school can go on where it was."),
    keep=timedelta(days=60),
    since=_("after the booking was begun"),
    erase=erase_drafts,
)
