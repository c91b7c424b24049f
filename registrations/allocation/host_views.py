"""The company's own page: it has seen who visits its stations."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.errors import Refusal
from registrations.allocation.visiting import mark_seen
from registrations.organisations.gate import get_own_exhibitor


@login_required
@require_POST
def list_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """From now on only what changes after this is marked."""
    host = get_own_exhibitor(request.user, pk, "exhibitor.edit")
    try:
        mark_seen(host=host, shown=request.POST.get("shown", ""), by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. From now on only new changes are marked."))
    return redirect("registrations:own-exhibitor", pk)
