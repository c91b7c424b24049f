"""Halls: made, changed, removed, and filled with rows of stands."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from events.answers import status_of
from events.errors import Refusal, Stale
from events.once.guard import makes_once
from events.versions import show_stale
from registrations.stands import layout
from registrations.stands.forms import HallForm, RowsForm
from registrations.stands.gate import get_fair_for, get_hall_for
from registrations.stands.models import Hall
from registrations.stands.requests import sent

PAGES = "registrations/stands"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@makes_once
def hall_new(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_fair_for(request.user, slug, "stands.edit")
    form = HallForm(*sent(request), event=event)
    if form.is_valid():
        fields = form.details()
        try:
            made = layout.add_hall(event=event, by=request.user, at=timezone.now(), **fields)
        except Refusal as refusal:
            form.add_error("upload" if fields["upload"] else None, str(refusal))
        else:
            messages.success(request, _("“%(hall)s” is made. Now draw its stands.") % {"hall": made})
            return redirect("registrations:hall-rows", slug, made.pk)
    return render(request, f"{PAGES}/hall_form.html", {"event": event, "form": form}, status=status_of(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hall_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    chosen = get_hall_for(request.user, slug, pk, "stands.edit")
    name = chosen.name
    form = HallForm(*sent(request), instance=chosen, event=chosen.event)
    context: dict[str, Any] = {"event": chosen.event, "form": form, "hall": chosen, "name": name}
    if form.is_valid():
        seen = form.cleaned_data["version"]
        try:
            layout.change_hall(hall=chosen, seen=seen, by=request.user, at=timezone.now(), **form.details())
        except Stale as refusal:
            context |= {"refusal": refusal, "stored": show_stale(form, Hall.objects.get(pk=pk))}
        except Refusal as refusal:
            form.add_error("upload" if form.cleaned_data.get("upload") else None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("registrations:hall-one", slug, pk)
    return render(request, f"{PAGES}/hall_form.html", context, status=status_of(form, context.get("refusal")))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hall_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asks first."""
    chosen = get_hall_for(request.user, slug, pk, "stands.edit")
    if request.method == "POST":
        try:
            layout.remove_hall(hall=chosen, by=request.user, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("registrations:hall-one", slug, pk)
        messages.success(request, _("“%(hall)s” is removed.") % {"hall": chosen.name})
        return redirect("registrations:hall", slug)
    count = chosen.stands.count()
    text = ngettext("Its stand goes with it.", "Its %(count)s stands go with it.", count) % {"count": count}
    return render(
        request,
        "components/confirm.html",
        {
            "title": _("Remove “%(hall)s”?") % {"hall": chosen.name},
            "text": text,
            "action_label": _("Remove the hall"),
            "cancel_url": reverse("registrations:hall-one", args=[slug, pk]),
            "tone": "danger",
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hall_rows(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Many stands from a rule: first shown on the floor, then drawn."""
    chosen = get_hall_for(request.user, slug, pk, "stands.edit")
    form = RowsForm(*sent(request))
    context: dict[str, Any] = {"event": chosen.event, "hall": chosen, "form": form}
    if form.is_valid():
        try:
            if request.POST.get("draw"):
                made = layout.draw_rows(hall=chosen, rows=form.plan(), by=request.user, at=timezone.now())
                text = ngettext("%(count)s stand is drawn.", "%(count)s stands are drawn.", len(made))
                messages.success(request, text % {"count": len(made)})
                return redirect("registrations:hall-one", slug, pk)
            context["planned"] = layout.planned(chosen, form.plan())
            context["there"] = list(chosen.stands.all())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, f"{PAGES}/rows.html", context, status=status_of(form))
