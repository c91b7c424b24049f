"""The worker's side of the weekly digest."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from events.programme.models import Event
from registrations.tasks.letters import due_digests, events_with_digests, send_digest


@task()
def write_digests(event_pk: int) -> int:
    """Write the digests that are due at an event; how many. Whoever is told twice writes once."""
    at = timezone.now()
    event = Event.objects.get(pk=event_pk)
    return sum(send_digest(exhibitor=exhibitor, at=at) for exhibitor in due_digests(event, at))


def enqueue_digests(*, at: datetime) -> int:
    """On Mondays: a job for each event of which a digest is due; how many. Run it as often as you like."""
    due = events_with_digests(at)
    for event in due:
        write_digests.enqueue(event.pk)
    return len(due)
