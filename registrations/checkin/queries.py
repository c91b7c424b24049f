"""Who came, as the door saw it."""

from django.db.models import Exists, OuterRef, QuerySet, Sum

from events.programme.models import Event
from registrations.checkin.models import Scan
from registrations.exhibitors.models import Exhibitor
from registrations.visitors.models import Visitor


def admitted_count(event: Event) -> int:
    """How many people the door of ``event`` has let in; a class counts by its heads."""
    return Scan.objects.admissions().filter(event=event).aggregate(people=Sum("headcount"))["people"] or 0


def attended_visitors(event: Event) -> QuerySet[Visitor]:
    """The visitors of ``event`` who were let in, whatever became of their sign-up since."""
    admitted = Scan.objects.admissions().filter(event=event, ticket__visitor=OuterRef("pk"))
    return Visitor.objects.filter(Exists(admitted), event=event)


def attended_exhibitors(event: Event) -> QuerySet[Exhibitor]:
    """The exhibitors of ``event`` of whose stand staff at least one was let in, whoever has left the stand since."""
    admitted = Scan.objects.admissions().filter(event=event, ticket__exhibitor=OuterRef("pk"))
    return Exhibitor.objects.filter(Exists(admitted), event=event)
