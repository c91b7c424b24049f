"""The desk: what is most needed at the door, for those who are signed in. Phones have a page of their own, /door/."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.access.gate import get_event_for
from events.programme.models import Event
from registrations.checkin import services
from registrations.checkin.clocks import time_of_day
from registrations.checkin.conflicts.queries import open_count
from registrations.checkin.devices.models import Device, DeviceRole
from registrations.checkin.devices.queries import working_devices
from registrations.checkin.lists.services import ensure_door
from registrations.checkin.models import Gate
from registrations.checkin.occupancy import occupancy_of
from registrations.checkin.standing import ENTER
from registrations.checkin.typed import Answer, judge_typed

PAGES = "registrations/checkin/desk"
MOST_HEADS = 2000
GLANCED = 8


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """The desk of one event; a typed code is answered on the page. htmx asks for what changes by itself."""
    event = get_event_for(request.user, slug, "checkin.scan")
    if request.headers.get("HX-Target") == "now":
        return render(request, f"{PAGES}/_now.html", _now(event))
    services.ensure_gate(event=event)
    gates = list(event.gates.all())
    gate = next((one for one in gates if str(one.pk) == request.POST.get("gate")), None)
    answer = _judged(request, event, gate or min(gates, key=lambda one: one.pk)) if request.method == "POST" else None
    context = {
        **_now(event),
        "gates": gates,
        "chosen_gate": gate,
        "text": request.POST.get("text", "")[:200],
        "act": request.POST.get("act", ENTER),
        "answer": answer,
        "nonce": uuid4(),
        "roles": [DeviceRole.DOOR, DeviceRole.DESK],
    }
    return render(request, f"{PAGES}/desk.html", context)


def _judged(request: HttpRequest, event: Event, gate: Gate) -> Answer:
    """The answer to what was typed, let in all the same, or taken back."""
    said, heads = request.POST, request.POST.get("heads", "")
    whole = heads.isascii() and heads.isdigit() and len(heads) < 5
    return judge_typed(
        event=event,
        gate=gate,
        text=said.get("text", ""),
        act=said.get("act", ENTER),
        nonce=said.get("nonce", ""),
        ref=said.get("ref", ""),
        reason=" ".join(said.get("reason", "").split()),
        heads=min(int(heads), MOST_HEADS) if whole else None,
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )


def _now(event: Event) -> dict[str, Any]:
    """What changes by itself: people in, phones, conflicts."""
    at, rules, people = timezone.now(), ensure_door(event=event), occupancy_of(event.pk)
    devices = working_devices(event, at, rules.list_version)
    room = rules.fire_limit - people.inside if rules.fire_limit is not None else None
    return {
        "event": event,
        "rules": rules,
        "as_of": time_of_day(at),
        "people": people,
        "tone": "" if room is None else "stop" if room < 0 else "mind" if room * 20 < (rules.fire_limit or 0) else "",
        "devices": devices[:GLANCED],
        "more_devices": max(0, len(devices) - GLANCED),
        "troubled": sum(bool(one.notes) for one in devices),
        "working": len(devices),
        "any_device": bool(devices) or Device.objects.filter(event=event).exists(),
        "conflicts": open_count(event),
    }
