"""Reads about events across models: what the start page, somebody's own page and the overview show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.access.models import AuditEntry, User
from events.access.rules import events_where, may
from events.access.services import GRANTED, REVOKED
from events.look.formats import number
from events.nights.models import Night, Wave
from events.plan.models import Activity
from events.programme import hooks
from events.programme.copying import moved, suggest_slug, weeks_on, with_year
from events.programme.models import Event, EventState

NUMBERS_SHOWN = 4
HISTORY_SHOWN = 8
EVENTS_WITH_STEPS = 3


def coming_events(at: datetime) -> QuerySet[Event]:
    """What the public can come to, the nearest first."""
    return Event.objects.public().coming(at).select_related("venue", "night")


def past_events(at: datetime) -> QuerySet[Event]:
    """What the public could come to, the latest first."""
    return Event.objects.public().past(at).select_related("venue")


def worked_on(user: User) -> QuerySet[Event]:
    """The events that ``user`` has work with, at a desk or at the door; the latest day first."""
    theirs = events_where(user, "event.view") | events_where(user, "checkin.scan")
    return theirs.select_related("venue", "area").order_by("-starts_at", "pk")


@dataclass(frozen=True)
class Mark:
    """A step on an event's line of time, as ``{% timeline %}`` draws it."""

    title: str | Promise
    when: datetime | date | None
    state: str
    text: str | Promise = ""


def line_of_time(event: Event, at: datetime) -> list[Mark]:
    """From planning to follow-up, with today (aware time ``at``) between what is done and what comes."""
    draft = event.state == EventState.DRAFT
    stages = [] if draft else [hooks.Stage(_("Planning"), done=True)]
    dated = [
        (_("Registration opens"), event.registration_opens_at),
        (_("Registration closes"), event.registration_closes_at),
        (_("The day"), event.starts_at),
    ]
    steps = [hooks.Stage(title, done=when <= at, when=when) for title, when in dated]
    steps += [stage for provider in hooks.dated_stages for stage in provider(event, at) if stage.when]
    stages += sorted(steps, key=lambda stage: stage.when or at)
    stages += [stage for provider in hooks.later_stages for stage in provider(event, at)] or [
        hooks.Stage(_("Survey"), done=False, text=_("Goes out to those who came.")),
        hooks.Stage(_("Follow-up"), done=False, text=_("The figures stand in the activity's row.")),
    ]
    cancelled = event.state == EventState.CANCELLED
    today = Mark(_("Today"), at, "stopped" if cancelled else "now", _today(event, at))
    behind = [Mark(s.title, s.shown, "done", s.text) for s in stages if s.done]
    return [*behind, today, *(Mark(s.title, s.shown, "later", s.text) for s in stages if not s.done)]


def _today(event: Event, at: datetime) -> str | Promise:
    if event.state == EventState.DRAFT:
        return _("The event is a draft that only its makers see.")
    if event.state == EventState.CANCELLED:
        return _("The event is cancelled.")
    if event.is_over(at):
        return _("The event is over.")
    if event.starts_at <= at:
        return _("The event is going on.")
    if event.registration_is_open(at):
        return _("Registration is open.")
    return _("Registration has not opened yet.") if at < event.registration_opens_at else _("Registration is closed.")


def numbers_of(event: Event, user: User) -> list[hooks.Number]:
    """The first four numbers that the higher apps give."""
    numbers = [number for provider in hooks.overview_numbers for number in provider(event, user)]
    return numbers[:NUMBERS_SHOWN]


def decisions_for(event: Event, user: User) -> list[hooks.Decision]:
    """What waits for ``user`` on ``event``, in the order that the higher apps give."""
    return [decision for provider in hooks.waiting_decisions for decision in provider(event, user) if decision.count]


def steps_of_work(coming: list[Event], user: User, at: datetime) -> list[hooks.Step]:
    """What ``user`` should do next with the nearest of the ``coming`` events: publish it, decide what waits."""
    steps = []
    for event in coming[:EVENTS_WITH_STEPS]:
        if event.state == EventState.DRAFT and may(user, "event.publish", event):
            opens = event.registration_opens_at
            steps.append(
                hooks.Step(
                    _("Publish %(event)s") % {"event": event.title},
                    _("It is a draft that only its makers see."),
                    reverse("events:event-overview", args=[event.slug]),
                    _("Look it through"),
                    opens if opens > at else None,
                )
            )
        steps += [
            hooks.Step(f"{number(one.count, get_language())} {one.text}", event.title, one.url, _("See what waits"))
            for one in decisions_for(event, user)
        ]
    return steps


def latest_changes(event: Event, user: User) -> QuerySet[AuditEntry]:
    """The event's own trail and its programme's; who was given a role is for those who may see its people."""
    nights = Night.objects.filter(event=event) if event.takes_schools else []
    entries = AuditEntry.objects.about(event, *nights)
    if not may(user, "event.people", event):
        entries = entries.exclude(verb__in=[GRANTED, REVOKED])
    return entries[:HISTORY_SHOWN]


def missing_before_publishing(event: Event) -> list[str | Promise]:
    """What a visitor would miss on the page; publishing is possible all the same."""
    lacks = [
        (not event.description, _("A description: who should come, and what they get out of it.")),
        (not event.venue.accessibility, _("The accessibility of the place: entrance, lift, hearing loop, parking.")),
        (not event.issuer.contact_email, _("The issuer's e-mail for questions about personal data.")),
        (not (event.name_en and event.summary_en), _("Name and sentence in English.")),
        (_has_no_programme(event), _("The programme of the evening: admissions, and when schools are told.")),
        (event.activity is None, _("The activity in the plan: without it, no figures reach the follow-up.")),
    ]
    return [text for lacking, text in lacks if lacking]


def _has_no_programme(event: Event) -> bool:
    return event.takes_schools and not Wave.objects.filter(night__event=event).exists()


def copy_of(event: Event, at: datetime) -> Event:
    """An unsaved draft of the next edition of ``event``: moved to the same weekday in a coming year.

    The activity is the one of the same name in the new year's plan, where there is one.
    """
    start = timezone.localtime(event.starts_at)
    shift = weeks_on(start.date(), after=timezone.localtime(at).date())
    old, new = start.year, (start + shift).year
    slug_base = with_year(event.slug, old, new)
    return Event(
        area=event.area,
        activity=_same_activity(event, new),
        kind=event.kind,
        slug=suggest_slug(slug_base, new, taken=_taken(slug_base)),
        name=with_year(event.name, old, new),
        name_en=with_year(event.name_en, old, new),
        summary=with_year(event.summary, old, new),
        summary_en=with_year(event.summary_en, old, new),
        description=event.description,
        venue=event.venue,
        issuer=event.issuer,
        contact_email=event.contact_email,
        capacity=event.capacity,
        visitor_capacity=event.visitor_capacity,
        **{name: moved(getattr(event, name), shift) for name in MOMENTS},
    )


MOMENTS = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at")


def _same_activity(event: Event, year: int) -> Activity | None:
    if event.activity is None:
        return None
    return Activity.objects.filter(plan__area=event.area, year=year, title__iexact=event.activity.title).first()


def _taken(base: str) -> set[str]:
    return set(Event.objects.filter(slug__startswith=base[:30]).values_list("slug", flat=True))


def free_slug(name: str, day: datetime) -> str:
    """An address for a new event that nobody has yet."""
    year = timezone.localtime(day).year
    return suggest_slug(name, year, taken=_taken(suggest_slug(name, year)))


def soon(events: Iterable[Event], at: datetime) -> list[Event]:
    """Those of ``events`` that are not over, the nearest first; yesterday's still counts as work."""
    return sorted((e for e in events if e.ends_at >= at - timedelta(days=1)), key=lambda e: (e.starts_at, e.pk))
