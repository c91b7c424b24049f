"""The public pages: what comes, one event, and somebody's own page."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from events.access.gate import get_public_event
from events.access.rules import areas_where, plans_where
from events.programme import hooks, queries
from events.programme.ways_in import ways_in

PAST_A_PAGE = 12


def start(request: HttpRequest) -> HttpResponse:
    """What Torget is, what comes and what has been."""
    at = timezone.now()
    coming = [{"event": event, "ways": ways_in(event, at)} for event in queries.coming_events(at)]
    past = Paginator(queries.past_events(at), PAST_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "events/programme/start.html", {"coming": coming, "past": past})


def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event, for everybody once it is published; its draft only for those who make it."""
    event = get_public_event(request.user, slug)
    at = timezone.now()
    context = {
        "event": event,
        "ways": ways_in(event, at),
        "is_over": event.is_over(at),
        "sections": [provider(event, request) for provider in hooks.event_page_sections],
    }
    return render(request, "events/programme/event.html", context)


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Somebody's own page: the next step first, then everything that they have to do with."""
    at = timezone.now()
    mine = list(queries.worked_on(request.user))
    coming = queries.soon(mine, at)
    steps = [step for provider in hooks.next_steps for step in provider(request.user, request)]
    steps += queries.steps_of_work(coming, request.user, at)
    context = {
        "steps": sorted(steps, key=lambda step: (step.by is None, step.by)),
        "coming": coming,
        "past": [event for event in mine if event not in coming],
        "areas": areas_where(request.user, "area.create_event").alphabetical(),
        "plans": plans_where(request.user, "plan.view").select_related("area"),
        "sections": [section for provider in hooks.home_sections if (section := provider(request.user, request))],
        "public": queries.coming_events(at).exclude(pk__in=[event.pk for event in mine])[:3],
    }
    return render(request, "events/programme/home.html", context)
