"""Gathers the subjects' models for Django; look for a model in its subject's folder."""

from events.access.models import AuditEntry, Grant, User
from events.mail.models import Letter
from events.municipalities.models import Area, MunicipalCount, Municipality, Participation
from events.nights.models import Field, Night, Walk, Wave, Zone
from events.once.models import SentForm
from events.plan.models import Activity, ActivityPlan, Goal, StatusChange, SubStep, Theme
from events.programme.models import Event, Issuer
from events.retention.models import Erasure
from events.venue.models import Venue

__all__ = [
    "Activity",
    "ActivityPlan",
    "Area",
    "AuditEntry",
    "Erasure",
    "Event",
    "Field",
    "Goal",
    "Grant",
    "Issuer",
    "Letter",
    "MunicipalCount",
    "Municipality",
    "Night",
    "Participation",
    "SentForm",
    "StatusChange",
    "SubStep",
    "Theme",
    "User",
    "Venue",
    "Walk",
    "Wave",
    "Zone",
]
