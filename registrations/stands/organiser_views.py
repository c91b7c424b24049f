"""The room The hall: the plan with who stands where, how stands are given out, and the plan on paper."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from events.access.rules import may
from events.answers import status_of
from events.errors import Refusal, Stale
from events.programme.models import Event
from events.versions import show_stale
from registrations.stands import floor, layout, placing
from registrations.stands.answers import states_answer
from registrations.stands.floor import SpotState
from registrations.stands.forms import SettingsForm
from registrations.stands.gate import get_fair_for
from registrations.stands.models import StandPlacing, StandSettings
from registrations.stands.paper import plan_pdf
from registrations.stands.requests import sent
from registrations.stands.words import said_of

PAGES = "registrations/stands"
SHOWN_STATES = (SpotState.FREE, SpotState.HELD, SpotState.OFFERED, SpotState.CONFIRMED, SpotState.BLOCKED)


@login_required
@require_safe
def hall(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """One hall as a picture and as a list, and the companies that have no stand yet."""
    event = get_fair_for(request.user, slug, "stands.view")
    halls = floor.halls_of(event)
    one = next((each for each in halls if pk in (None, each.pk)), None)
    if one is None and pk is not None:
        raise Http404
    words = request.GET.get("q", "").replace("\0", "")[:100]
    state = request.GET.get("state", "")
    context: dict[str, Any] = {
        "event": event,
        "halls": halls,
        "hall": one,
        "settings": layout.settings_of(event),
        "without": list(floor.without_stand(event)),
        "untold": StandPlacing.objects.filter(stand__event=event, told_at__isnull=True).count(),
        "can_edit": may(request.user, "stands.edit", event),
        "moves": may(request.user, "stands.edit", event) and event.takes_decisions(timezone.now()),
        "words": words,
        "state": state if state in SHOWN_STATES else "",
        "states": SHOWN_STATES,
    }
    if one is not None:
        seen = floor.for_organiser(one, timezone.now())
        context |= {
            "floor": seen,
            "listed": floor.matching(seen.spots, words, context["state"]),
        }
    return render(request, f"{PAGES}/hall.html", context)


@login_required
@require_safe
def hall_states(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What is free, held, offered, confirmed and blocked now, for a page that stays open."""
    event = get_fair_for(request.user, slug, "stands.view")
    one = next(iter(floor.halls_of(event, only=pk)), None)
    if one is None:
        raise Http404
    seen = floor.for_organiser(one, timezone.now())
    said = {spot.stand.number: said_of(spot) for spot in seen.spots}
    return states_answer(request, seen, said, {"counts": {state.value: count for state, count in seen.counts}})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_fair_for(request.user, slug, "stands.edit")
    stored = layout.settings_of(event)
    form = SettingsForm(*sent(request), instance=stored)
    context: dict[str, Any] = {"event": event, "form": form}
    if form.is_valid():
        try:
            layout.save_settings(
                event=event, seen=form.cleaned_data["version"], by=request.user, at=timezone.now(), **form.details()
            )
        except Stale as refusal:
            context |= {"refusal": refusal, "stored": show_stale(form, StandSettings.objects.get(event=event))}
        else:
            messages.success(request, _("Saved."))
            return redirect("registrations:hall", slug)
    return render(request, f"{PAGES}/settings.html", context, status=status_of(form, context.get("refusal")))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks first; then each company that does not know of its stand gets a letter."""
    event = get_fair_for(request.user, slug, "stands.edit")
    back = reverse("registrations:hall", args=[slug])
    if request.method == "POST":
        try:
            count = placing.tell_companies(event=event, by=request.user, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            text = ngettext("%(count)s company is written to.", "%(count)s companies are written to.", count)
            messages.success(request, text % {"count": count})
        return redirect(back)
    count = StandPlacing.objects.filter(stand__event=event, told_at__isnull=True).count()
    text = ngettext(
        "%(count)s company gets a letter with its stand.", "%(count)s companies get a letter with their stand.", count
    ) % {"count": count}
    return render(
        request,
        "components/confirm.html",
        {
            "title": _("Tell the companies of their stands?"),
            "text": text + " " + _("What you change afterwards is written to them at once."),
            "action_label": _("Send the letters"),
            "cancel_url": back,
        },
    )


@login_required
@require_safe
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """The halls on A3 with every company that has a stand, told or not."""
    event = get_fair_for(request.user, slug, "stands.view")
    floors = [floor.for_organiser(one, timezone.now()) for one in floor.halls_of(event)]
    return plan_answer(event, floors)


def plan_answer(event: Event, floors: list[floor.Floor]) -> HttpResponse:
    """The plan as a PDF to look at or to print."""
    response = HttpResponse(plan_pdf(event, floors, timezone.now()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{event.slug}-hall.pdf"'
    response["Cache-Control"] = "no-store"
    return response
