"""Tokens for other systems: made, listed and revoked by organisers."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods
from django_ratelimit.decorators import ratelimit

from events.access.gate import get_event_for
from events.access.rules import may
from events.answers import status_of
from events.errors import Refusal
from surveys.figures.tokens import services
from surveys.figures.tokens.auth import PER_MINUTE
from surveys.figures.tokens.forms import TokenForm
from surveys.figures.tokens.models import FigureToken

PAGES = "surveys/figures/tokens"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@ratelimit(key="user", rate="60/h", method="POST", block=True)
@sensitive_variables("secret")
def tokens(request: HttpRequest, slug: str) -> HttpResponse:
    """The tokens that read the event's figures, and a form for another. A new one is shown in the answer, this once."""
    event = get_event_for(request.user, slug, "figures.tokens")
    at = timezone.now()
    area = event.area if may(request.user, "figures.tokens", event.area) else None
    asked = {"event": event, "area": area, "today": timezone.localdate(at)}
    form = TokenForm(request.POST if request.method == "POST" else None, **asked)
    refusal, secret = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            _token, secret = services.make_token(by=request.user, at=at, **form.details())
        except Refusal as said:
            refusal = said
            form.add_error("ends_on", str(said))
        else:
            form = TokenForm(**asked)
    rows = [
        {"token": token, "works": token.works(asked["today"]), "revocable": token.event_id or area}
        for token in FigureToken.objects.reaching(event).select_related("made_by")
    ]
    context = {
        "event": event,
        "form": form,
        "rows": rows,
        "secret": secret,
        "address": settings.BASE_URL + reverse("api:figures-event", args=[event.slug]),
        "per_minute": PER_MINUTE,
    }
    return render(request, f"{PAGES}/tokens.html", context, status=status_of(form, refusal))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asks first; then the token stops working. One for a whole area is its organisers'."""
    event = get_event_for(request.user, slug, "figures.tokens")
    token = get_object_or_404(FigureToken.objects.reaching(event), pk=pk)
    if not may(request.user, "figures.tokens", token.event or event.area):
        raise Http404
    back = reverse("surveys:figure-tokens", args=[slug])
    if request.method == "POST":
        services.revoke_token(token=token, by=request.user, at=timezone.now())
        messages.success(request, _("The token no longer works."))
        return redirect(back)
    context = {
        "title": _("Revoke %(token)s?") % {"token": token},
        "text": _("The system that reads figures with it is refused from now on. It cannot be undone; make a new one."),
        "action_label": _("Revoke the token"),
        "cancel_url": back,
        "tone": "danger",
    }
    return render(request, "components/confirm.html", context)
