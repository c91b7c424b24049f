"""The organiser's price list: packages, extras and discounts, which are kept by the same pages."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.access.gate import get_event_for
from events.access.rules import may
from events.answers import status_of
from events.errors import Refusal
from events.once.guard import makes_once
from events.versions import show_stale
from registrations.orders.states import OrderState
from registrations.packages import services
from registrations.packages.forms import AddOnForm, DiscountForm, PackageForm, SaleForm
from registrations.packages.models import AddOn, Discount, Package

PAGES = "registrations/packages"


@dataclass(frozen=True)
class Kind:
    """One of the three: ``key`` is its tab and the beginning of its addresses' names."""

    key: str
    model: type[Package] | type[AddOn] | type[Discount]
    form: type[SaleForm]
    title: str | Promise
    new: str | Promise
    sold: str  # how its orders are found

    @property
    def list_url(self) -> str:
        return f"registrations:{self.key}-list"


KINDS = {
    "package": Kind("package", Package, PackageForm, gettext_lazy("Packages"), gettext_lazy("New package"), "orders"),
    "addon": Kind("addon", AddOn, AddOnForm, gettext_lazy("Extras"), gettext_lazy("New extra"), "orders__order"),
    "discount": Kind(
        "discount", Discount, DiscountForm, gettext_lazy("Discounts"), gettext_lazy("New discount"), "orders"
    ),
}


@login_required
@require_safe
def listing(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """What is for sale, what is left, and what is no longer sold."""
    event = get_event_for(request.user, slug, "packages.view")
    one = KINDS[kind]
    held = Q(**{f"{one.sold}__state__in": OrderState.holding()})
    rows = one.model._default_manager.filter(event=event).annotate(sold=Count("orders", filter=held))
    if kind == "discount":
        rows = rows.select_related("organisation").prefetch_related("packages")
    context = {
        "event": event,
        "kind": one,
        "rows": [row for row in rows if row.retired_at is None],
        "retired": [row for row in rows if row.retired_at is not None],
        "can_edit": may(request.user, "packages.edit", event),
    }
    return render(request, f"{PAGES}/{kind}s.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@makes_once
def new(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    event = get_event_for(request.user, slug, "packages.edit")
    one = KINDS[kind]
    form = one.form(request.POST if request.method == "POST" else None, event=event)
    if form.is_valid():
        thing = services.put_up(
            event=event, model=one.model, by=request.user, at=timezone.now(), **form.changed_fields()
        )
        messages.success(request, _("“%(name)s” is for sale.") % {"name": thing})
        return redirect(f"registrations:{kind}-list", slug)
    context = {"event": event, "kind": one, "form": form, "thing": None}
    return render(request, f"{PAGES}/form.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    event = get_event_for(request.user, slug, "packages.edit")
    one = KINDS[kind]
    thing = get_object_or_404(one.model._default_manager.filter(event=event), pk=pk)
    name = str(thing)
    form = one.form(request.POST if request.method == "POST" else None, instance=thing, event=event)
    context: dict[str, Any] = {"event": event, "kind": one, "form": form, "thing": thing, "name": name}
    refusal = None
    if form.is_valid():
        try:
            services.change(
                thing=thing,
                seen=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
                **form.changed_fields(),
            )
        except Refusal as reason:
            refusal = reason
            context["stored"] = show_stale(form, one.model._default_manager.get(pk=pk))
        else:
            messages.success(request, _("Saved. What has been ordered keeps its price."))
            return redirect(f"registrations:{kind}-list", slug)
    context["refusal"] = refusal
    return render(request, f"{PAGES}/form.html", context, status=status_of(form, refusal))


@login_required
@require_POST
def retire(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """Sell it no longer (``back=1``: again)."""
    event = get_event_for(request.user, slug, "packages.edit")
    thing = get_object_or_404(KINDS[kind].model._default_manager.filter(event=event), pk=pk)
    back = request.POST.get("back") == "1"
    try:
        services.retire(thing=thing, back=back, by=request.user, at=timezone.now())
    except ValidationError as taken:
        messages.error(request, " ".join(taken.messages))
        return redirect(f"registrations:{kind}-list", slug)
    text = _("“%(name)s” is for sale again.") if back else _("“%(name)s” is no longer sold. Orders keep it.")
    messages.success(request, text % {"name": thing})
    return redirect(f"registrations:{kind}-list", slug)


@login_required
@require_POST
def move(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """One step up (``up=1``) or down in the list."""
    event = get_event_for(request.user, slug, "packages.edit")
    thing = get_object_or_404(KINDS[kind].model._default_manager.filter(event=event), pk=pk)
    if isinstance(thing, Discount):
        raise Http404
    services.move(thing=thing, up=request.POST.get("up") == "1")
    return redirect(f"registrations:{kind}-list", slug)
