"""The company's way to buy: what it chooses, who pays, and yes to an offer."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django_ratelimit.core import get_usage

from events.answers import status_of
from events.errors import Refusal, Stale
from events.versions import show_stale
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.exhibitors.steps import current_step, step_after, steps_of
from registrations.orders import choosing, services
from registrations.orders.forms import BillingForm, PackageForm
from registrations.orders.models import Order
from registrations.orders.pricing import Price
from registrations.orders.queries import left_of_addons, on_sale, price_now, standing_order, terms_of, totals_of_lines
from registrations.orders.states import OrderState
from registrations.organisations.gate import get_own_exhibitor
from registrations.packages.models import AddOn

PAGES = "registrations/orders"
# Codes are short: whoever guesses is stopped long before luck helps. An address may be a whole office's: it may try more,
# new accounts give it no new guesses, and what one who is stopped goes on trying does not count for the others.
CODES = [
    {"group": "discount-codes", "key": "user", "rate": "20/h", "method": "POST"},
    {"group": "discount-codes-of-address", "key": "ip", "rate": "60/h", "method": "POST"},
]
WRONG_CODE = "wrong_discount_code"  # in the session


class TooManyCodes(Refusal):
    code = "too_many_codes"
    message = gettext_lazy(
        "Too many codes have been tried. Wait an hour, or go on without one: the organiser can put it right."
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """The step where a package, extras and a code are chosen; ``show`` only counts the price and keeps nothing."""
    exhibitor = _selling(request, pk)
    order = choosing.draft_order(exhibitor=exhibitor, by=request.user, at=timezone.now())
    if order.state != OrderState.DRAFT:
        return redirect("registrations:own-exhibitor", pk)
    at = timezone.now()
    extras = list(AddOn.objects.for_event(exhibitor.event).on_sale())
    posted = request.method == "POST"
    form = PackageForm(
        request.POST if posted else None,
        order=order,
        on_sale=on_sale(exhibitor.event, at, also=order.package),
        extras=extras,
    )
    refusal, price = None, price_now(order, at)
    if posted and form.is_valid():
        counting = "show" in request.POST
        try:
            _refuse_guessing(request, order, form)
            price = _choose(request, order, form, at, code=form.cleaned_data["code"], keep=not counting)
        except choosing.UnknownCode as wrong:
            _count_guess(request, form)
            form.add_error("code", str(wrong))
            price = _choose(request, order, form, at, code="", keep=False)
        except Refusal as reason:
            refusal = reason
        else:
            if not counting:
                return redirect(step_after(exhibitor, "package"))
    left = left_of_addons(exhibitor.event)
    context = {
        "form": form,
        "refusal": refusal,
        "order": order,
        "price": price,
        "on_sale": form.on_sale.values(),
        "extras": [(addon, form[f"extra-{addon.pk}"], left.get(addon.pk)) for addon in extras],
    }
    return _render_step(request, exhibitor, "package", context, status_of(form, refusal))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def billing(request: HttpRequest, pk: int) -> HttpResponse:
    """The step that says who pays; it can be put right until the order is confirmed."""
    exhibitor = _selling(request, pk)
    order = choosing.draft_order(exhibitor=exhibitor, by=request.user, at=timezone.now())
    if order.state == OrderState.CONFIRMED:
        return redirect("registrations:own-exhibitor", pk)
    form = BillingForm(request.POST if request.method == "POST" else None, instance=order)
    context: dict[str, Any] = {"form": form, "order": order}
    refusal = None
    if form.is_valid():
        try:
            choosing.bill(
                order=order,
                seen=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
                **form.changed_fields(),
            )
        except Stale as reason:
            refusal = reason
            context |= {"stored": show_stale(form, Order.objects.get(pk=order.pk))}
        except Refusal as reason:
            refusal = reason
        else:
            if exhibitor.state == State.DRAFT:
                return redirect(step_after(exhibitor, "billing"))
            messages.success(request, _("Saved."))
            return redirect("registrations:own-exhibitor", pk)
    context["refusal"] = refusal
    return _render_step(request, exhibitor, "billing", context, status_of(form, refusal))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes to the offer: what it costs, on what terms, and the button that binds."""
    exhibitor = get_own_exhibitor(request.user, pk, "order.confirm")
    order = standing_order(exhibitor)
    if order is None or order.state not in {OrderState.OFFERED, OrderState.CONFIRMED}:
        return redirect("registrations:own-exhibitor", pk)
    refusal = None
    if request.method == "POST":
        order.exhibitor = exhibitor
        try:
            services.confirm_order(order=order, by=request.user, at=timezone.now())
        except Refusal as reason:
            refusal = reason
        else:
            messages.success(request, _("The order is confirmed. The invoice is on your page within a few minutes."))
            return redirect("registrations:own-exhibitor", pk)
    if order.state == OrderState.CONFIRMED:
        return redirect("registrations:own-exhibitor", pk)
    context = {
        "exhibitor": exhibitor,
        "event": exhibitor.event,
        "order": order,
        "lines": order.lines.all(),
        "totals": totals_of_lines(order),
        "terms": terms_of(exhibitor.event),
        "refusal": refusal,
        "has_ended": order.offer_ends_at is not None and timezone.now() >= order.offer_ends_at,
    }
    return render(request, f"{PAGES}/confirm.html", context, status=409 if refusal else 200)


def _selling(request: HttpRequest, pk: int) -> Exhibitor:
    """The company's application to an event that sells; otherwise there is no such page."""
    exhibitor = get_own_exhibitor(request.user, pk, "exhibitor.edit")
    if terms_of(exhibitor.event) is None or exhibitor.state in {State.DECLINED, State.WITHDRAWN}:
        raise Http404
    return exhibitor


def _choose(
    request: HttpRequest, order: Order, form: PackageForm, at: datetime, *, code: str, keep: bool
) -> Price | None:
    """What the choice costs. Without ``keep`` it is only counted: who then goes on meets no other version."""
    with transaction.atomic():
        chosen = choosing.choose(
            order=order,
            package=form.cleaned_data["package"].package,
            extras=form.chosen_extras(),
            code=code,
            seen=form.cleaned_data["version"],
            by=request.user,
            at=at,
        )
        price = price_now(chosen, at)
        transaction.set_rollback(not keep)
    return price


def _refuse_guessing(request: HttpRequest, order: Order, form: PackageForm) -> None:
    """After so many wrong codes an hour, of a person or an address, none is looked up but the one that the order has."""
    known = order.discount.code if order.discount else ""
    typed = form.cleaned_data["code"]
    if not typed or typed == known:
        return
    tried = [get_usage(request, increment=False, **limit) for limit in CODES]
    if any(one and one["count"] >= one["limit"] for one in tried):
        raise TooManyCodes


def _count_guess(request: HttpRequest, form: PackageForm) -> None:
    """One more wrong code; the same one again, while something else on the page is changed, is no new guess."""
    typed = form.cleaned_data["code"]
    if request.session.get(WRONG_CODE) != typed:
        request.session[WRONG_CODE] = typed
        for limit in CODES:
            get_usage(request, increment=True, **limit)


def _render_step(
    request: HttpRequest, exhibitor: Exhibitor, name: str, context: dict[str, Any], status: int
) -> HttpResponse:
    context |= {
        "exhibitor": exhibitor,
        "event": exhibitor.event,
        "steps": steps_of(exhibitor.event, exhibitor),
        "current": current_step(exhibitor.event, name),
        "back": reverse("registrations:own-exhibitor", args=[exhibitor.pk]) + "?stay",
    }
    return render(request, f"{PAGES}/step_{name}.html", context, status=status)
