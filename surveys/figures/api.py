"""Figures for other systems, at ``/api/figures/``. Whoever may see an event's page of figures may read them here.

With a token (docs/figures-api.md) or signed in as on the pages; everybody else gets the same 404 as for an event that
is not there.
"""

from typing import Any

from django.core.validators import slug_re
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.errors import HttpError

from events.access.gate import Visitor, get_event_for
from events.programme.models import Event
from surveys.figures.facts import facts_of_event
from surveys.figures.tokens.auth import Bearer, by_session
from surveys.figures.tokens.models import FigureToken

router = Router(tags=["figures"])


class MissingOut(Schema):
    code: str
    detail: Any = None


class FactsOut(Schema):
    """``figures`` all have the same keys; ``details`` have each question's distribution and tables by group.

    Shares and their limits run from 0 to 1. What is withheld is null, with ``suppressed: true``; fewer than
    ``suppress_below`` answers are.
    """

    event: str
    name: str
    suppress_below: int
    figures: list[dict[str, Any]]
    details: list[dict[str, Any]]


@router.get(
    "/events/{slug}/",
    response={200: FactsOut, 401: MissingOut, 404: MissingOut, 429: MissingOut},
    auth=[Bearer(), by_session],
    url_name="figures-event",
    summary="All figures of an event",
)
def event_figures(request: HttpRequest, slug: str) -> dict[str, Any]:
    """The same as ``manage.py figures EVENT --json`` prints."""
    try:
        # Whatever stands in the address comes here, so that it gets an answer that a program can read.
        if not slug_re.match(slug):
            raise Http404
        event = _event_for(request.auth, slug)  # type: ignore[attr-defined]
    except Http404 as missing:
        raise HttpError(404, "There is no such event.") from missing
    return facts_of_event(event, at=timezone.now())


def _event_for(who: FigureToken | Visitor, slug: str) -> Event:
    """The event at ``slug`` if ``who`` may read its figures; otherwise 404."""
    if not isinstance(who, FigureToken):
        return get_event_for(who, slug, "figures.view")
    event = get_object_or_404(Event, slug=slug)
    if not who.reads(event):
        raise Http404
    return event
