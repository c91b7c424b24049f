"""What the page of figures shows of each question."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.programme.models import Event
from surveys.figures.bars import Bar, bar_of
from surveys.figures.breakdowns import findings_of_event
from surveys.figures.earlier import series_of_event
from surveys.figures.figure import Figure
from surveys.figures.measures import Measure
from surveys.figures.sheets import DIMENSION_NAMES, STATISTIC_NAMES
from surveys.figures.tables import Findings, Table
from surveys.figures.trends import Step
from surveys.figures.weights import Weighted
from surveys.questionnaires.models import Audience

THOUGHT: dict[str, Promise] = {
    Audience.EXHIBITORS: _("What the exhibitors thought"),
    Audience.VISITORS: _("What the visitors thought"),
    Audience.PUPILS: _("What the pupils thought"),
    Audience.TEACHERS: _("What the teachers thought"),
    Audience.HOSTS: _("What the host companies thought"),
    Audience.PARTICIPANTS: _("What the participants thought"),
}


class NotWeighted(StrEnum):
    """Why a question has no weighted share: only shares have, and all municipalities and their people must be known."""

    NO_SHARE = "no_share"
    NO_TABLE = "no_table"
    WITHHELD = "withheld"
    NO_PEOPLE = "no_people"


@dataclass(frozen=True, slots=True)
class Entry:
    """A question on the page. ``bar=None``: it has no share, or it is withheld. ``steps``: the years, this one last."""

    findings: Findings
    bar: Bar | None
    steps: list[Step]

    @property
    def finding(self) -> Figure | Measure:
        return self.findings.finding

    @property
    def is_share(self) -> bool:
        return isinstance(self.finding, Figure)

    @property
    def statistic(self) -> str:
        return str(STATISTIC_NAMES[_statistic(self.finding)])

    @property
    def tables(self) -> list[tuple[str, Table]]:
        """Each table with its dimension's name."""
        return [(str(DIMENSION_NAMES[table.dimension]), table) for table in self.findings.tables or ()]

    @property
    def parts(self) -> list[tuple[str, float]]:
        """The index's three by name, from 0 to 100."""
        values = self.finding.parts if isinstance(self.finding, Measure) else ()
        return list(zip(self.findings.part_names, values, strict=False))

    @property
    def municipalities(self) -> Table | None:
        """The table by municipality, where respondents can be told apart so."""
        return next((one for one in self.findings.tables or () if one.dimension == "municipality"), None)

    @property
    def weighted(self) -> Weighted | None:
        """The share with each municipality counted for its people."""
        return self.municipalities.weighted if self.municipalities else None

    @property
    def not_weighted(self) -> NotWeighted | None:
        """Why there is no weighted share beside the other."""
        if self.weighted:
            return None
        if not self.is_share:
            return NotWeighted.NO_SHARE
        if self.municipalities is None:
            return NotWeighted.NO_TABLE
        return NotWeighted.WITHHELD if self.municipalities.withheld else NotWeighted.NO_PEOPLE

    @property
    def has_charts(self) -> bool:
        return any(len(table.groups) > 1 for table in self.findings.tables or ())


def entries_of(event: Event, *, at: datetime) -> list[Entry]:
    """Each question of ``event`` that has figures, in the order of the page."""
    findings = findings_of_event(event, at=at)
    years = series_of_event(event, [one.finding for one in findings], at=at)
    return [Entry(one, _bar(one.finding), years.get(one.finding.asked.question, [])) for one in findings]


def _bar(finding: Figure | Measure) -> Bar | None:
    return bar_of(finding, get_language()) if isinstance(finding, Figure) else None


def _statistic(finding: Figure | Measure) -> str:
    return "share" if isinstance(finding, Figure) else finding.statistic
