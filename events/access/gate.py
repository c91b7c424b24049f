"""The gate from an address to an object: whoever may not learns nothing, not even that the object exists."""

from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404

from events.access.models import User
from events.access.rules import may
from events.municipalities.models import Area
from events.plan.models import Activity, ActivityPlan
from events.programme.models import Event

Visitor = User | AnonymousUser
Thing = TypeVar("Thing", bound=Model)


def get_event_for(user: Visitor, slug: str, permission: str) -> Event:
    """The event at ``slug`` if ``user`` holds ``permission`` on it; otherwise 404, as for an event that is not there."""
    event = get_object_or_404(Event.objects.select_related("area", "venue", "issuer", "activity__plan"), slug=slug)
    return _pass(user, permission, event)


def get_public_event(user: Visitor, slug: str) -> Event:
    """The event at ``slug`` if it is public, or if ``user`` works with it (a draft is shown to its makers)."""
    event = get_object_or_404(Event.objects.select_related("area", "venue", "issuer", "night"), slug=slug)
    if not event.is_public and not may(user, "event.view", event):
        raise Http404
    return event


def get_area_for(user: Visitor, slug: str, permission: str) -> Area:
    return _pass(user, permission, get_object_or_404(Area, slug=slug))


def get_plan_for(user: Visitor, pk: int, permission: str) -> ActivityPlan:
    return _pass(user, permission, get_object_or_404(ActivityPlan.objects.select_related("area"), pk=pk))


def get_activity_for(user: Visitor, plan_pk: int, pk: int, permission: str) -> Activity:
    activity = get_object_or_404(Activity.objects.select_related("plan__area"), plan__pk=plan_pk, pk=pk)
    return _pass(user, permission, activity)


def _pass(user: Visitor, permission: str, obj: Thing) -> Thing:
    if not may(user, permission, obj):
        raise Http404
    return obj
