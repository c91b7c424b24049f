"""Writes about events: made, copied, changed, published, cancelled."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.municipalities.models import Area
from events.plan.models import Activity
from events.programme import hooks
from events.programme.models import Event, EventState, Issuer
from events.venue.models import Venue
from events.venue.services import VenueDetails, add_venue
from events.versions import take_version

CREATED = audit.verb("event.created", _("created the event"))
COPIED = audit.verb("event.copied", _("created the event from an earlier one"))
CHANGED = audit.verb("event.changed", _("changed the event"))
PUBLISHED = audit.verb("event.published", _("published the event"))
UNPUBLISHED = audit.verb("event.unpublished", _("took the event back to draft"))
CANCELLED = audit.verb("event.cancelled", _("cancelled the event"))
RESTORED = audit.verb("event.restored", _("took back the cancellation"))
ISSUER_ADDED = audit.verb("issuer.added", _("added the issuer"))

# From which states to which, and what the trail calls it.
TRANSITIONS = {
    (EventState.DRAFT, EventState.PUBLISHED): PUBLISHED,
    (EventState.PUBLISHED, EventState.DRAFT): UNPUBLISHED,
    (EventState.PUBLISHED, EventState.CANCELLED): CANCELLED,
    (EventState.CANCELLED, EventState.PUBLISHED): RESTORED,
}


class SlugTaken(Refusal):
    code = "slug_taken"
    message = _("Another event already has that address.")


class SlugIsOut(Refusal):
    code = "slug_is_out"
    message = _("The address is known by now: links and posters lead to it. It can be changed only in a draft.")


class IssuerExists(Refusal):
    code = "issuer_exists"
    message = _("There is an issuer with that name already. Choose it in the list.")


class HasRegistrations(Refusal):
    code = "has_registrations"
    message = _("Somebody has registered already. Cancel the event instead: then they are told.")


class NotFromHere(Refusal):
    code = "wrong_state"
    message = _("That can not be done with the event as it is now. Somebody may have changed it meanwhile.")


@dataclass(frozen=True)
class IssuerDetails:
    """Who issues invoices and is the controller of personal data."""

    name: str
    organisation_number: str = ""
    contact_email: str = ""


@dataclass(frozen=True)
class EventDetails:
    """Everything about an event that its organiser decides; moments are aware. A new venue or issuer comes with it."""

    kind: str
    slug: str
    name: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    registration_opens_at: datetime
    registration_closes_at: datetime
    capacity: int
    contact_email: str
    venue: Venue | VenueDetails
    issuer: Issuer | IssuerDetails
    name_en: str = ""
    summary_en: str = ""
    description: str = ""
    visitor_capacity: int | None = None
    activity: Activity | None = None


@transaction.atomic
def create_event(
    *, area: Area, details: EventDetails, by: User, at: datetime, copied_from: Event | None = None
) -> Event:
    """Make a draft in ``area``; ``copied_from`` is the earlier event whose settings it took over, programme and all.

    Raises SlugTaken, VenueExists, IssuerExists; then nothing is made, the venue and the issuer neither.
    """
    values = _values(details, by=by, at=at)
    event = _save(Event(area=area, copied_from=copied_from, **values))
    audit.created(event, COPIED if copied_from else CREATED, by=by, at=at)
    if copied_from is not None:
        for give in hooks.when_copied:
            give(copied_from, event, by, at)
    return event


@transaction.atomic
def change_event(*, event: Event, details: EventDetails, version: int, by: User, at: datetime) -> Event:
    """Change the settings of ``event``, seen in ``version``.

    Raises Stale, SlugTaken, SlugIsOut, VenueExists, IssuerExists; then nothing is written.
    """
    event = Event.objects.locked(event.pk)
    take_version(event, version)
    if event.state != EventState.DRAFT and details.slug != event.slug:
        raise SlugIsOut
    values = _values(details, by=by, at=at)
    with audit.change(event, CHANGED, by=by, at=at):
        for name, value in values.items():
            setattr(event, name, value)
        _save(event)
    return event


def publish_event(*, event: Event, by: User, at: datetime) -> Event:
    """Let everybody see the draft. Raises NotFromHere."""
    return _move(event, EventState.DRAFT, EventState.PUBLISHED, by=by, at=at)


@transaction.atomic
def unpublish_event(*, event: Event, by: User, at: datetime) -> Event:
    """Hide the event again, as long as nobody has registered. Raises NotFromHere, HasRegistrations."""
    event = Event.objects.locked(event.pk)
    if any(count(event) for count in hooks.registered):
        raise HasRegistrations
    return _move(event, EventState.PUBLISHED, EventState.DRAFT, by=by, at=at)


@transaction.atomic
def cancel_event(*, event: Event, by: User, at: datetime) -> Event:
    """Say that the event will not be held; its page stays and says so, and the registered are told. Raises NotFromHere."""
    event = _move(event, EventState.PUBLISHED, EventState.CANCELLED, by=by, at=at)
    for tell in hooks.when_cancelled:
        tell(event, by, at)
    return event


def restore_event(*, event: Event, by: User, at: datetime) -> Event:
    """Take back a cancellation: the event is public as before. Raises NotFromHere."""
    return _move(event, EventState.CANCELLED, EventState.PUBLISHED, by=by, at=at)


@transaction.atomic
def add_issuer(*, details: IssuerDetails, by: User | None, at: datetime) -> Issuer:
    """Add an issuer. Raises IssuerExists."""
    issuer, new = Issuer.objects.get_or_create(name=details.name, defaults=asdict(details))
    if not new:
        raise IssuerExists
    audit.created(issuer, ISSUER_ADDED, by=by, at=at)
    return issuer


@transaction.atomic
def _move(event: Event, before: EventState, after: EventState, *, by: User, at: datetime) -> Event:
    event = Event.objects.locked(event.pk)
    if event.state != before:
        raise NotFromHere
    with audit.change(event, TRANSITIONS[before, after], by=by, at=at):
        event.state = after
        event.version += 1
        event.save(update_fields=["state", "version"])
    return event


def _values(details: EventDetails, *, by: User, at: datetime) -> dict[str, Any]:
    """The columns that ``details`` stand for, with venue and issuer made where they are new."""
    if isinstance(details.venue, VenueDetails):
        details = replace(details, venue=add_venue(details=details.venue, by=by, at=at))
    if isinstance(details.issuer, IssuerDetails):
        details = replace(details, issuer=add_issuer(details=details.issuer, by=by, at=at))
    return dict(vars(details))


def _save(event: Event) -> Event:
    """Save, and name the one conflict that no lock can prevent: two events that take the same address at once."""
    others = Event.objects.filter(slug=event.slug).exclude(pk=event.pk)
    if others.exists():
        raise SlugTaken
    try:
        with transaction.atomic():
            event.save()
    except IntegrityError:
        if others.exists():
            raise SlugTaken from None
        raise
    return event
