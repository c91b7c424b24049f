"""The plan for the company that chooses its stand, and for everybody who wants to find one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.access.gate import Visitor, get_public_event
from events.access.rules import may
from events.errors import Refusal
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.organisations.gate import get_own_exhibitor
from registrations.stands import floor, layout, placing
from registrations.stands.answers import states_answer
from registrations.stands.models import Hall, Stand, StandHold, StandPlacing
from registrations.stands.organiser_views import plan_answer
from registrations.stands.refusals import StandTaken
from registrations.stands.words import said_of

PAGES = "registrations/stands"


# --- The company ----------------------------------------------------------------------------------------------------


@login_required
@require_safe
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """The halls with what the company may choose, its own stand, and the one that is kept for it."""
    return _show_choice(request, _own(request.user, pk))


def _show_choice(request: HttpRequest, exhibitor: Exhibitor, refusal: Refusal | None = None) -> HttpResponse:
    event, at = exhibitor.event, timezone.now()
    halls = floor.halls_of(event)
    settings = layout.settings_of(event)
    promised = placing.promised_m2(exhibitor)
    kept = StandHold.objects.filter(exhibitor=exhibitor, until_at__gt=at).select_related("stand").first()
    own = StandPlacing.objects.filter(exhibitor=exhibitor, told_at__isnull=False).select_related("stand").first()
    floors = [floor.for_company(one, exhibitor, promised, at) for one in halls]
    shown = _one_of(floors, request.GET.get("hall"), kept or own)
    free = [spot for one in floors for spot in one.spots if spot.state == floor.SpotState.FREE]
    context: dict[str, Any] = {
        "exhibitor": exhibitor,
        "event": event,
        "floors": floors,
        "floor": shown,
        "settings": settings,
        "is_open": settings.choice_is_open(at) and event.takes_decisions(at),
        "promised": promised,
        "kept": kept,
        "own": own,
        "free": free,
        "nearest": _nearest(floors, refusal),
        "refusal": refusal,
    }
    return render(request, f"{PAGES}/choose.html", context, status=409 if refusal else 200)


@login_required
@require_safe
def choice_states(request: HttpRequest, pk: int, hall_pk: int) -> HttpResponse:
    exhibitor = _own(request.user, pk)
    one = next(iter(floor.halls_of(exhibitor.event, only=hall_pk)), None)
    if one is None:
        raise Http404
    seen = floor.for_company(one, exhibitor, placing.promised_m2(exhibitor), timezone.now())
    return states_answer(request, seen, {spot.stand.number: said_of(spot) for spot in seen.spots}, {})


@login_required
@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the stand that was pressed for some minutes. 409 with its free neighbours if somebody was first."""
    exhibitor = _own(request.user, pk)
    stand = _stand_of(exhibitor, request.POST.get("stand", ""))
    try:
        placing.hold(stand=stand, exhibitor=exhibitor, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return _show_choice(request, exhibitor, refusal)
    return redirect("registrations:stand-choose", pk)


@login_required
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """The stand that is kept becomes the company's."""
    exhibitor = _own(request.user, pk)
    stand = _stand_of(exhibitor, request.POST.get("stand", ""))
    try:
        placing.choose(stand=stand, exhibitor=exhibitor, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return _show_choice(request, exhibitor, refusal)
    messages.success(request, _("Stand %(number)s is yours.") % {"number": stand.number})
    return redirect("registrations:own-exhibitor", pk)


@login_required
@require_POST
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    placing.let_go(exhibitor=_own(request.user, pk))
    messages.success(request, _("The stand is no longer kept for you."))
    return redirect("registrations:stand-choose", pk)


def _own(user: Visitor, pk: int) -> Exhibitor:
    """The company's own application with a place at a fair that has a floor."""
    exhibitor = get_own_exhibitor(user, pk, "exhibitor.edit")
    if exhibitor.state not in State.holding() or not exhibitor.event.takes_stands:
        raise Http404
    return exhibitor


def _stand_of(exhibitor: Exhibitor, typed: str) -> Stand:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 12):
        raise Http404
    return get_object_or_404(Stand.objects.select_related("hall"), pk=int(typed), event=exhibitor.event)


def _one_of(
    floors: list[floor.Floor], asked: str | None, leading: StandHold | StandPlacing | None
) -> floor.Floor | None:
    """The hall that is asked for; else where the company stands, else the first."""
    wanted = asked if asked else str(leading.stand.hall_id) if leading is not None else ""
    return next((one for one in floors if str(one.hall.pk) == wanted), floors[0] if floors else None)


def _nearest(floors: list[floor.Floor], refusal: Refusal | None) -> list[floor.Spot]:
    """The free stands that a refusal points to, the nearest first."""
    numbers = refusal.nearest if isinstance(refusal, StandTaken) else []
    spots = {spot.stand.number: spot for one in floors for spot in one.spots}
    return [spots[number] for number in numbers if number in spots]


# --- Everybody ------------------------------------------------------------------------------------------------------


@require_safe
def public_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Who stands where: the picture, and the same as a list that can be searched."""
    event = _public_fair(request.user, slug)
    words = request.GET.get("q", "").replace("\0", "")[:100]
    floors = [floor.for_everybody(one) for one in floor.halls_of(event)]
    found = [spot for one in floors for spot in floor.matching(one.spots, words) if spot.company]
    wanted = request.GET.get("hall") or (str(found[0].stand.hall_id) if words and found else "")
    shown = next((one for one in floors if str(one.hall.pk) == wanted), floors[0] if floors else None)
    context = {
        "event": event,
        "floors": floors,
        "floor": shown,
        "found": found,
        "words": words,
        "marked": {spot.stand.pk for spot in found} if words else set(),
    }
    return render(request, f"{PAGES}/public.html", context)


@require_safe
def public_paper(request: HttpRequest, slug: str) -> HttpResponse:
    event = _public_fair(request.user, slug)
    return plan_answer(event, [floor.for_everybody(one) for one in floor.halls_of(event)])


@require_safe
def plan_picture(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """What lies behind a hall's stands, for whoever may see the hall."""
    hall = get_object_or_404(Hall.objects.select_related("event").exclude(plan=""), pk=pk, event__slug=slug)
    is_public = _is_public(hall.event)
    if (
        not is_public
        and not may(request.user, "stands.view", hall.event)
        and not _stands_there(request.user, hall.event)
    ):
        raise Http404
    try:
        picture = default_storage.open(hall.plan.name)
    except FileNotFoundError as gone:
        raise Http404 from gone
    kind = "image/svg+xml" if hall.plan.name.endswith(".svg") else "image/webp"
    response = FileResponse(picture, content_type=kind)
    response["Cache-Control"] = "public, max-age=3600" if is_public else "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _public_fair(user: Visitor, slug: str) -> Event:
    event = get_public_event(user, slug)
    if not event.takes_stands or not (_is_public(event) or may(user, "stands.view", event)):
        raise Http404
    return event


def _is_public(event: Event) -> bool:
    return event.is_public and layout.settings_of(event).is_public


def _stands_there(user: Visitor, event: Event) -> bool:
    return user.is_authenticated and Exhibitor.objects.of(user).filter(event=event, state__in=State.holding()).exists()
