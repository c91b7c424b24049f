"""Share links: made, listed and revoked by those who work with the plan; opened by directors without signing in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_ratelimit.core import is_ratelimited
from django_ratelimit.decorators import ratelimit
from django_ratelimit.exceptions import Ratelimited

from events.answers import status_of
from events.errors import Refusal
from surveys.followup.frozen import shares
from surveys.followup.frozen.forms import ShareForm
from surveys.followup.frozen.models import ShareLink
from surveys.followup.frozen.queries import contents_in
from surveys.followup.frozen.views import PAGES, get_frozen_for, paper_response
from surveys.followup.papers.sheet import paper_of

# Only misses are counted: whoever has a link opens it as often as they like.
MISSES = {"group": "share-link-misses", "key": "ip", "rate": "20/m"}


@login_required
@ratelimit(key="user", rate="60/h", method="POST", block=True)
def links(request: HttpRequest, pk: int, year: int, number: int) -> HttpResponse:
    """The links of a version, and a form for another. A new link is shown in the answer to its form, this once."""
    one = get_frozen_for(request, pk, year, number, "followup.edit")
    form = ShareForm(request.POST if request.method == "POST" else None)
    refusal, address = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            _link, token = shares.make_share_link(frozen=one, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refusal as said:
            refusal = said
            form.add_error("ends_on", str(said))
        else:
            address = settings.BASE_URL + reverse("surveys:shared", args=[token])
            form = ShareForm()
    today = timezone.localdate()
    rows = [
        {"link": link, "works": link.revoked_at is None and link.ends_on >= today}
        for link in one.links.select_related("made_by")
    ]
    context = {"plan": one.plan, "year": year, "frozen": one, "form": form, "rows": rows, "address": address}
    response = render(request, f"{PAGES}/links.html", context, status=status_of(form, refusal))
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int, year: int, number: int, link_pk: int) -> HttpResponse:
    one = get_frozen_for(request, pk, year, number, "followup.edit")
    shares.revoke_share_link(link=get_object_or_404(one.links, pk=link_pk), by=request.user, at=timezone.now())
    messages.success(request, _("The link no longer works."))
    return redirect("surveys:share-links", pk, year, number)


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The frozen paper for whoever has the link; one and the same page for every link that does not work."""
    link = _open(request, token)
    if link is None:
        return _gone(request)
    one = link.frozen
    context = {
        "plan": one.plan,
        "year": one.year,
        "frozen": one,
        "link": link,
        "token": token,
        "paper": paper_of(contents_in(one)),
        "corrections": one.corrections.all(),
    }
    return _private(render(request, f"{PAGES}/shared.html", context))


@require_safe
@ratelimit(key="ip", rate="60/h", block=True)
def shared_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The same paper to print."""
    link = _open(request, token)
    if link is None:
        return _gone(request)
    return _private(paper_response(link.frozen.plan, contents_in(link.frozen), "pdf", sha256=link.frozen.sha256))


def _open(request: HttpRequest, token: str) -> ShareLink | None:
    """The link behind ``token``, its use noted. Raises Ratelimited after too many misses from one address."""
    if is_ratelimited(request, increment=False, **MISSES):
        raise Ratelimited
    at = timezone.now()
    link = shares.find_share_link(token, at)
    if link is None:
        is_ratelimited(request, increment=True, **MISSES)
        return None
    shares.note_use(link, at)
    return link


def _gone(request: HttpRequest) -> HttpResponse:
    return _private(render(request, f"{PAGES}/gone.html", status=410))


def _private(response: HttpResponse) -> HttpResponse:
    """Nobody indexes, keeps or passes on an address that is a secret."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
