"""The door's page. With JavaScript it scans; without, it takes typed codes."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.access.gate import get_event_for
from events.errors import Refusal
from events.programme.models import Event
from registrations.checkin import services
from registrations.checkin.forms import GateForm
from registrations.checkin.queries import admitted_count
from registrations.checkin.records import read_record
from registrations.checkin.results import result_of
from registrations.checkin.texts import door_texts, verdict_of

PAGE = "registrations/checkin/door.html"


@never_cache
@login_required
@csp_update({"script-src": ["'wasm-unsafe-eval'"]})
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """Scans tickets to one event. The code reader is WebAssembly, and the camera is this page's alone."""
    event = get_event_for(request.user, slug, "checkin.scan")
    services.ensure_gate(event=event)
    verdict = _judge_typed(request, event) if request.method == "POST" else None
    context = {
        "event": event,
        "gates": event.gates.all(),
        "chosen_gate": request.POST.get("gate", ""),
        "admitted": admitted_count(event),
        "verdict": verdict,
        "nonce": uuid4(),
        "settings": _settings(event),
    }
    response = render(request, PAGE, context)
    response["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=(), payment=()"
    return response


def _judge_typed(request: HttpRequest, event: Event) -> dict[str, str]:
    """The answer to a code that was typed into the form, for browsers without JavaScript."""
    at: datetime = timezone.now()
    gate = request.POST.get("gate", "")
    raw = {
        "nonce": request.POST.get("nonce"),
        "text": request.POST.get("text", ""),
        "gate": int(gate) if gate.isascii() and gate.isdigit() and len(gate) < 10 else None,
        "device_at": at.isoformat(),
    }
    record, gates = read_record(raw, event.slug, at), event.gates.in_bulk()
    answer = services.record_scan(event=event, record=record, gates=gates, by=request.user, at=at)
    return verdict_of(result_of(answer, event))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def gates(request: HttpRequest, slug: str) -> HttpResponse:
    """The event's gates, and a new one."""
    event = get_event_for(request.user, slug, "event.edit")
    services.ensure_gate(event=event)
    form = GateForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                gate = services.add_gate(event=event, by=request.user, at=timezone.now(), **form.cleaned_data)
            except Refusal as refusal:
                form.add_error("name", str(refusal))
                status = 409
            else:
                messages.success(
                    request, _("%(gate)s is added. Choose it on the phones that stand there.") % {"gate": gate}
                )
                return redirect("registrations:door-gates", event.slug)
    context = {"event": event, "gates": event.gates.all(), "form": form}
    return render(request, "registrations/checkin/gates.html", context, status=status)


def _settings(event: Event) -> dict[str, Any]:
    """What the page's script needs to know."""
    return {
        "event": event.slug,
        "language": get_language(),
        "icons": static("icons.svg"),
        "addresses": {
            "scans": reverse("api:door-scans", args=[event.slug]),
            "count": reverse("api:door-count", args=[event.slug]),
            "worker": static("door/decode-worker.js"),
            "wasm": static("vendor/zxing/zxing_reader.wasm"),
        },
        "texts": door_texts(),
    }
