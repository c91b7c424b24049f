"""The waiting list: who waits, what is free, and the offer of a stand to the next that it fits."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.access.gate import get_event_for
from events.access.models import User
from events.access.rules import may
from events.errors import Refusal
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.placement import offers
from registrations.placement.forms import OfferForm, usual_until
from registrations.placement.queries import waiting_of
from registrations.placement.tabs import tabs_of
from registrations.placement.views import PAGES
from registrations.stands.models import Stand, StandPlacing


@login_required
@require_safe
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """Who waits in which order, which stands are free, and the offers that were made."""
    event = get_event_for(request.user, slug, "allocation.view")
    return _show(request, event)


@login_required
@require_POST
def offer(request: HttpRequest, slug: str, stand: int, pk: int) -> HttpResponse:
    """Offer the stand to the exhibitor that the page named as the next."""
    event = get_event_for(request.user, slug, "allocation.publish")
    row = get_object_or_404(Stand.objects.for_event(event), pk=stand)
    exhibitor = get_object_or_404(Exhibitor.objects.for_event(event).select_related("organisation"), pk=pk)
    form = OfferForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say until which day the offer stands."))
        return _show(request, event, status=422)
    try:
        offers.offer_stand(
            stand=row, exhibitor=exhibitor, until_at=form.moment(), by=cast(User, request.user), at=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _show(request, event, status=409)
    said = {"stand": row.number, "company": exhibitor.organisation}
    messages.success(request, _("Stand %(stand)s is offered to %(company)s, by e-mail.") % said)
    return redirect("registrations:stand-waiting", slug)


def _show(request: HttpRequest, event: Event, status: int = 200) -> HttpResponse:
    at = timezone.now()
    context = {
        "event": event,
        "tabs": tabs_of(event, "waiting"),
        "waiting": waiting_of(event, at),
        "given": StandPlacing.objects.filter(stand__event=event).count(),
        "until": usual_until(event, at),
        "now": at,
        "may_offer": may(request.user, "allocation.publish", event) and event.takes_decisions(at),
    }
    return render(request, f"{PAGES}/waiting.html", context, status=status)
