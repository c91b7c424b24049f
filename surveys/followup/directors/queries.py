"""What a director needs on one screen: the year's activities, what is late, three figures and last year's beside them."""

from dataclasses import dataclass
from datetime import datetime

from events.plan.models import Activity, ActivityPlan, Status
from surveys.figures.figure import Figure
from surveys.figures.measures import Measure
from surveys.followup.findings import Finding, findings
from surveys.followup.models import Indicator

FIGURES = 3
LATE = frozenset([Status.DELAYED, Status.POSTPONED])
OVER = frozenset([Status.DONE, Status.DELIVERED])


@dataclass(frozen=True, slots=True)
class Front:
    """A figure that matters, and the year before's of the same kind where there is one."""

    finding: Finding
    before: Finding | None


@dataclass(frozen=True, slots=True)
class Screen:
    """The directors' page of ``year``. ``late``: what is delayed or postponed."""

    plan: ActivityPlan
    year: int
    activities: list[Activity]
    figures: list[Front]
    last_year_done: int | None
    last_year_of: int

    @property
    def done(self) -> int:
        return sum(activity.status in OVER for activity in self.activities)

    @property
    def late(self) -> list[Activity]:
        return [activity for activity in self.activities if activity.status in LATE]

    @property
    def last_year(self) -> int:
        return self.year - 1


def screen(plan: ActivityPlan, year: int, *, at: datetime) -> Screen:
    """What the directors see of ``year``. The same number of queries whatever the number of activities and figures.

    Last year's is the area's: it may have stood in the plan before.
    """
    rows = Activity.objects.with_people()
    activities = list(rows.filter(plan=plan).of_year(year))
    before = list(Activity.objects.filter(plan__area=plan.area_id).of_year(year - 1).values_list("status", flat=True))
    return Screen(
        plan=plan,
        year=year,
        activities=activities,
        figures=_figures(plan, year, at),
        last_year_done=sum(status in OVER for status in before) if before else None,
        last_year_of=len(before),
    )


def _figures(plan: ActivityPlan, year: int, at: datetime) -> list[Front]:
    """The three that the organiser chose; else the first three shares that can be shown."""
    indicators = list(Indicator.objects.of_plan(plan).with_sources().order_by("activity__position", "position", "pk"))
    own = [one for one in indicators if _year(one) in (None, year)]
    older = Indicator.objects.filter(activity__plan__area=plan.area_id, activity__year=year - 1).with_sources()
    before = list(older)
    found = findings([*own, *before], at=at, trails=False)
    chosen = [found[one.pk] for one in own if one.on_front and one.pk in found]
    if not chosen:
        shares = [found[one.pk] for one in own if one.pk in found and isinstance(found[one.pk].figure, Figure)]
        chosen = [one for one in shares if one.figure.value is not None]
    earlier = [found[one.pk] for one in before if one.pk in found]
    return [Front(one, _same(one, earlier)) for one in chosen[:FIGURES]]


def _year(one: Indicator) -> int | None:
    return one.activity.year if one.activity else one.year


def _same(finding: Finding, earlier: list[Finding]) -> Finding | None:
    """Last year's figure that asks or counts the same at an event of the same kind; no other is set beside it."""
    return next((one for one in earlier if _mark(one) == _mark(finding)), None)


def _mark(finding: Finding) -> tuple[object, ...]:
    one = finding.indicator
    kind = one.event.kind if one.event else None
    if isinstance(finding.figure, Figure | Measure):
        asked = finding.figure.asked
        return one.source, kind, asked.audience, asked.key, asked.kind, asked.text
    return one.source, kind, finding.name if finding.is_told or finding.is_reported else None
