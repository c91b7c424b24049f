"""Writing a part of the document in place: a fragment for htmx, a page of its own without JavaScript."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.access.gate import get_plan_for
from events.answers import status_of
from events.errors import Stale
from surveys.followup.words import services
from surveys.followup.words.forms import LONGEST, WordsForm
from surveys.followup.words.models import Part
from surveys.followup.words.queries import Piece, piece_of

PAGES = "surveys/followup/words"
KEPT = "followup_typed"
MOST_KEPT = 5


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, pk: int, year: int, part: str) -> HttpResponse:
    """One part: its form, and what was typed when it is sent. ``?read`` gives the part as it stands, for htmx.

    Whoever was signed out meanwhile signs in and finds the text in the form again.
    """
    if not request.user.is_authenticated:
        return _sign_in_first(request)
    plan = get_plan_for(request.user, pk, "followup.edit")
    if year not in plan.years or part not in Part.values:
        raise Http404
    piece = piece_of(plan, year, Part(part))
    context: dict[str, Any] = {"plan": plan, "year": year, "can_edit": True}
    if request.method != "POST":
        if "read" in request.GET and _by_htmx(request):
            return render(request, f"{PAGES}/_piece.html", {**context, "piece": piece})
        kept = request.session.get(KEPT, {}).pop(request.path, None)
        if kept is not None:
            request.session.modified = True
        typed = None if kept is None else kept["text"]
        form = WordsForm(piece=piece, typed=typed)
        if kept is not None and kept["version"] != piece.version:
            context |= {"refusal": Stale(), "stored": [(piece.title, piece.text)]}
        return _form(request, {**context, "piece": piece, "form": form, "found_again": kept is not None})
    form = WordsForm(request.POST, piece=piece)
    if not form.is_valid():
        return _form(request, {**context, "piece": piece, "form": form})
    text, seen = form.cleaned_data["text"], form.cleaned_data["version"]
    try:
        services.write_words(
            plan=plan, year=year, part=piece.part, text=text, seen=seen, by=request.user, at=timezone.now()
        )
    except Stale as refusal:
        piece = piece_of(plan, year, piece.part)
        context |= {"refusal": refusal, "stored": [(piece.title, piece.text)]}
        return _form(request, {**context, "piece": piece, "form": _again(request, piece)})
    if _by_htmx(request):
        piece = piece_of(plan, year, piece.part)
        return render(request, f"{PAGES}/_piece.html", {**context, "piece": piece, "saved": True})
    messages.success(request, _("The text is saved."))
    response = redirect("surveys:followup", plan.pk, year)
    response["Location"] += f"#{piece.anchor}"
    return response


def _again(request: HttpRequest, piece: Piece) -> WordsForm:
    """The form with what was typed, upon the version that stands now: saving it again overwrites knowingly."""
    data = QueryDict(mutable=True)
    data.update(request.POST)
    data["version"] = str(piece.version)
    form = WordsForm(data, piece=piece)
    form.is_valid()
    return form


def _form(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    page = "_form.html" if _by_htmx(request) else "page.html"
    status = status_of(context["form"], context.get("refusal")) if request.method == "POST" else 200
    return render(request, f"{PAGES}/{page}", context, status=status)


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """Keep what was typed in the session, and come back to it after signing in."""
    if request.method == "POST":
        version = request.POST.get("version", "")
        seen = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
        typed = {"text": request.POST.get("text", "")[:LONGEST], "version": seen}
        others = list(request.session.get(KEPT, {}).items())[-(MOST_KEPT - 1) :]
        request.session[KEPT] = dict(others) | {request.path: typed}
    to_login = redirect_to_login(request.path)
    if _by_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": to_login["Location"]})
    return to_login


def _by_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
