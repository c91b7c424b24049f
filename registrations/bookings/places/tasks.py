"""What is written a while after it happened."""

from django.db import transaction
from django_tasks import task

from registrations.bookings.letters import write_to_all
from registrations.bookings.models import SchoolClass
from registrations.bookings.states import ClassState


@task()
@transaction.atomic
def send_receipt(class_pk: int, version: int) -> str:
    """The receipt for new numbers, unless they were changed again since: then a later task writes it."""
    rows = SchoolClass.objects.select_related("booking__school", "booking__night__event", "wave")
    school_class = rows.filter(pk=class_pk, version=version, state__in=ClassState.holding()).first()
    if school_class is None:
        return "nothing to do"
    write_to_all(booking=school_class.booking, name="places/numbers", context={"school_class": school_class})
    return "written"
