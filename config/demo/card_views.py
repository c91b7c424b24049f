"""The stand-in's pay page: what the card company's own page is in production. Only the demo has it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from config.demo.stand_in import STAND_IN
from registrations.cards.messages import receive


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def pay(request: HttpRequest, session_id: str) -> HttpResponse:
    """Pay, or turn back. The message goes to the same function that the card company's would."""
    session = STAND_IN.sessions.get(session_id)
    if session is None:
        raise Http404
    if request.method != "POST":
        return render(request, "demo/card.html", {"session": session})
    if session["status"] == "open":
        payload, signature = STAND_IN.message("checkout.session.completed", STAND_IN.pay(session_id))
        receive(payload=payload, signature=signature, at=timezone.now())
    return redirect(session["success_url"])
