"""The steps of an application and the timeline of what becomes of it, for the pages to show."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from events.programme.models import Event
from registrations.exhibitors.hooks import further_steps
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State

# How long after the event its survey is worth waiting for.
SURVEY_TIME = timedelta(days=60)


def step_names(event: Event) -> tuple[str, ...]:
    """The steps of an application to ``event``: whoever comes to an evening for pupils says what they can try."""
    stations = ("stations",) if event.takes_schools else ()
    further = (name for steps in further_steps for name, _title in steps(event))
    return ("company", "profile", *stations, "contact", "staff", *further, "send")


def titles_of(event: Event) -> dict[str, str]:
    """What the steps are called."""
    night = event.takes_schools
    return {
        "company": _("Company"),
        "profile": _("About you"),
        "stations": _("Your stations"),
        "contact": _("Contact"),
        "staff": _("Your people") if night else _("Stand staff"),
        "send": _("Send"),
        **{name: str(title) for steps in further_steps for name, title in steps(event)},
    }


def steps_of(event: Event, exhibitor: Exhibitor | None = None) -> list[dict[str, str]]:
    """The steps' names, with addresses once there is an application to go back and forth in."""
    titles = titles_of(event)
    steps = [{"title": titles[name]} for name in step_names(event)]
    if exhibitor:
        for name, step in zip(step_names(event)[1:], steps[1:], strict=True):
            step["url"] = reverse(f"registrations:exhibitor-{name}", args=[exhibitor.pk])
    return steps


def current_step(event: Event, name: str) -> int:
    """The place of the step ``name``, from 1."""
    return step_names(event).index(name) + 1


def step_after(exhibitor: Exhibitor, name: str) -> str:
    """The address of the step that follows ``name``."""
    names = step_names(exhibitor.event)
    return reverse(f"registrations:exhibitor-{names[names.index(name) + 1]}", args=[exhibitor.pk])


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
