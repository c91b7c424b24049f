"""Who has done what: tasks, answers and letters read together, in a number of queries that does not grow."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Collate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.access.models import User
from events.look import formats
from events.programme.models import Event, EventState
from registrations.exhibitors.models import Exhibitor, StandStaff
from registrations.exhibitors.states import State
from registrations.tasks.models import Task, TaskLetter
from registrations.tasks.states import TaskKind, TaskState, Told, state_of, urgency

LATE, LACKING, READY = "late", "lacking", "ready"


@dataclass(frozen=True, slots=True)
class Line:
    """One task of one exhibitor. ``answer`` is what was told, in a few words, or ""."""

    task: Task
    state: TaskState
    answer: str = ""

    @property
    def is_left(self) -> bool:
        return self.state in TaskState.unanswered()


@dataclass(frozen=True, slots=True)
class Row:
    """An exhibitor with its ``lines`` in the order of the tasks. ``written_at`` is when it last got a letter about them."""

    exhibitor: Exhibitor
    lines: list[Line]
    written_at: datetime | None = None

    @property
    def left(self) -> list[Line]:
        """What can be done and is not, the most urgent first."""
        return by_urgency(line for line in self.lines if line.is_left)

    @property
    def late(self) -> list[Line]:
        return [line for line in self.lines if line.state == TaskState.LATE]

    def lacks(self, wanted: str) -> bool:
        """Whether the row is meant by a filter: LATE, LACKING, READY, or a task's key."""
        if wanted == LATE:
            return bool(self.late)
        if wanted == LACKING:
            return bool(self.left)
        if wanted == READY:
            return all(line.state == TaskState.DONE for line in self.lines)
        return any(str(line.task.pk) == wanted and line.state != TaskState.DONE for line in self.lines)


@dataclass(frozen=True)
class Filter:
    """Words to look for in the company's name, and what is lacking (``Row.lacks``)."""

    words: str = ""
    lacks: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str], tasks: Iterable[Task]) -> "Filter":
        """Reads an address' query; what makes no sense is left aside."""
        known = {LATE, LACKING, READY, *(str(task.pk) for task in tasks)}
        lacks = query.get("lacks", "")
        return cls(query.get("q", "").strip().replace("\0", "")[:100], lacks if lacks in known else "")


def asked_tasks(event: Event) -> list[Task]:
    """What ``event`` asks of its exhibitors, in the organiser's order."""
    return list(Task.objects.for_event(event).switched_on())


def with_facts(exhibitors: QuerySet[Exhibitor]) -> QuerySet[Exhibitor]:
    """``exhibitors`` ready for ``rows_of``."""
    people = StandStaff.objects.filter(exhibitor=OuterRef("pk")).exclude(name="").order_by().values("exhibitor")
    letters = TaskLetter.objects.filter(exhibitor=OuterRef("pk")).order_by("-sent_at").values("sent_at")
    return (
        exhibitors.select_related("organisation", "power", "insurance")
        .prefetch_related("task_ticks")
        .annotate(
            staff_named=Coalesce(Subquery(people.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField()),
            written_at=Subquery(letters[:1]),
        )
    )


def rows_of(exhibitors: Iterable[Any], tasks: list[Task], today: date) -> list[Row]:
    """``exhibitors`` (``with_facts``) with their ``tasks`` as they stand on ``today`` (Stockholm)."""
    return [Row(one, _lines(one, tasks, today), one.written_at) for one in exhibitors]


def table(event: Event, today: date) -> list[Row]:
    """Everybody who has a place at ``event``, by name; three queries, however many they are."""
    accepted = with_facts(event.exhibitors.holding_a_place()).order_by(Collate("organisation__name", "swedish"), "pk")
    return rows_of(accepted, asked_tasks(event), today)


def chosen_rows(rows: Iterable[Row], chosen: Filter) -> list[Row]:
    """Those of ``rows`` that ``chosen`` lets through."""
    words = chosen.words.casefold().split()[:5]
    return [
        row
        for row in rows
        if all(word in row.exhibitor.organisation.name.casefold() for word in words)
        and (not chosen.lacks or row.lacks(chosen.lacks))
    ]


def lack_counts(rows: list[Row], tasks: list[Task]) -> list[tuple[str, str, int]]:
    """The filters of the table as (value, label, how many); a task that everybody has done needs none."""
    lacking = Counter(line.task.pk for row in rows for line in row.lines if line.state != TaskState.DONE)
    return [
        (LATE, _("Late with something"), sum(row.lacks(LATE) for row in rows)),
        (LACKING, _("Something left"), sum(row.lacks(LACKING) for row in rows)),
        *(
            (str(task.pk), _("Lacks: %(task)s") % {"task": task.title}, lacking[task.pk])
            for task in tasks
            if lacking[task.pk]
        ),
        (READY, _("Everything done"), sum(row.lacks(READY) for row in rows)),
    ]


def row_of(exhibitor: Exhibitor, today: date) -> Row:
    """``exhibitor`` with what is asked of it; nothing is asked of somebody without a place."""
    tasks = asked_tasks(exhibitor.event) if exhibitor.state in State.holding() else []
    found = rows_of(with_facts(Exhibitor.objects.filter(pk=exhibitor.pk)), tasks, today)[0]
    return Row(exhibitor, found.lines, found.written_at)


def by_urgency(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: urgency(line.state, line.task.due_on, line.task.position))


def own_rows(user: User, at: datetime, today: date) -> list[Row]:
    """The places that ``user``'s companies have at coming events where something is asked, with their lines."""
    asks = Task.objects.filter(event=OuterRef("event")).switched_on()
    mine = Exhibitor.objects.of(user).holding_a_place().filter(Exists(asks))
    coming = mine.filter(event__state=EventState.PUBLISHED, event__ends_at__gt=at)
    exhibitors = list(with_facts(coming).select_related("event", "organisation", "power", "insurance"))
    by_event: dict[int, list[Task]] = {}
    for task in Task.objects.switched_on().filter(event__in={one.event_id for one in exhibitors}):
        by_event.setdefault(task.event_id, []).append(task)
    return [row for one in exhibitors for row in rows_of([one], by_event.get(one.event_id, []), today)]


def _lines(exhibitor: Any, tasks: list[Task], today: date) -> list[Line]:
    told = _told(exhibitor)
    return [Line(task, state_of(task.asked(), told, today), _answer(exhibitor, task, told)) for task in tasks]


def _told(exhibitor: Any) -> Told:
    return Told(
        has_profile=bool(exhibitor.profile and exhibitor.field),
        has_logo=bool(exhibitor.logo),
        staff=exhibitor.staff_named,
        has_power=hasattr(exhibitor, "power"),
        has_insurance=hasattr(exhibitor, "insurance"),
        ticked=frozenset(tick.task_id for tick in exhibitor.task_ticks.all()),
    )


def _answer(exhibitor: Any, task: Task, told: Told) -> str:
    if task.kind == TaskKind.STAFF and told.staff:
        return ngettext("%(n)s name", "%(n)s names", told.staff) % {"n": told.staff}
    if task.kind == TaskKind.POWER and told.has_power:
        return power_in_words(exhibitor.power)
    if task.kind == TaskKind.INSURANCE and told.has_insurance:
        return exhibitor.insurance.insurer or _("No insurance")
    return ""


def power_in_words(power: Any) -> str:
    """ "2 000 W, 3 outlets, at night too"."""
    if not power.needs_power:
        return _("No power")
    outlets = ngettext("%(n)s outlet", "%(n)s outlets", power.outlets) % {"n": power.outlets}
    night = [_("at night too")] if power.at_night else []
    return ", ".join([f"{formats.number(power.watts, get_language())} W", outlets, *night])
