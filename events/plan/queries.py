"""Reads about plans: the paper as the directors see it, in a fixed number of queries."""

from dataclasses import dataclass, field
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Collate

from events.access.models import AuditEntry
from events.municipalities.models import Municipality, Participation
from events.plan.models import Activity, ActivityPlan, Goal, Theme
from events.programme.models import Event

HISTORY_SHOWN = 20


@dataclass
class PlanYear:
    """One year of a plan: who takes part, and what is to be done."""

    year: int
    participants: list[Municipality] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The year as a name, not as a number with its thousands apart."""
        return str(self.year)


@dataclass(frozen=True)
class Partner:
    """A municipality with those of a plan's years in which it takes part, in order."""

    municipality: Municipality
    years: list[int]


def themes_of(plan: ActivityPlan) -> list[Theme]:
    """The plan's themes; each with ``effect_goals`` and ``delivery_goals``."""
    kinds = {"effect_goals": Goal.Kind.EFFECT, "delivery_goals": Goal.Kind.DELIVERY}
    goals = list(Goal.objects.filter(theme__plan=plan).order_by("number", "pk"))
    themes = list(plan.themes.all())
    for theme in themes:
        for name, kind in kinds.items():
            setattr(theme, name, [goal for goal in goals if goal.theme_id == theme.pk and goal.kind == kind])
    return themes


def years_of(plan: ActivityPlan) -> list[PlanYear]:
    """The plan's years in order, each with participants in alphabetical order and activities ready for a table.

    An activity has ``handed_over_from``: its responsible municipalities that do not take part that year.
    """
    years = {year: PlanYear(year) for year in plan.years}
    for row in participations_of(plan):
        years[row.year].participants.append(row.municipality)
    events = Event.objects.order_by("starts_at")
    rows = plan.activities.with_people().prefetch_related(Prefetch("events", events))
    for activity in rows:
        activity.handed_over_from = _missing(activity, years[activity.year].participants)
        years[activity.year].activities.append(activity)
    return list(years.values())


def _missing(activity: Activity, participants: list[Municipality]) -> list[Municipality]:
    """Responsible ones that left; nobody, where it is not known who takes part."""
    if not participants:
        return []
    return [municipality for municipality in activity.responsible.all() if municipality not in participants]


def participations_of(plan: ActivityPlan) -> QuerySet[Participation]:
    """Who takes part in the plan's area in each of its years, year by year in alphabetical order."""
    rows = Participation.objects.filter(area=plan.area_id, year__in=list(plan.years)).select_related("municipality")
    return rows.order_by("year", Collate("municipality__name", "swedish"))


def partners_of(plan: ActivityPlan) -> list[Partner]:
    """Who takes part in any of the plan's years, in alphabetical order. One query."""
    years: dict[Municipality, list[int]] = {}
    rows = participations_of(plan).order_by(Collate("municipality__name", "swedish"), "year")
    for row in rows:
        years.setdefault(row.municipality, []).append(row.year)
    return [Partner(municipality, of) for municipality, of in years.items()]


def undone_of(plan: ActivityPlan) -> QuerySet[Activity]:
    """What the plan still has to do: activities that are neither done nor cancelled, ready to be copied or listed."""
    return plan.activities.undone().with_people().prefetch_related("steps")


def plan_after(plan: ActivityPlan) -> ActivityPlan | None:
    """The area's plan for the period that follows, if it is begun."""
    later = ActivityPlan.objects.filter(area=plan.area_id, last_year__gt=plan.last_year)
    return later.order_by("last_year", "first_year").first()


def plan_history(plan: ActivityPlan) -> QuerySet[AuditEntry]:
    """The latest changes to the plan, its themes, goals and activities."""
    parts = (plan.themes.all(), Goal.objects.filter(theme__plan=plan), plan.activities.all())
    wanted = Q(content_type=ContentType.objects.get_for_model(plan), object_pk=str(plan.pk))
    for rows in parts:
        pks = [str(pk) for pk in rows.order_by().values_list("pk", flat=True)]
        wanted |= Q(content_type=ContentType.objects.get_for_model(rows.model), object_pk__in=pks)
    entries = AuditEntry.objects.filter(wanted).select_related("actor", "content_type")
    return entries.order_by("-at", "-pk")[:HISTORY_SHOWN]


def plans_by_area(plans: QuerySet[ActivityPlan]) -> dict[str, list[ActivityPlan]]:
    """``plans`` under the names of their areas, in alphabetical order, the latest period first."""
    ordered = plans.select_related("area").order_by(Collate("area__name", "swedish"), "-first_year", "pk")
    return {area: list(rows) for area, rows in groupby(ordered, key=lambda plan: plan.area.name)}
