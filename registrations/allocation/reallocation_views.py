"""Asking for a reallocation: after cancellations, or when there is more room."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.access.models import User
from events.errors import Refusal
from events.nights.gate import get_planned_night_for
from events.once.guard import makes_once
from registrations.allocation import running
from registrations.allocation.forms import AskForm
from registrations.allocation.reallocations import ask_for_reallocation


@login_required
@require_POST
@makes_once
def reallocate(request: HttpRequest, slug: str) -> HttpResponse:
    """A new proposal that keeps what people were told. Where one is being made already, that one is shown."""
    night = get_planned_night_for(request.user, slug, "allocation.propose")
    form = AskForm({"seconds": 60, "seed": 1, **request.POST.dict()})
    if not form.is_valid():
        messages.error(request, _("The proposal could not be started. Choose how long it may take."))
        return redirect("registrations:proposal-list", slug)
    try:
        made = ask_for_reallocation(night=night, by=cast(User, request.user), at=timezone.now(), **form.cleaned_data)
    except running.OneAtATime as refusal:
        messages.error(request, str(refusal))
        return redirect("registrations:proposal", slug, refusal.facts["number"])
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("registrations:proposal-list", slug)
    return redirect("registrations:proposal", slug, made.number)
