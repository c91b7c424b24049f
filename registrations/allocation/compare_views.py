"""Two proposals side by side."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.look import formats
from events.nights.gate import get_planned_night_for
from registrations.allocation import comparing, queries
from registrations.allocation.models import Proposal, ProposalState
from registrations.allocation.names import Names
from registrations.allocation.words import level_line


@login_required
@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """``?one=3&other=5``: levels, municipalities, and the classes that win, lose or move."""
    night = get_planned_night_for(request.user, slug, "allocation.view")
    chosen = [request.GET.get(name, "") for name in ("one", "other")]
    numbers = [int(text) for text in chosen if text.isascii() and text.isdigit() and len(text) < 6]
    if len(set(numbers)) != 2:
        messages.error(request, _("Choose two different proposals to compare."))
        return redirect("registrations:proposal-list", slug)
    ready = {
        row.number: row
        for row in Proposal.objects.for_night(night).filter(state=ProposalState.DONE, number__in=numbers)
    }
    if len(ready) != 2:
        raise Http404
    one, other = ready[numbers[0]], ready[numbers[1]]
    return render(request, "registrations/allocation/compare.html", _context(night, one, other))


def _context(night: Any, one: Proposal, other: Proposal) -> dict[str, Any]:
    names = Names.of(night)
    before, after = one.solution or {}, other.solution or {}
    turns = comparing.turns(before, after)
    lines: dict[str, list[dict[str, Any]]] = {"won": [], "lost": [], "moved": []}
    for turn in turns:
        row = names.school_class(turn.group)
        if row:
            lines[turn.kind].append({"row": row, "before": names.wave(turn.before), "after": names.wave(turn.after)})
    return {
        "event": night.event,
        "night": night,
        "one": one,
        "other": other,
        "pictures": (one.measures["proposal"], other.measures["proposal"]),
        "levels": [_level(pair, one, other) for pair in comparing.levels(before, after)],
        "municipalities": queries.municipality_lines(one.measures["proposal"], other.measures["proposal"], names),
        "turns": lines,
        "counts": _counts(one.measures["proposal"], other.measures["proposal"]),
    }


def _counts(one: dict[str, Any], other: dict[str, Any]) -> list[dict[str, Any]]:
    """What the levels do not say: classes, and how many see what they wished for."""
    language = get_language()
    rows = [
        {
            "title": _("Classes with a place"),
            "one": one["classes"][0],
            "other": other["classes"][0],
            "difference": _signed(other["classes"][0] - one["classes"][0]),
        }
    ]
    for key, title in (
        ("first_wish", _("Pupils who see their first wish")),
        ("three_wishes", _("Of everybody's three dearest wishes")),
    ):
        sides = [queries.part(side[key]) for side in (one, other)]
        shown = ["–" if side is None else formats.percent(side, language, 0) for side in sides]
        rows.append({"title": title, "one": shown[0], "other": shown[1], "difference": ""})
    return rows


def _signed(number: int) -> str:
    return f"{number:+d}".replace("-", formats.MINUS) if number else _("the same")


def _level(pair: comparing.LevelPair, one: Proposal, other: Proposal) -> dict[str, Any]:
    sides = [
        level_line(pair.name, row["value"], row["bound"], row["proven"], queries.totals_of(proposal)) if row else None
        for row, proposal in ((pair.one, one), (pair.other, other))
    ]
    shown = next(side for side in sides if side)
    return {"title": shown.title, "one": sides[0], "other": sides[1], "better": pair.better}
