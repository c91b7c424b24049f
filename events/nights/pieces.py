"""What an evening adds to its event's public page: who may come, when classes are let in, when schools are told."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from events.nights.queries import planned_night, round_times, waves_of
from events.programme.models import Event


def programme_section(event: Event, request: HttpRequest) -> str:
    """The programme, once there is one."""
    night = planned_night(event)
    if night is None:
        return ""
    admissions = [(wave, round_times(wave)) for wave in waves_of(night)]
    context = {"event": event, "night": night, "admissions": admissions}
    return render_to_string("events/nights/public_section.html", context, request)
