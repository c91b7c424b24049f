"""How long it is known who stood in a stand, and whom the organiser talked to."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.retention.rules import YEAR, Rule
from registrations.exhibitors.models import Exhibitor, StandStaff

CONTACT = {"contact_name": "", "contact_email": "", "contact_phone": ""}
PERSON = {"name": "", "email": ""}


def erase_stand_staff(before: datetime, limit: int) -> int:
    """Leave of each person in a stand at an event that ended before ``before`` that there was one."""
    due = StandStaff.objects.exclude(**PERSON).filter(exhibitor__event__ends_at__lt=before)
    chosen = list(due.order_by("pk").values_list("pk", flat=True)[:limit])
    audit.forget(StandStaff, chosen)
    return StandStaff.objects.filter(pk__in=chosen).update(**PERSON)


def erase_contacts(before: datetime, limit: int) -> int:
    """Leave of each exhibitor at an event that ended before ``before`` the company, and nothing of its people."""
    due = Exhibitor.objects.exclude(**CONTACT).filter(event__ends_at__lt=before)
    chosen = list(due.order_by("pk").values_list("pk", flat=True)[:limit])
    audit.forget(Exhibitor, chosen)
    return Exhibitor.objects.filter(pk__in=chosen).update(**CONTACT)


STAND_STAFF = Rule(
    code="stand-staff",
    what=_("Stand staff: name, e-mail"),
    why=_("To print badges and let people in. The event's page shows the company, never its people."),
    keep=YEAR,
    since=_("after the event"),
    then=_("How many they were stays."),
    erase=erase_stand_staff,
)
CONTACTS = Rule(
    code="contacts",
    what=_("Companies' contact persons: name, e-mail, telephone"),
    why=_("To arrange the stand and to invite the company again."),
    keep=2 * YEAR,
    since=_("after the event"),
    then=_("The company stays. What stands on an invoice is kept for seven years, as the law on accounting demands."),
    erase=erase_contacts,
)
