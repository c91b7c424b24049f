"""Writes about places."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.venue.models import Venue
from events.versions import take_version

ADDED = audit.verb("venue.added", _("added the venue"))
CHANGED = audit.verb("venue.changed", _("changed the venue"))


class VenueExists(Refusal):
    code = "venue_exists"
    message = _("There is a venue with that name in that town already. Choose it in the list.")


@dataclass(frozen=True)
class VenueDetails:
    """What a visitor must know about a place."""

    name: str
    street: str
    postal_code: str
    city: str
    accessibility: str = ""


@transaction.atomic
def add_venue(*, details: VenueDetails, by: User | None, at: datetime) -> Venue:
    """Add a place. Raises VenueExists when its name is taken in that town."""
    venue, new = Venue.objects.get_or_create(name=details.name, city=details.city, defaults=asdict(details))
    if not new:
        raise VenueExists
    audit.created(venue, ADDED, by=by, at=at)
    return venue


@transaction.atomic
def change_venue(*, venue: Venue, details: VenueDetails, version: int, by: User, at: datetime) -> Venue:
    """Change a place, for every event that is held there. Raises Stale and VenueExists."""
    venue = Venue.objects.select_for_update().get(pk=venue.pk)
    take_version(venue, version)
    if Venue.objects.filter(name=details.name, city=details.city).exclude(pk=venue.pk).exists():
        raise VenueExists
    with audit.change(venue, CHANGED, by=by, at=at):
        for name, value in asdict(details).items():
            setattr(venue, name, value)
        venue.save()
    return venue
