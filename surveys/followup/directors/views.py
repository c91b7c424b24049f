"""The directors' page."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.access.gate import get_plan_for
from surveys.followup.directors.queries import screen


@login_required
@require_safe
def directors(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The year on one screen of a phone."""
    plan = get_plan_for(request.user, pk, "followup.view")
    if year not in plan.years:
        raise Http404
    years = [
        {"title": str(one), "url": reverse("surveys:directors", args=[plan.pk, one]), "current": one == year}
        for one in plan.years
    ]
    context = {"plan": plan, "screen": screen(plan, year, at=timezone.now()), "years": years}
    return render(request, "surveys/followup/directors.html", context)
