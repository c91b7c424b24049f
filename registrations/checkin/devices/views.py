"""The phones at the door: pairing, all of them live, moving one, revoking one."""

from copy import copy
from datetime import timedelta
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.access.gate import get_event_for
from events.access.models import AuditEntry
from events.answers import status_of
from events.programme.models import Event
from registrations.checkin.clocks import time_of_day
from registrations.checkin.devices import services
from registrations.checkin.devices.forms import DeviceForm, PairForm
from registrations.checkin.devices.models import Device, DeviceRole, Pairing
from registrations.checkin.devices.queries import device_rows, ended_devices, next_name
from registrations.checkin.lists.services import ensure_door
from registrations.checkin.services import ensure_gate
from registrations.tickets.qr import qr_svg

PAGES = "registrations/checkin/devices"


@never_cache
@login_required
@require_safe
def device_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Every phone and how it is; htmx asks for the rows alone every few seconds."""
    event, at = get_event_for(request.user, slug, "checkin.scan"), timezone.now()
    context = {"event": event, "rows": device_rows(event, at), "as_of": time_of_day(at)}
    if request.headers.get("HX-Target") == "devices":
        return render(request, f"{PAGES}/_rows.html", context)
    return render(request, f"{PAGES}/list.html", context | {"ended": ended_devices(event, at)})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("invitation", "address")
def pair(request: HttpRequest, slug: str) -> HttpResponse:
    """Gate, name, role and end; then the code to scan.

    The secret is in the answer to the POST and nowhere else: no address, session or log ever holds it.
    """
    event, at = get_event_for(request.user, slug, "checkin.scan"), timezone.now()
    ensure_gate(event=event)
    form = PairForm(request.POST or None, door=ensure_door(event=event), at=at, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        invitation = services.invite_device(**form.details(), by=request.user, at=at)
        address = invitation.url
        context = {"qr": qr_svg(address, _("Code that pairs a phone")), "address": address}
        return render(request, f"{PAGES}/invitation.html", context | _waiting(event, invitation.pairing))
    return render(request, f"{PAGES}/pair.html", {"event": event, "form": form}, status=status_of(form))


@never_cache
@login_required
@require_POST
@sensitive_variables("invitation", "address")
def pair_here(request: HttpRequest, slug: str) -> HttpResponse:
    """Pairs this very browser: the secret goes from here to the door's own page, after the hash."""
    event, at = get_event_for(request.user, slug, "checkin.scan"), timezone.now()
    door, first = ensure_door(event=event), ensure_gate(event=event)
    gate = next((one for one in event.gates.all() if str(one.pk) == request.POST.get("gate")), first)
    role = request.POST.get("role")
    invitation = services.invite_device(
        gate=gate,
        name=(request.user.name or request.user.email)[:60],  # type: ignore[union-attr]
        role=role if role in (DeviceRole.DOOR, DeviceRole.DESK) else DeviceRole.DOOR,
        ends_at=PairForm(door=door, at=at).usual_end(),
        by=request.user,
        at=at,
    )
    address = urlsplit(invitation.url)
    return HttpResponseRedirect(f"{address.path}#{address.fragment}")


@never_cache
@login_required
@require_safe
def pairing(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What has become of an invitation, as htmx asks while its code is on the screen."""
    event = get_event_for(request.user, slug, "checkin.scan")
    found = get_object_or_404(Pairing.objects.select_related("gate", "device__gate"), pk=pk, event=event)
    if not request.htmx:
        return redirect("registrations:door-devices", slug)
    context = _waiting(event, found)
    ended = found.device or context["left"] <= timedelta(0)
    response = render(request, f"{PAGES}/{'_paired' if ended else '_waiting'}.html", context)
    if ended:
        response["HX-Retarget"], response["HX-Reswap"] = "#invitation", "outerHTML"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def device(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Another name or gate for a phone."""
    found = _get_device(request, slug, pk)
    form = DeviceForm(request.POST or None, instance=copy(found))
    if request.method == "POST" and form.is_valid():
        services.change_device(device=found, **form.details(), by=request.user, at=timezone.now())
        messages.success(request, _("Saved. The phone hears of it within seconds, as soon as it has contact."))
        return redirect("registrations:door-devices", slug)
    context = {
        "event": found.event,
        "device": found,
        "form": form,
        "works": found.works(timezone.now()),
        "entries": AuditEntry.objects.about(found)[:10],
    }
    return render(request, f"{PAGES}/device.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asks first, and says what happens with what the phone has."""
    found = _get_device(request, slug, pk)
    back = reverse("registrations:door-devices", args=[slug])
    if request.method == "POST":
        services.revoke_device(device=found, by=request.user, at=timezone.now())
        messages.success(request, _("%(device)s is revoked.") % {"device": found})
        return redirect(back)
    text = [
        _("At its next contact the phone forgets the list and stops. Without contact it stops when its time is over."),
        _("Whoever finds it cannot read a name from it without the ticket itself."),
    ]
    if found.queue:
        waiting = ngettext(
            "%(n)s scan waits on it: if you have the phone at hand, let it send first, or take its export.",
            "%(n)s scans wait on it: if you have the phone at hand, let it send first, or take its export.",
            found.queue,
        )
        text.append(waiting % {"n": found.queue})
    context = {
        "title": _("Revoke %(device)s?") % {"device": found},
        "text": " ".join(text),
        "action_label": _("Revoke the phone"),
        "cancel_url": back,
        "tone": "danger",
    }
    return render(request, "components/confirm.html", context)


def _get_device(request: HttpRequest, slug: str, pk: int) -> Device:
    event = get_event_for(request.user, slug, "checkin.scan")
    found: Device = get_object_or_404(Device.objects.select_related("gate"), pk=pk, event=event)
    found.event = event
    return found


def _waiting(event: Event, found: Pairing) -> dict[str, Any]:
    """What the page shows of an invitation: the time that is left, and what the next one at the same gate is called."""
    left = found.expires_at - timezone.now()
    return {
        "event": event,
        "pairing": found,
        "left": left,
        "minutes": ceil(left / timedelta(minutes=1)) if left > timedelta(minutes=1) else 0,
        "seconds": max(0, ceil(left.total_seconds())),
        "next_name": next_name(found.gate),
        "ends_at": f"{timezone.localtime(found.ends_at):%Y-%m-%dT%H:%M}",
    }
