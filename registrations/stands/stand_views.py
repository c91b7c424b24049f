"""One stand: its measures, who has it, and what is done with it by hand."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.access.models import AuditEntry
from events.access.rules import may
from events.answers import status_of
from events.errors import Refusal, Stale
from events.once.guard import makes_once
from events.programme.models import Event
from events.versions import show_stale
from registrations.stands import floor, layout, placing
from registrations.stands.forms import BlockForm, PlaceForm, StandForm
from registrations.stands.gate import get_hall_for, get_stand_for
from registrations.stands.models import Stand
from registrations.stands.requests import sent

PAGES = "registrations/stands"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@makes_once
def stand_new(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    chosen = get_hall_for(request.user, slug, pk, "stands.edit")
    first = {"x_cm": 0, "y_cm": 0, "width_cm": 300, "depth_cm": 300}
    form = StandForm(*sent(request), hall=chosen, initial=first)
    if form.is_valid():
        try:
            made = layout.add_stand(hall=chosen, by=request.user, at=timezone.now(), **form.details())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Stand %(number)s is added.") % {"number": made.number})
            return redirect("registrations:hall-one", slug, pk)
    context = {"event": chosen.event, "hall": chosen, "form": form}
    return render(request, f"{PAGES}/stand_new.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stand(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One stand: who has it, and its measures, which the form changes."""
    one = get_stand_for(request.user, slug, pk, "stands.edit" if request.method == "POST" else "stands.view")
    form = StandForm(*sent(request), instance=one, hall=one.hall)
    context: dict[str, Any] = {}
    if form.is_valid():
        try:
            layout.change_stand(
                stand=one, seen=form.cleaned_data["version"], by=request.user, at=timezone.now(), **form.details()
            )
        except Stale as refusal:
            context = {"refusal": refusal, "stored": show_stale(form, Stand.objects.get(pk=pk))}
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("registrations:stand", slug, pk)
    return _show_stand(request, one, form, context)


def _show_stand(
    request: HttpRequest, one: Stand, form: StandForm, context: dict[str, Any], place_form: PlaceForm | None = None
) -> HttpResponse:
    event: Event = one.event
    (hall,) = floor.halls_of(event, only=one.hall_id)
    seen = floor.for_organiser(hall, timezone.now())
    spot = next(spot for spot in seen.spots if spot.stand.pk == one.pk)
    has_it = one.placing_of().select_related("exhibitor__organisation").first()
    promised = placing.promised_m2(has_it.exhibitor) if has_it else None
    context |= {
        "event": event,
        "hall": one.hall,
        "stand": spot.stand,
        "spot": spot,
        "placing": has_it,
        "promised": promised,
        "is_wrong_size": has_it is not None and not placing.fits(spot.stand, promised),
        "form": form,
        "place_form": place_form or PlaceForm(event=event),
        "block_form": BlockForm(),
        "can_edit": may(request.user, "stands.edit", event),
        "moves": event.takes_decisions(timezone.now()),
        "entries": AuditEntry.objects.about(one)[:20],
    }
    return render(request, f"{PAGES}/stand.html", context, status=status_of(form, context.get("refusal")))


@login_required
@require_POST
def stand_move(request: HttpRequest, slug: str, pk: int) -> JsonResponse:
    """To ``x`` and ``y`` (centimetres) by hand on the picture. 409 and why where it cannot stand there."""
    one = get_stand_for(request.user, slug, pk, "stands.edit")
    try:
        x, y = int(request.POST.get("x", "")), int(request.POST.get("y", ""))
    except ValueError:
        return JsonResponse({"said": _("Say where to in whole centimetres.")}, status=422)
    try:
        if not (0 <= x < layout.FARTHEST_CM and 0 <= y < layout.FARTHEST_CM):
            raise layout.StandOutside(number=one.number)
        moved = layout.move_stand(stand=one, x_cm=x, y_cm=y, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return JsonResponse({"said": str(refusal), "x": one.x_cm, "y": one.y_cm}, status=409)
    said = _("Stand %(number)s is moved.") % {"number": moved.number}
    return JsonResponse({"said": said, "x": moved.x_cm, "y": moved.y_cm})


@login_required
@require_POST
def stand_place(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give it to a company; where two companies have stands and one gets the other's, they swap."""
    one = get_stand_for(request.user, slug, pk, "stands.edit")
    form = PlaceForm(request.POST, event=one.event)
    if form.is_valid():
        exhibitor = form.cleaned_data["exhibitor"]
        there = one.placing_of().select_related("exhibitor__organisation").first()
        swaps = there is not None and there.exhibitor_id != exhibitor.pk
        facts = {"company": exhibitor.organisation, "number": one.number}
        try:
            if swaps and there is not None:
                placing.swap(one=exhibitor, other=there.exhibitor, by=request.user, at=timezone.now())
                facts["other"] = there.exhibitor.organisation
                messages.success(request, _("%(company)s and %(other)s have swapped stands.") % facts)
            else:
                placing.place(stand=one, exhibitor=exhibitor, by=request.user, at=timezone.now())
                messages.success(request, _("%(company)s has stand %(number)s.") % facts)
            return redirect("registrations:stand", slug, pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _answer_stand(request, one, form)


def _answer_stand(request: HttpRequest, one: Stand, place_form: PlaceForm) -> HttpResponse:
    response = _show_stand(request, one, StandForm(instance=one, hall=one.hall), {}, place_form)
    response.status_code = status_of(place_form)
    return response


@login_required
@require_POST
def stand_free(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    one = get_stand_for(request.user, slug, pk, "stands.edit")
    has_it = one.placing_of().select_related("exhibitor__organisation", "exhibitor__started_by").first()
    try:
        if has_it is not None:
            placing.free(exhibitor=has_it.exhibitor, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Stand %(number)s is free.") % {"number": one.number})
    return redirect("registrations:stand", slug, pk)


@login_required
@require_POST
def stand_block(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """``back=1``: it may be given out again."""
    one = get_stand_for(request.user, slug, pk, "stands.edit")
    form = BlockForm(request.POST)
    if request.POST.get("back") == "1":
        act: Callable[[], object] = lambda: layout.unblock(stand=one, by=request.user, at=timezone.now())  # noqa: E731
        done = _("Stand %(number)s may be given out again.")
    else:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        act = lambda: layout.block(stand=one, reason=reason, by=request.user, at=timezone.now())  # noqa: E731
        done = _("Stand %(number)s is blocked.")
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done % {"number": one.number})
    return redirect("registrations:stand", slug, pk)


@login_required
@require_POST
def stand_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    one = get_stand_for(request.user, slug, pk, "stands.edit")
    try:
        layout.remove_stand(stand=one, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("registrations:stand", slug, pk)
    messages.success(request, _("Stand %(number)s is removed.") % {"number": one.number})
    return redirect("registrations:hall-one", slug, one.hall_id)
