"""The letter to a host whose list has changed without any other letter: numbers, needs, a class that gave back its place.

It says how much is marked and leads to the list; what a class needs stands there and in no letter.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from events.nights.models import Night
from events.programme.models import Event
from registrations.allocation.hosts import write_to_host
from registrations.allocation.letter_days import letter_day
from registrations.allocation.models import HostLetter, Proposal
from registrations.allocation.visiting import Visiting, visiting
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State


def send_due_lists(*, at: datetime) -> int:
    """Write to each host whose day it is at aware time ``at``; how many letters. Run it as often as you like.

    At most one a day to a host, and never twice about the same list.
    """
    nights = Night.objects.filter(event__starts_at__gt=at, proposals__in=Proposal.objects.published())
    return sum(_send_all(night, at) for night in nights.distinct().select_related("event").order_by("pk"))


def _send_all(night: Night, at: datetime) -> int:
    day = letter_day(localtime(at), localtime(night.event.starts_at))
    if day is None or not night.event.takes_decisions(at):
        return 0
    hosts = Exhibitor.objects.for_event(night.event).filter(state__in=State.holding(), stations__isnull=False)
    hosts = hosts.exclude(list_letter__day=day).distinct().select_related("event", "organisation", "started_by")
    return sum(_send(host, night, day) for host in hosts.order_by("pk"))


def _send(host: Exhibitor, night: Night, day: date) -> int:
    with transaction.atomic():
        Event.objects.locked(night.event_id)
        found = visiting(host)
        if found is None or not found.changes or not _is_news(host, found, day):
            return 0
        HostLetter.objects.update_or_create(host=host, defaults={"day": day, "shown": found.shown})
        write_to_host(host, night, "host_list", {"changes": found.changes})
    return 1


def _is_news(host: Exhibitor, found: Visiting, day: date) -> bool:
    last = HostLetter.objects.filter(host=host).first()
    return last is None or (last.day != day and last.shown != found.shown)
