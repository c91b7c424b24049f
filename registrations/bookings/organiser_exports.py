"""The organiser's list of classes, and the counts for the caterer, as tables. Contact data only for those who may."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.exports import Column
from events.nights.models import Night
from registrations.bookings.grades import grade_name
from registrations.bookings.models import SchoolClass
from registrations.bookings.needs import Diet, Need
from registrations.bookings.organiser_counts import Kind, Summary, summary


def _waves(one: SchoolClass) -> str:
    return ", ".join(wave.name for wave in one.possible_waves.all())


def _count(field: str, kind: Need | Diet) -> Column:
    return Column(kind.label, lambda one: getattr(one, field).get(kind.value) or None)


CLASSES = [
    Column(_("School"), lambda one: one.booking.school.name),
    Column(_("School unit code"), lambda one: one.booking.school.code),
    Column(_("Municipality"), lambda one: one.booking.school.municipality.name),
    Column(_("Class"), lambda one: one.label),
    Column(_("Grade"), lambda one: grade_name(one.grade)),
    Column(_("Pupils"), lambda one: one.pupils),
    Column(_("Adults"), lambda one: one.adults),
    Column(_("State"), lambda one: one.get_state_display()),
    Column(_("Admission"), lambda one: one.wave.name if one.wave else None),
    Column(pgettext_lazy("number of pupils", "Came"), lambda one: one.came),
    Column(_("Times that work"), _waves),
    Column(_("Bus"), lambda one: one.bus),
    Column(_("Points"), lambda one: one.score),
    Column(_("Note on the points"), lambda one: one.score_note),
    Column(_("Reason"), lambda one: one.reason),
    Column(_("Sent"), lambda one: one.booking.sent_at),
]
COUNTS = [*[_count("needs", need) for need in Need], *[_count("diets", diet) for diet in Diet]]
CONTACT = [
    Column(_("Contact person"), lambda one: one.booking.contact_name),
    Column(_("E-mail"), lambda one: one.booking.contact_email),
    Column(_("Phone on the evening"), lambda one: one.booking.contact_phone),
]


def columns(*, with_contacts: bool) -> list[Column]:
    """The columns of the list as a file; contacts, and needs class by class, for those who may have them."""
    return [*CLASSES, *COUNTS, *CONTACT] if with_contacts else CLASSES


FOOD = [
    Column(_("What"), lambda row: row[0]),
    Column(_("All who want to come"), lambda row: row[1]),
    Column(_("Those with a place"), lambda row: row[2]),
]


def food_rows(night: Night) -> list[tuple[str, int, int]]:
    """What the caterer and the house must know of ``night``, in numbers from which nobody can be told."""
    every, placed = summary(night), summary(night, holding=True)
    rows = [(str(_("Pupils")), every.pupils, placed.pupils), (str(_("Adults")), every.adults, placed.adults)]
    return rows + [(kind.label, kind.count, count) for kind, count in beside(every, placed)]


def beside(every: Summary, placed: Summary) -> list[tuple[Kind, int]]:
    """Each diet and need of ``every`` with how many there are of it in ``placed``."""
    counts = {kind.value: kind.count for kind in [*placed.diets, *placed.needs]}
    return [(kind, counts.get(kind.value, 0)) for kind in [*every.diets, *every.needs]]
