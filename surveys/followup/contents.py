"""The follow-up document as plain data: what is frozen, compared and printed (format "torget.followup/1").

Everything that a reader of the paper needs is in it, in words and in numbers: nothing has to be looked up later. Words
are in the active language, which ``language`` names; moments are ISO 8601 in UTC. Each figure stands once, under
``figures``; rows name theirs by their keys. Shares go from 0 to 1.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from events.plan.models import Activity, ActivityPlan, StatusChange
from events.plan.queries import Partner
from surveys.figures.figure import Asked, Count, Figure, Reported
from surveys.figures.measures import Measure
from surveys.figures.queries import COMPANIES
from surveys.figures.shares import Interval
from surveys.followup.numbers import unit_of
from surveys.followup.queries import Document, Finding, GoalRow, Row
from surveys.followup.targets import Standing
from surveys.followup.told import Told
from surveys.followup.words.queries import Piece

FORMAT = "torget.followup/1"

Plain = dict[str, Any]


def contents_of(document: Document, *, frozen: Plain | None = None) -> Plain:
    """``document`` as plain data in the order of the paper; ``frozen`` says for which meeting it was kept, if any."""
    return {
        "format": FORMAT,
        "language": (get_language() or "sv")[:2],
        "frozen": frozen,
        "plan": _plan(document.plan),
        "year": document.year,
        "computed_at": _moment(document.computed_at),
        "introduction": [_piece(piece) for piece in document.introduction],
        "completed": [activity.title for activity in document.completed],
        "goals": [_goal(row) for row in document.goal_rows],
        "activities": [_row(row) for row in document.rows],
        "planned": [_row(row) for row in document.planned],
        "reflections": [_piece(piece) for piece in document.questions],
        "participation": [_partner(partner) for partner in document.partners],
        "figures": [_finding(finding) for finding in document.findings],
    }


def _plan(plan: ActivityPlan) -> Plain:
    return {
        "id": plan.pk,
        "title": plan.title,
        "area": str(plan.area),
        "first_year": plan.first_year,
        "last_year": plan.last_year,
        "decided_on": _day(plan.decided_on),
    }


def _piece(piece: Piece) -> Plain:
    return {"id": str(piece.part), "title": piece.title, "text": piece.text}


def _goal(row: GoalRow) -> Plain:
    goal = row.goal
    return {
        "id": goal.pk,
        "kind": goal.kind,
        "kind_words": str(goal.get_kind_display()),
        "number": goal.number,
        "text": goal.text,
        "description": goal.description,
        "state": goal.state,
        "state_words": str(goal.get_state_display()),
        "figures": _keys(row.findings),
    }


def _row(row: Row) -> Plain:
    activity: Activity = row.activity
    return {
        "id": activity.pk,
        "title": activity.title,
        "responsible": [str(municipality) for municipality in activity.responsible.all()],
        "done_by": activity.done_by,
        "status": activity.status,
        "status_words": str(activity.get_status_display()),
        "status_changed": _status_changed(row.last_change),
        "status_changed_words": row.changed_words,
        "steps": [{"text": step.text, "done": step.done} for step in activity.steps.all()],
        "steps_words": row.steps_words,
        "what_happened": activity.what_happened,
        "short_term_effect": activity.short_term_effect,
        "long_term_effect": activity.long_term_effect,
        "figures": _keys(row.findings),
    }


def _status_changed(change: StatusChange | None) -> Plain | None:
    """When and why, not who: what is frozen is kept for ever, and names of people are not."""
    if change is None:
        return None
    return {"at": _moment(change.at), "before": change.before, "after": change.after, "note": change.note}


def _partner(partner: Partner) -> Plain:
    return {"id": partner.municipality.pk, "title": str(partner.municipality), "years": partner.years}


def _keys(found: Iterable[Finding]) -> list[int]:
    return [finding.indicator.pk for finding in found]


def _finding(finding: Finding) -> Plain:
    figure, indicator, event = finding.figure, finding.indicator, finding.indicator.event
    kinds: dict[type, Callable[..., Plain]] = {
        Figure: _share,
        Measure: _measure,
        Count: _count,
        Reported: _reported,
        Told: _told,
    }
    draft = finding.draft
    return {
        "id": indicator.pk,
        "title": finding.name,
        "event": {"slug": event.slug, "title": event.title} if event else None,
        "value": figure.value,
        "unit": str(unit_of(figure)),
        "value_words": finding.value,
        "draft": {"figure": draft.figure, "rest": draft.rest, "uncertainty": draft.uncertainty},
        "own": finding.own,
        "dropped": indicator.dropped,
        "source": figure.asked.source if isinstance(figure, Figure | Measure) else figure.source,
        "source_words": _source_words(finding),
        "definition": indicator.definition,
        "baseline_words": finding.baseline_words,
        "target_words": finding.target_words,
        "standing": str(finding.standing),
        "standing_words": _standing_words(finding.standing),
        "computed_at": _moment(figure.computed_at),
        **kinds[type(figure)](figure),
    }


def _share(figure: Figure) -> Plain:
    return {
        "kind": "share",
        "k": figure.k,
        "finite": _interval(figure.finite),
        **_answers(figure),
    }


def _measure(figure: Measure) -> Plain:
    return {"kind": "measure", "statistic": figure.statistic, **_answers(figure)}


def _answers(figure: Figure | Measure) -> Plain:
    return {
        "n": figure.n,
        "population": figure.population,
        "interval": _interval(figure.interval),
        "suppressed": figure.suppressed,
        "reason": str(figure.reason) if figure.reason else None,
        "method": figure.method,
        "question": _question(figure.asked),
    }


def _question(asked: Asked) -> Plain:
    return {
        "key": asked.key,
        "audience": str(asked.audience),
        "kind": str(asked.kind),
        "label": asked.label,
        "text": asked.text,
        "counted": asked.counted,
        "version": asked.version,
    }


def _count(figure: Count) -> Plain:
    return {
        "kind": "count",
        "key": str(figure.key),
        "over": figure.over,
        "parts": [[str(key), value] for key, value in figure.parts],
        "turnouts": [{"key": one.key, "came": one.came, "of": one.of} for one in figure.turnouts],
    }


def _reported(figure: Reported) -> Plain:
    return {"kind": "reported", "n": figure.n, "approximate": figure.approximate, "paper": figure.paper}


def _told(figure: Told) -> Plain:
    return {
        "kind": "told",
        "key": str(figure.key),
        "n": figure.n,
        "population": figure.population,
        "on": _day(figure.on),
        "of_year": figure.year,
        "parts": [[str(key), value] for key, value in figure.parts],
        "paper": figure.paper,
    }


def _source_words(finding: Finding) -> str:
    """Where a figure comes from, as it stands under its sentence."""
    figure, event = finding.figure, finding.indicator.event
    if isinstance(figure, Figure | Measure):
        facts = {"question": figure.asked.label, "version": figure.asked.version}
        if figure.asked.audience == "exhibitors":
            return _("Source: the exhibitors' survey, “%(question)s”, wording %(version)s") % facts
        if figure.asked.audience == "visitors":
            return _("Source: the visitors' survey, “%(question)s”, wording %(version)s") % facts
        return _("Source: a survey, “%(question)s”, wording %(version)s") % facts
    if isinstance(figure, Reported):
        return _("Reported, not counted by us. Source: %(paper)s") % {"paper": figure.paper}
    if isinstance(figure, Told):
        return _("Source: %(paper)s") % {"paper": figure.paper} if figure.paper else ""
    words = {
        "attendance": _("Source: the door of %(event_title)s"),
        "arrived": _("Source: the door of %(event_title)s"),
        "pupil_cost": _("Source: the settings and bookings of %(event_title)s"),
        **dict.fromkeys(COMPANIES, _("Source: the registrations to %(event_title)s")),
    }
    other = _("Source: the schools' bookings of %(event_title)s")
    return words.get(figure.key, other) % {"event_title": event.title if event else ""}


def _standing_words(standing: Standing) -> str:
    return {
        Standing.REACHED: pgettext("how an indicator stands", "Target reached"),
        Standing.ON_THE_WAY: pgettext("how an indicator stands", "On the way"),
        Standing.NOT_REACHED: pgettext("how an indicator stands", "Target not reached"),
        Standing.CANT_TELL: pgettext("how an indicator stands", "Can't tell"),
        Standing.NO_TARGET: "",
    }[standing]


def _interval(interval: Interval | None) -> list[float] | None:
    return [interval.low, interval.high] if interval else None


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None
