"""The steps of an application and the timeline of what becomes of it, for the pages to show."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State

# How long after the event its survey is worth waiting for.
SURVEY_TIME = timedelta(days=60)
STEPS = ("company", "profile", "contact", "staff", "send")


def steps_of(exhibitor: Exhibitor | None) -> list[dict[str, str]]:
    """The steps' names, with addresses once there is an application to go back and forth in."""
    titles = [_("Company"), _("About you"), _("Contact"), _("Stand staff"), _("Send")]
    steps = [{"title": title} for title in titles]
    if exhibitor:
        for name, step in zip(STEPS[1:], steps[1:], strict=True):
            step["url"] = reverse(f"registrations:exhibitor-{name}", args=[exhibitor.pk])
    return steps


def step_after(exhibitor: Exhibitor, name: str) -> str:
    """The address of the step that follows ``name``."""
    following = STEPS[STEPS.index(name) + 1]
    return reverse(f"registrations:exhibitor-{following}", args=[exhibitor.pk])


def progress(exhibitor: Exhibitor, at: datetime) -> list[dict[str, Any]]:
    """The application's way as a timeline: sent, decided, the day itself, the survey."""
    event = exhibitor.event
    state = State(exhibitor.state)
    sent = {
        "title": _("Application sent"),
        "when": exhibitor.applied_at,
        "state": "done" if exhibitor.applied_at else "now",
    }
    if state == State.WITHDRAWN:
        return [sent, {"title": _("Withdrawn"), "state": "stopped"}]
    decision = {"title": _("Decision"), "when": exhibitor.decided_at, "state": "later"}
    if state == State.APPLIED:
        decision |= {"state": "now", "text": _("The organiser reads your application and answers by e-mail.")}
    elif state == State.WAITING:
        decision |= {
            "state": "now",
            "title": _("On the waiting list"),
            "text": _("You hear from us if a place is free."),
        }
    elif state == State.DECLINED:
        return [sent, decision | {"state": "stopped", "title": _("No place this time")}]
    elif state == State.ACCEPTED:
        decision |= {"state": "done", "title": _("Accepted")}
    is_over, accepted = event.is_over(at), state == State.ACCEPTED
    day_state = "done" if is_over else "now" if accepted else "later"
    survey_time = is_over and at < event.ends_at + SURVEY_TIME
    after_state = "now" if survey_time and accepted else "done" if is_over else "later"
    return [
        sent,
        decision,
        {"title": event.title, "when": event.starts_at, "text": str(event.venue), "state": day_state},
        {"title": _("A short survey by e-mail"), "state": after_state},
    ]
