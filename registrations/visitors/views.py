"""Pages for visitors: sign up, cancel."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_ratelimit.decorators import ratelimit

from events.access.gate import get_public_event
from events.access.limits import typed_email
from events.errors import Refusal
from registrations.tickets.gate import get_ticket
from registrations.visitors import services
from registrations.visitors.availability import availability_of
from registrations.visitors.forms import SignUpForm

PAGE = "registrations/visitors/sign_up.html"


@never_cache
@ratelimit(key="ip", rate="20/m", method="POST", group="visitor-sign-up")
@ratelimit(key=typed_email, rate="6/h", method="POST", group="visitor-sign-up-address")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    """A free ticket for somebody who gives a name and an address; on to the ticket's page."""
    event = get_public_event(request.user, slug)
    if not event.takes_visitors:
        raise Http404
    at = timezone.now()
    availability = availability_of(event, services.places_taken(event), at)
    form = SignUpForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                done = services.sign_up_visitor(event=event, language=get_language() or "", at=at, **form.cleaned_data)
            except services.SignUpClosed as refusal:
                availability, status = refusal.availability, 409
            else:
                return _answer(request, done)
    context = {"event": event, "form": form, "availability": availability}
    return render(request, PAGE, context, status=status)


def _answer(request: HttpRequest, done: services.SignUp) -> HttpResponse:
    """The new ticket's page; but whoever only knows somebody's address is not shown that one's ticket."""
    if done.known:
        context = {"event": done.visitor.event, "email": done.visitor.email}
        return render(request, "registrations/visitors/known.html", context)
    messages.success(request, _("Welcome! We have sent the ticket to %(email)s too.") % {"email": done.visitor.email})
    return redirect("registrations:ticket", done.ticket.code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_visit(request: HttpRequest, code: str) -> HttpResponse:
    """Asks first, then frees the place. Whoever has the ticket may."""
    ticket = get_ticket(request, code, visitors_only=True)
    if request.method == "POST":
        try:
            services.cancel_visit(visitor=ticket.visitor, by=None, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Your visit is cancelled, and somebody else can have the place."))
        return redirect("registrations:ticket", ticket.code)
    context = {
        "title": _("Cancel your visit?"),
        "text": _("%(name)s, your place at %(event)s goes to somebody else. The ticket is no longer valid.")
        % {"name": ticket.holder_name, "event": ticket.event.title},
        "action_label": _("Cancel my visit"),
        "back_label": _("Keep the ticket"),
        "cancel_url": reverse("registrations:ticket", args=[ticket.code]),
        "tone": "danger",
    }
    return render(request, "components/confirm.html", context)
