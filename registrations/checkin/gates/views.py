"""What the organiser decides about the door: its gates and its rules."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.access.gate import get_event_for
from events.access.models import AuditEntry
from events.answers import status_of
from events.errors import Refusal, Stale
from events.once.guard import makes_once
from events.versions import show_stale
from registrations.checkin import services
from registrations.checkin.forms import KINDS, GateForm, RulesForm
from registrations.checkin.lists.services import ensure_door
from registrations.checkin.models import DoorSettings, Gate
from registrations.checkin.queries import listed_gates

PAGES = "registrations/checkin/desk"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@makes_once
def gates(request: HttpRequest, slug: str) -> HttpResponse:
    """The event's gates, and a new one."""
    event = get_event_for(request.user, slug, "event.edit")
    services.ensure_gate(event=event)
    form, refusal = GateForm(request.POST or None, event=event), None
    if request.method == "POST" and form.is_valid():
        try:
            gate = services.add_gate(event=event, by=request.user, at=timezone.now(), **form.details())
        except Refusal as said:
            refusal = said
            form.add_error("name", str(said))
        else:
            messages.success(request, _("%(gate)s is added. Now move phones there, or pair new ones.") % {"gate": gate})
            return redirect("registrations:door-gates", event.slug)
    context = {"event": event, "gates": listed_gates(event, timezone.now(), dict(KINDS)), "form": form}
    return render(request, f"{PAGES}/gates.html", context, status=status_of(form, refusal))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def gate(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Another name for a gate, or other tickets that it takes."""
    event = get_event_for(request.user, slug, "event.edit")
    found = get_object_or_404(Gate, pk=pk, event=event)
    form, refusal = GateForm(request.POST or None, event=event, gate=copy(found)), None
    if request.method == "POST" and form.is_valid():
        try:
            services.change_gate(gate=found, by=request.user, at=timezone.now(), **form.details())
        except Refusal as said:
            refusal = said
            form.add_error("name", str(said))
        else:
            messages.success(request, _("Saved. The phones hear of it within seconds, as soon as they have contact."))
            return redirect("registrations:door-gates", event.slug)
    context = {"event": event, "gate": found, "form": form, "entries": AuditEntry.objects.about(found)[:10]}
    return render(request, f"{PAGES}/gate.html", context, status=status_of(form, refusal))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove_gate(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asks first; a gate that has been used stays, and the organiser hears why."""
    event = get_event_for(request.user, slug, "event.edit")
    found = get_object_or_404(Gate, pk=pk, event=event)
    back = reverse("registrations:door-gates", args=[slug])
    if request.method == "POST":
        try:
            services.remove_gate(gate=found, by=request.user, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%(gate)s is removed.") % {"gate": found})
        return redirect(back)
    context = {
        "title": _("Remove %(gate)s?") % {"gate": found},
        "text": _("No phone stands there and nobody has been scanned there. It vanishes from the phones' choices."),
        "action_label": _("Remove the gate"),
        "cancel_url": back,
        "tone": "danger",
    }
    return render(request, "components/confirm.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@makes_once
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """When the doors are open, who may come when, how many at most."""
    event = get_event_for(request.user, slug, "event.edit")
    door = ensure_door(event=event)
    form = RulesForm(request.POST or None, instance=copy(door))
    answer: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            services.change_rules(
                event=event,
                details=form.details(),
                seen=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Stale as refusal:
            answer = {"refusal": refusal, "stored": show_stale(form, DoorSettings.objects.get(pk=door.pk))}
        else:
            messages.success(request, _("Saved. The phones hear of it within seconds, as soon as they have contact."))
            return redirect("registrations:door", event.slug)
    context = {"event": event, "door": door, "form": form, "entries": AuditEntry.objects.about(door)[:10], **answer}
    return render(request, f"{PAGES}/rules.html", context, status=status_of(form, answer.get("refusal")))
