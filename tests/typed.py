"""What people type into forms, as the browser sends it."""

from typing import Any

from django.utils import timezone

from events.plan.models import Activity
from events.programme.models import Event


def typed_event(event: Event, **other: Any) -> dict[str, Any]:
    """The form of ``event`` as it stands, with ``other`` fields typed differently."""
    plain = ("kind", "name", "name_en", "slug", "summary", "summary_en", "description", "capacity", "contact_email")
    moments = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at")
    return {
        **{name: getattr(event, name) for name in plain},
        **{name: f"{timezone.localtime(getattr(event, name)):%Y-%m-%dT%H:%M}" for name in moments},
        "visitor_capacity": event.visitor_capacity or "",
        "venue": event.venue_id,
        "issuer": event.issuer_id,
        "activity": event.activity_id or "",
        "version": event.version,
        **other,
    }


def typed_activity(activity: Activity, **other: Any) -> dict[str, Any]:
    """The form of ``activity`` as it stands, with ``other`` fields typed differently."""
    texts = ("title", "year", "status", "done_by", "what_happened", "short_term_effect", "long_term_effect")
    return {
        **{name: getattr(activity, name) for name in texts},
        "responsible": [municipality.pk for municipality in activity.responsible.all()],
        "goals": [goal.pk for goal in activity.goals.all()],
        "position": activity.position,
        "version": activity.version,
        **other,
    }
