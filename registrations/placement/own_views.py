"""The company's side: its wishes, its yes or no to a stand, its answer to an offer."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.errors import Refusal, Stale
from events.once.guard import makes_once
from registrations.exhibitors.models import Exhibitor
from registrations.organisations.gate import get_own_exhibitor
from registrations.placement import offers
from registrations.placement import wishes as services
from registrations.placement.forms import WishForm
from registrations.placement.loading import gives_out_stands, package_of
from registrations.placement.models import StandWish
from registrations.placement.views import PAGES
from registrations.stands.models import Stand


@login_required
@makes_once
def wishes(request: HttpRequest, pk: int) -> HttpResponse:
    """What the company wishes of its stand, as long as it counts."""
    exhibitor = get_own_exhibitor(request.user, pk, "exhibitor.edit")
    if not gives_out_stands(exhibitor.event):
        raise Http404
    if not services.may_wish(exhibitor):
        messages.info(request, str(services.HasItsStand.message))
        return redirect("registrations:own-exhibitor", pk)
    form = _form(exhibitor, request.POST if request.method == "POST" else None)
    refusal: Refusal | None = None
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                services.save_wishes(exhibitor=exhibitor, by=request.user, at=timezone.now(), **form.details())
            except Stale as stale:
                refusal, status = stale, 409
                form.data = form.data.copy()
                form.data["version"] = str(StandWish.objects.get(exhibitor=exhibitor).version)
            except Refusal as said:
                refusal, status = said, 409
            else:
                messages.success(request, _("Your wishes are saved."))
                return redirect("registrations:own-exhibitor", pk)
    context = {
        "exhibitor": exhibitor,
        "event": exhibitor.event,
        "form": form,
        "refusal": refusal,
        "package": package_of(exhibitor),
    }
    return render(request, f"{PAGES}/wishes.html", context, status=status)


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int, stand: int) -> HttpResponse:
    """Yes to the stand that the company was told of."""
    exhibitor = get_own_exhibitor(request.user, pk, "exhibitor.edit")
    row = get_object_or_404(Stand.objects.for_event(exhibitor.event), pk=stand)
    return _act(request, pk, _("The stand is yours."), offers.confirm_stand, exhibitor=exhibitor, stand=row)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, pk: int, stand: int) -> HttpResponse:
    """Asks first; then the stand is free at once."""
    exhibitor = get_own_exhibitor(request.user, pk, "exhibitor.edit")
    row = get_object_or_404(Stand.objects.for_event(exhibitor.event), pk=stand)
    if request.method == "POST":
        done = _("Thank you for telling us. You stay on the waiting list.")
        return _act(request, pk, done, offers.decline_stand, exhibitor=exhibitor, stand=row)
    try:
        offers.refuse_unless_declinable(exhibitor.event, exhibitor, row, timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("registrations:own-exhibitor", pk)
    context = {
        "title": _("Say no to stand %(number)s?") % {"number": row.number},
        "text": _(
            "The stand is free for others at once, and you can not take it back. You keep your place at the event and "
            "stay on the waiting list: when another stand that suits you becomes free, the organiser writes to you."
        ),
        "action_label": _("Say no to the stand"),
        "cancel_url": reverse("registrations:own-exhibitor", args=[pk]),
        "back_label": _("Keep the stand"),
        "tone": "danger",
    }
    return render(request, "components/confirm.html", context)


@login_required
@require_POST
def answer(request: HttpRequest, pk: int, stand: int) -> HttpResponse:
    """Yes or no to the offer of a stand."""
    exhibitor = get_own_exhibitor(request.user, pk, "exhibitor.edit")
    row = get_object_or_404(Stand.objects.for_event(exhibitor.event), pk=stand)
    takes_it = request.POST.get("answer") == "yes"
    done = _("The stand is yours.") if takes_it else _("Thank you for telling us. You stay on the waiting list.")
    return _act(request, pk, done, offers.answer_offer, exhibitor=exhibitor, stand=row, takes_it=takes_it)


def _act(request: HttpRequest, pk: int, done: str, act: Any, **facts: Any) -> HttpResponse:
    try:
        act(by=request.user, at=timezone.now(), **facts)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("registrations:own-exhibitor", pk)


def _form(exhibitor: Exhibitor, data: Any) -> WishForm:
    package = package_of(exhibitor)
    wish = StandWish.objects.filter(exhibitor=exhibitor).first()
    return WishForm(data, exhibitor=exhibitor, wish=wish, package_w=package.power_w if package else 0)
