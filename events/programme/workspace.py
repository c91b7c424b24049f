"""The organiser's pages of an event: made, copied, looked over, changed, published, cancelled."""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.access.gate import get_area_for, get_event_for
from events.access.models import AuditEntry
from events.access.rules import may
from events.answers import status_of
from events.errors import Refusal, Stale
from events.municipalities.models import Area
from events.once.guard import makes_once
from events.plan.models import Activity
from events.programme import queries, services
from events.programme.forms import EventForm
from events.programme.models import Event, EventState
from events.venue.forms import VenueForm
from events.venue.services import change_venue
from events.versions import show_stale


@login_required
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the event stands: its line of time, what waits for a decision, four numbers, the latest changes."""
    event = get_event_for(request.user, slug, "event.view")
    at = timezone.now()
    context = {
        "event": event,
        "is_over": event.is_over(at),
        "line": queries.line_of_time(event, at),
        "numbers": queries.numbers_of(event, request.user),
        "decisions": queries.decisions_for(event, request.user),
        "missing": queries.missing_before_publishing(event) if event.state == EventState.DRAFT else [],
        "history": queries.latest_changes(event, request.user),
        "may_copy": may(request.user, "area.create_event", event.area),
    }
    return render(request, "events/programme/overview.html", context)


@login_required
@makes_once
def event_new(request: HttpRequest, slug: str) -> HttpResponse:
    """A new event in the area; ``?activity=`` picks its row in the plan."""
    area = get_area_for(request.user, slug, "area.create_event")
    blank = Event(area=area, contact_email=request.user.email, **_usual(area))
    blank.activity = _activity_of(area, request.GET.get("activity", ""))
    return _make(request, area, blank)


@login_required
@makes_once
def event_copy(request: HttpRequest, slug: str) -> HttpResponse:
    """The next edition of an event, with every setting taken over and the dates moved to the same weekday."""
    earlier = get_event_for(request.user, slug, "event.view")
    if not may(request.user, "area.create_event", earlier.area):
        raise Http404
    return _make(request, earlier.area, queries.copy_of(earlier, timezone.now()), earlier=earlier)


def _make(request: HttpRequest, area: Area, blank: Event, earlier: Event | None = None) -> HttpResponse:
    form = EventForm(request.POST or None, area=area, instance=blank)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            event = services.create_event(
                area=area, details=form.details(), by=request.user, at=timezone.now(), copied_from=earlier
            )
        except Refusal as said:
            refusal = said
            form.add_error(_blamed(said), str(said))
        else:
            messages.success(request, _("The draft is saved. Look it through, then publish it."))
            return redirect("events:event-overview", event.slug)
    context = {"form": form, "area": area, "earlier": earlier}
    return render(request, "events/programme/new.html", context, status=status_of(form, refusal))


def _blamed(refusal: Refusal) -> str | None:
    """The field that a refusal is about."""
    return {"slug_taken": "slug", "slug_is_out": "slug", "venue_exists": "venue", "issuer_exists": "issuer"}.get(
        refusal.code
    )


def _usual(area: Area) -> dict[str, Any]:
    """What the area's latest event had, and the next will most likely have too."""
    last = Event.objects.filter(area=area).select_related("issuer").first()
    return {"issuer": last.issuer} if last else {}


def _activity_of(area: Area, pk: str) -> Activity | None:
    return Activity.objects.filter(plan__area=area, pk=pk).first() if pk.isdecimal() and len(pk) < 18 else None


@login_required
def event_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The event's settings."""
    event = get_event_for(request.user, slug, "event.edit")
    form = EventForm(request.POST or None, area=event.area, instance=copy(event))
    answer: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            event = services.change_event(
                event=event,
                details=form.details(),
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Stale as refusal:
            answer = {"refusal": refusal, "stored": show_stale(form, event)}
        except Refusal as refusal:
            answer = {"refusal": refusal}
            form.add_error(_blamed(refusal), str(refusal))
        else:
            messages.success(request, _("The settings are saved."))
            return redirect("events:event-overview", event.slug)
    history = AuditEntry.objects.about(event).filter(verb__in=[services.CHANGED, services.CREATED, services.COPIED])
    context = {"event": event, "form": form, "history": history[:5], **answer}
    return render(request, "events/programme/edit.html", context, status=status_of(form, answer.get("refusal")))


@login_required
def event_venue(request: HttpRequest, slug: str) -> HttpResponse:
    """The event's venue: its address, and what a visitor must know to get in."""
    event = get_event_for(request.user, slug, "event.edit")
    form = VenueForm(request.POST or None, instance=copy(event.venue))
    answer: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            change_venue(
                venue=event.venue,
                details=form.details(),
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Stale as refusal:
            answer = {"refusal": refusal, "stored": show_stale(form, event.venue)}
        except Refusal as refusal:
            answer = {"refusal": refusal}
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("The venue is saved."))
            return redirect("events:event-edit", event.slug)
    others = event.venue.events.exclude(pk=event.pk).count()
    context = {"event": event, "form": form, "others": others, **answer}
    return render(request, "events/programme/venue.html", context, status=status_of(form, answer.get("refusal")))


# --- Published, hidden, cancelled -----------------------------------------------------------------------------------


Words = tuple[str | Promise, str | Promise, str | Promise, str | Promise, str]

ASKED: dict[str, Words] = {
    # title, what it means, the button, what is said afterwards, the button's tone
    "publish": (
        gettext_lazy("Publish the event?"),
        gettext_lazy("Everybody can see its page from now on. Companies can apply from the day registration opens."),
        gettext_lazy("Publish"),
        gettext_lazy("The event is published."),
        "",
    ),
    "unpublish": (
        gettext_lazy("Take the event back to draft?"),
        gettext_lazy(
            "Its page disappears for everybody but its makers, and nobody can sign up. "
            "This is possible only as long as nobody has registered."
        ),
        gettext_lazy("Back to draft"),
        gettext_lazy("The event is a draft again."),
        "danger",
    ),
    "cancel": (
        gettext_lazy("Cancel the event?"),
        gettext_lazy(
            "Its page stays and says that the event is cancelled, and nobody can sign up. "
            "Everybody who has registered is told by e-mail at once."
        ),
        gettext_lazy("Cancel the event"),
        gettext_lazy("The event is cancelled. Its page says so, and those who had registered get an e-mail."),
        "danger",
    ),
    "restore": (
        gettext_lazy("Take back the cancellation?"),
        gettext_lazy("The event is public as before, with everybody who had registered."),
        gettext_lazy("Take it back"),
        gettext_lazy("The event is on again."),
        "",
    ),
}


def _change_state(request: HttpRequest, slug: str, act: str, service: Callable[..., Event]) -> HttpResponse:
    """Ask on GET, do on POST. A second click, or a colleague who was quicker, is told how the event is now."""
    event = get_event_for(request.user, slug, "event.publish")
    overview_url = reverse("events:event-overview", args=[event.slug])
    title, text, label, done, tone = ASKED[act]
    if request.method == "POST":
        try:
            service(event=event, by=request.user, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
        return redirect(overview_url)
    context = {"title": title, "text": text, "action_label": label, "tone": tone, "cancel_url": overview_url}
    return render(request, "components/confirm.html", context)


@login_required
def event_publish(request: HttpRequest, slug: str) -> HttpResponse:
    return _change_state(request, slug, "publish", services.publish_event)


@login_required
def event_unpublish(request: HttpRequest, slug: str) -> HttpResponse:
    return _change_state(request, slug, "unpublish", services.unpublish_event)


@login_required
def event_cancel(request: HttpRequest, slug: str) -> HttpResponse:
    return _change_state(request, slug, "cancel", services.cancel_event)


@login_required
def event_restore(request: HttpRequest, slug: str) -> HttpResponse:
    return _change_state(request, slug, "restore", services.restore_event)
