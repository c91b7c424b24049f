"""The follow-up made ready for a paper: every word that stands on it, from the plain data alone. Word and PDF share it.

Words of the paper itself are in the active language: whoever makes a paper activates that of the contents.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.look import formats
from surveys.followup.frozen.comparison import sentence_of, with_figures

Plain = dict[str, Any]
NOTHING = formats.NOTHING


def sheet_of(contents: Plain, *, sha256: str = "") -> Plain:
    """``contents`` as title, stamp, tables and texts; ``sha256`` is the seal of a frozen version."""
    language, year, frozen = contents["language"], contents["year"], contents["frozen"]
    contents = with_figures(contents)
    years = range(contents["plan"]["first_year"], contents["plan"]["last_year"] + 1)
    titles = {"year": year, "area": contents["plan"]["area"]}
    return {
        "lang": language,
        "title": _("Follow-up of %(year)s: %(area)s") % titles,
        "heading": _("Follow-up of %(year)s") % titles,
        "area": contents["plan"]["area"],
        "author": contents["plan"]["area"],
        "plan": contents["plan"]["title"],
        "stamp": _stamp(frozen, year, language),
        "seal": sha256,
        "taken": _("The figures were taken %(at)s from their sources.")
        % {"at": formats.moment(localtime(datetime.fromisoformat(contents["computed_at"])), language, 0)},
        "labels": _labels(year),
        "introduction": [piece for piece in contents["introduction"] if _says(piece, contents)],
        "completed": contents["completed"],
        "goals": [_goal(goal) for goal in contents["goals"]],
        "activities": [_activity(row) for row in contents["activities"]],
        "planned": [_activity(row) for row in contents["planned"]],
        "reflections": [{**piece, "text": piece["text"].strip() or NOTHING} for piece in contents["reflections"]],
        "partners": [_partner(one, years) for one in contents.get("participation", [])],
        "years": [str(one) for one in years],
        "sources": [_source(one, language) for one in contents["figures"]],
    }


def paper_of(contents: Plain, *, sha256: str = "") -> Plain:
    """The same in the language of ``contents``, whatever the reader's: a paper is shown as it was."""
    with translation.override(contents["language"]):
        return sheet_of(contents, sha256=sha256)


def _says(piece: Plain, contents: Plain) -> bool:
    """Something stands under the heading: words, or the list of what is completed."""
    return bool(piece["text"].strip() or (piece["id"] == "completed" and contents["completed"]))


def _stamp(frozen: Plain | None, year: int, language: str) -> str:
    if frozen is None:
        return _("Working document, not frozen for a meeting")
    facts = {
        "number": f"{year}:{frozen['number']}",
        "meeting": frozen["meeting"],
        "day": formats.day(date.fromisoformat(frozen["meeting_on"]), language),
        "at": formats.moment(localtime(datetime.fromisoformat(frozen["frozen_at"])), language, 0),
    }
    return _("Version %(number)s for %(meeting)s, %(day)s. Frozen %(at)s.") % facts


def _labels(year: int) -> dict[str, str]:
    return {
        "goals": _("Goals"),
        "number": _("No."),
        "goal": _("Goal"),
        "description": _("Description"),
        "state": _("State"),
        "no_goals": _("The plan has no goals yet."),
        "activities": _("Activities of %(year)s") % {"year": year},
        "activity": _("Activity"),
        "happened": _("What happened"),
        "status": _("Status"),
        "no_activities": _("The plan has no activities for the year."),
        "planned": _("Planned for %(year)s") % {"year": year + 1},
        "plans": _("What is planned"),
        "no_planned": _("Nothing is planned for the year yet."),
        "reflections": _("Analysis and reflections"),
        "short": _("Short-term effect"),
        "long": _("Long-term effect"),
        "partners": _("Who takes part"),
        "municipality": _("Municipality"),
        "years": _("Takes part in"),
        "no_partners": _("Who takes part is not written down yet."),
        "sources": _("Where the figures come from"),
        "figure": _("Figure"),
        "value": _("Value"),
        "base": _("Base"),
        "source": _("Source"),
        "no_figures": _("No figures stand in the follow-up yet."),
        "chart": _("The shares of the year"),
        "page": pgettext("foot of a paper", "Page"),
        "seal": _("SHA-256 of the contents"),
    }


def _goal(goal: Plain) -> Plain:
    standings = [
        f"{named(one['title'])} {one['value_words'] or NOTHING}"
        + (f" ({_('target %(target)s') % {'target': one['target_words']}})" if one["target_words"] else "")
        + (f" – {one['standing_words']}" if one["standing_words"] else "")
        for one in goal["findings"]
    ]
    kept = {name: goal[name] for name in ("number", "text", "description")}
    states = {"state_code": goal["state"], "state": goal["state_words"]}
    return {**kept, **states, "kind": goal["kind_words"], "indicators": standings}


def _activity(row: Plain) -> Plain:
    about = []
    if row["responsible"]:
        about.append(f"{_('Responsible')}: {', '.join(row['responsible'])}")
    if row["done_by"]:
        about.append(f"{_('Done by')}: {row['done_by']}")
    return {
        "id": row["id"],
        "title": row["title"],
        "about": about,
        "happened": paragraphs(row["what_happened"]),
        "short": row["short_term_effect"],
        "long": row["long_term_effect"],
        "status_code": row["status"],
        "status": row["status_words"],
        "changed": row.get("status_changed_words", ""),
        "steps": row.get("steps_words", ""),
        "figures": [
            {
                "id": one["id"],
                "value": one["value_words"] or NOTHING,
                "words": sentence_of(one),
                "source": one["source_words"],
            }
            for one in row["findings"]
        ],
    }


def _partner(one: Plain, years: Iterable[int]) -> Plain:
    """A municipality, and for each of the plan's years whether it takes part: "yes" or a dash."""
    cells = [pgettext("takes part in the year", "yes") if year in one["years"] else NOTHING for year in years]
    return {"title": one["title"], "cells": cells, "years": ", ".join(map(str, one["years"]))}


def _source(one: Plain, language: str) -> Plain:
    """A figure's row in the table of sources: title, value, base, what was asked of whom and how it was worked out."""
    return {
        "id": one["id"],
        "title": one["title"],
        "named": named(one["title"]),
        "value": one["value_words"] or NOTHING,
        "base": base_words(one, language),
        "lines": [line for line in (one["source_words"], counted_words(one), method_words(one, language)) if line],
        "computed": formats.moment(localtime(datetime.fromisoformat(one["computed_at"])), language, 0),
    }


def base_words(one: Plain, language: str) -> str:
    """ "54 of 71 answers, of 134 in all"; empty where a number has no base."""
    n = one.get("n")
    if n is None:
        return ""
    facts = {"n": formats.number(n, language), "k": NOTHING if one.get("k") is None else one["k"]}
    words = _("%(k)s of %(n)s answers") if one.get("k") is not None else _("%(n)s answers")
    if one["kind"] == "told":
        words = _("rests on %(n)s")
    if one.get("population"):
        facts["population"] = formats.number(one["population"], language)
        words = _("%(words)s, of %(population)s in all") % {"words": words, "population": facts["population"]}
    return words % facts


def counted_words(one: Plain) -> str:
    """The question as it was put, and which answer was counted; or the definition that was written down."""
    question = one.get("question")
    if not question:
        return one["definition"]
    facts = {"text": question["label"], "version": question["version"], "counted": question["counted"]}
    if not question["counted"]:
        return _("Question (wording %(version)s): “%(text)s”") % facts
    return _("Question (wording %(version)s): “%(text)s” Counted: “%(counted)s”") % facts


def method_words(one: Plain, language: str) -> str:
    """The interval and its method, or why the figure is withheld."""
    if one.get("suppressed"):
        reasons = {
            "too_few": _("Withheld: too few answers to be shown."),
            "waiting": _("Withheld: answers are still coming in."),
            "no_answers": _("Nobody has answered."),
        }
        return reasons.get(one["reason"] or "", "")
    if not one.get("interval"):
        return ""
    facts = {"interval": limits(one["interval"], one["kind"], language), "method": one["method"]}
    words = _("95%% interval %(interval)s (method %(method)s)") % facts
    if one.get("finite"):
        words += "; " + _("for the whole group %(interval)s") % {
            "interval": limits(one["finite"], one["kind"], language)
        }
    return words


def limits(interval: list[float], kind: str, language: str) -> str:
    factor = 100 if kind == "share" else 1
    low, high = (formats.number(end * factor, language, 1) for end in interval)
    return f"{low}–{high}{formats.NBSP}%" if kind == "share" else f"{low}–{high}"


def named(title: str) -> str:
    """``title`` before its value: "Answered within a week:", but a question keeps its own mark."""
    return title if title.endswith("?") else f"{title}:"


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r", "").split("\n\n") if part.strip()]
