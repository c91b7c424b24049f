"""The organiser's list of orders, offers that ended, and the terms of sale."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.access.gate import get_event_for
from events.access.rules import may
from events.answers import status_of
from events.errors import Refusal, Stale
from events.exports import export_response
from events.versions import show_stale
from registrations.orders import services
from registrations.orders.forms import TermsForm
from registrations.orders.lists import EXPORT, Filter, listed, state_counts, sums
from registrations.orders.models import Order, Terms
from registrations.orders.queries import terms_of, with_sums
from registrations.orders.releasing import release_offer
from registrations.orders.terms import set_terms

PAGES = "registrations/orders"
PAGE_SIZE = 50


@login_required
@require_safe
def order_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Every order that was sent: search, filter, what they come to."""
    event = get_event_for(request.user, slug, "money.view")
    chosen = Filter.from_query(request.GET)
    at = timezone.now()
    page = Paginator(listed(event, chosen, at), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "event": event,
        "chosen": chosen,
        "page_obj": page,
        "rows": with_sums(page.object_list),
        "states": state_counts(event, chosen, at),
        "sums": sums(event),
        "terms": terms_of(event),
        "now": at,
        "can_decide": may(request.user, "exhibitors.decide", event) and event.takes_decisions(at),
    }
    return render(request, f"{PAGES}/list.html", context)


@login_required
@require_safe
def export(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """What the list shows, as a file."""
    event = get_event_for(request.user, slug, "money.view")
    if ending not in {"csv", "xlsx"}:
        raise Http404
    rows = with_sums(listed(event, Filter.from_query(request.GET), timezone.now()))
    return export_response(ending, f"{event.slug}-orders-{timezone.localdate():%Y-%m-%d}", EXPORT, rows)


@login_required
@require_POST
def prolong(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give the company more time; it is written to."""
    order = _order(request, slug, pk)
    try:
        services.prolong_offer(order=order, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The offer is prolonged, and the company is told."))
    return redirect("registrations:order-list", slug)


@login_required
@require_POST
def release(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let the offer go; the first on the waiting list is offered the place."""
    order = _order(request, slug, pk)
    try:
        after = release_offer(order=order, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        facts = {"company": order.exhibitor.organisation, "next": after.organisation if after else ""}
        if after:
            messages.success(request, _("%(company)s is on the waiting list; %(next)s is offered the place.") % facts)
        else:
            messages.success(request, _("%(company)s is on the waiting list. Nobody else waits.") % facts)
    return redirect("registrations:order-list", slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest, slug: str) -> HttpResponse:
    """On what terms the event sells; saving them the first time opens the shop."""
    event = get_event_for(request.user, slug, "packages.edit" if request.method == "POST" else "packages.view")
    row = terms_of(event)
    form = TermsForm(request.POST if request.method == "POST" else None, instance=row or Terms(event=event))
    context: dict[str, object] = {"event": event, "form": form, "sells": row is not None}
    refusal = None
    if form.is_valid():
        try:
            set_terms(
                event=event,
                seen=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
                **form.changed_fields(),
            )
        except Stale as reason:
            refusal = reason
            context["stored"] = show_stale(form, Terms.objects.get(event=event))
        else:
            messages.success(request, _("The terms are saved. They hold for what is sold from now on."))
            return redirect("registrations:terms", slug)
    context |= {"refusal": refusal, "can_edit": may(request.user, "packages.edit", event)}
    return render(request, f"{PAGES}/terms.html", context, status=status_of(form, refusal))


def _order(request: HttpRequest, slug: str, pk: int) -> Order:
    event = get_event_for(request.user, slug, "exhibitors.decide")
    rows = Order.objects.for_event(event).select_related("event", "exhibitor__organisation", "exhibitor__event")
    return get_object_or_404(rows, pk=pk)
