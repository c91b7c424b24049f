"""The drawing of a question's groups, with the words that stand above it; drawn once and kept for a while."""

import hashlib
import json
from dataclasses import asdict, dataclass

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.look.formats import number, percent
from surveys.figures.charts import Mark, Panel, draw
from surveys.figures.entries import Entry
from surveys.figures.figure import Figure
from surveys.figures.measures import Measure

KEPT_SECONDS = 24 * 3600
VERSION = 2  # of the way it is drawn
MOST_GROUPS = 40
ENDS = {"nps": (-100.0, 100.0), "nki": (0.0, 100.0)}


@dataclass(frozen=True, slots=True)
class Drawing:
    """``svg`` is made by us; ``sentence`` says what it shows."""

    svg: SafeString
    sentence: str


def drawing_of(entry: Entry) -> Drawing | None:
    """The drawing of the groups of ``entry``; ``None`` where no table has two that are shown."""
    whole = tuple(
        Panel(name, tuple(_mark(group.name, group.finding) for group in table.groups))
        for name, table in entry.tables
        if len(table.groups) > 1
    )
    if not whole or entry.finding.value is None:
        return None
    sentence = _sentence(whole, entry)
    panels = tuple(Panel(panel.name, panel.marks[:MOST_GROUPS]) for panel in whole)
    ends = (0.0, 1.0) if entry.is_share else ENDS.get(_statistic(entry), _around(panels))
    title, overall = entry.finding.asked.label, entry.finding.value
    facts = json.dumps([VERSION, [asdict(panel) for panel in panels], title, sentence, ends, overall])
    key = f"figures-drawing-{hashlib.sha256(facts.encode()).hexdigest()}"
    svg = cache.get(key)
    if svg is None:
        svg = draw(panels, title=title, description=sentence, ends=ends, overall=overall)
        cache.set(key, svg, KEPT_SECONDS)
    return Drawing(mark_safe(svg), sentence)


def _sentence(panels: tuple[Panel, ...], entry: Entry) -> str:
    """What the drawing shows: where the figure is highest and lowest, in the dimension with the most groups."""
    panel = max(panels, key=lambda one: len(one.marks))
    ordered = sorted(panel.marks, key=lambda mark: mark.value)
    lowest, highest = ordered[0], ordered[-1]
    facts = {
        "n": len(panel.marks),
        "dimension": panel.name,
        "highest": highest.name,
        "high": highest.words,
        "lowest": lowest.name,
        "low": lowest.words,
        "all": _words(entry.finding),
    }
    if lowest.value == highest.value:
        return _("%(dimension)s: all groups have %(all)s.") % (facts | {"all": highest.words})
    return (
        ngettext(
            "%(dimension)s: highest in %(highest)s (%(high)s), lowest in %(lowest)s (%(low)s) of %(n)s group; "
            "all together %(all)s.",
            "%(dimension)s: highest in %(highest)s (%(high)s), lowest in %(lowest)s (%(low)s) of %(n)s groups; "
            "all together %(all)s.",
            len(panel.marks),
        )
        % facts
    )


def _mark(name: str, finding: Figure | Measure) -> Mark:
    limits = (finding.finite or finding.interval) if isinstance(finding, Figure) else finding.interval
    value = finding.value if finding.value is not None else 0.0
    shown = name or _("not known")
    return Mark(shown, value, _words(finding), limits.low if limits else None, limits.high if limits else None)


def _words(finding: Figure | Measure) -> str:
    if finding.value is None:
        return "–"
    language = get_language()
    return percent(finding.value, language, 0) if isinstance(finding, Figure) else number(finding.value, language, 1)


def _around(panels: tuple[Panel, ...]) -> tuple[float, float]:
    """An axis from nought, or from the lowest where that is below, to the highest limit."""
    limits = [value for panel in panels for mark in panel.marks for value in (mark.value, mark.low, mark.high)]
    known = [value for value in limits if value is not None]
    return min(0.0, *known), max(1.0, *known)


def _statistic(entry: Entry) -> str:
    return entry.finding.statistic if isinstance(entry.finding, Measure) else "share"
