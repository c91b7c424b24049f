"""A figure with all that it rests on, and the rule that keeps small ones to themselves. Pure.

Nothing here knows a question's words or a database: counts in, figures out.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from surveys.figures.shares import METHOD, Interval, share
from surveys.figures.turnouts import Turnout


class Reason(StrEnum):
    """Why a figure is withheld. Waiting: answers may have come in, but none is counted yet."""

    NO_ANSWERS = "no_answers"
    WAITING = "waiting"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked, of whom: the part of a figure that does not change with the answers.

    ``label`` and ``counted`` (the answer that the figure counts) are in the reader's language; ``text`` is the
    question as it is stored, in Swedish, and ``version`` counts its wordings. ``kind`` names the scale. A retired
    question is asked no more: a later version has another meaning. ``without_dont_know``: these are not in the base.
    """

    event: str
    event_kind: str
    survey: str
    audience: str
    question: int
    key: str
    version: int
    kind: str
    label: str
    counted: str
    text: str
    retired: bool = False
    without_dont_know: bool = False

    @property
    def source(self) -> str:
        """Where the figure comes from, for programs: survey, question and wording."""
        return f"survey:{self.survey}/{self.key}@{self.version}"

    @property
    def anchor(self) -> str:
        """The figure's place on the event's page of figures."""
        return f"{self.audience}-{self.key}-{self.version}" if self.retired else f"{self.audience}-{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """``k`` of ``n`` who answered a question gave the counted answer; ``population`` is whom it is about.

    The base ``n`` is everybody who answered the question, "don't know" included unless it was declared otherwise.
    ``value`` and the intervals are shares from 0 to 1: ``interval`` for an endless population, ``finite`` narrowed to
    this one. ``population=None``: not known (or smaller than the answers, which is the same). A suppressed figure keeps
    ``n`` and says why the rest is withheld. ``computed_at`` is aware.
    """

    asked: Asked
    k: int | None
    n: int
    population: int | None
    value: float | None
    interval: Interval | None
    finite: Interval | None
    suppressed: bool
    reason: Reason | None
    method: str
    computed_at: datetime

    @property
    def response_rate(self) -> float | None:
        """Answers of the population, from 0 to 1."""
        return self.n / self.population if self.population else None

    @property
    def is_exact(self) -> bool:
        """Everybody has answered: nothing is left to be uncertain about."""
        return self.n > 0 and self.n == self.population


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A plain number of an event; ``key`` names it. ``value=None``: nothing was counted.

    ``over``: the event has ended, so that the number is an outcome and not a state. ``parts`` are what a number is
    worked out from, such as kronor and pupils. ``unit`` is ``count`` or ``kronor``. ``turnouts`` say how many that is
    of those who were to come.
    """

    event: str
    event_kind: str
    over: bool
    key: str
    value: int | None
    computed_at: datetime
    unit: str = "count"
    parts: tuple[tuple[str, int | None], ...] = ()
    turnouts: tuple[Turnout, ...] = ()

    @property
    def source(self) -> str:
        """Where the number comes from, for programs."""
        return f"{SOURCES[self.key]}:{self.event}"

    @property
    def anchor(self) -> str:
        """The number's place on the event's page of figures."""
        return f"count-{self.key}"


# Among the parts of the companies' municipalities: those from none of them.
ELSEWHERE = "elsewhere"

# Where each plain number comes from. A night's cost comes from what was financed and whom it was for.
SOURCES = {
    "exhibitors": "registrations",
    "returning": "registrations",
    "municipalities": "registrations",
    "attendance": "door",
    "booked": "bookings",
    "placed": "bookings",
    "confirmed": "bookings",
    "arrived": "door",
    "pupil_cost": "night",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A share that somebody else worked out: ``value`` from 0 to 1, ``n`` how many answered (``None``: not known).

    ``label`` completes the sentence in the reader's language. It is never compared with our own as an equal.
    """

    event: str
    key: str
    label: str
    value: float
    approximate: bool
    n: int | None
    paper: str
    computed_at: datetime

    @property
    def source(self) -> str:
        """Where the figure comes from, for programs."""
        return f"reported:{self.paper}"

    @property
    def anchor(self) -> str:
        """The figure's place on the event's page of figures."""
        return f"reported-{self.key}"


def figure_of(
    asked: Asked,
    *,
    k: int,
    n: int,
    population: int | None,
    below: int,
    computed_at: datetime,
    waiting: bool = False,
) -> Figure:
    """The figure of ``k`` of ``n`` answers, withheld where fewer than ``below`` have answered.

    ``waiting``: answers may come, or have come and are sealed. A ``population`` smaller than ``n`` cannot be the one
    that answered, and is left out. Raises ValueError when k > n or anything is negative.
    """
    if population is not None and population < n:
        population = None
    counted = share(k, n, population)
    figure = Figure(
        asked=asked,
        k=k,
        n=n,
        population=population,
        value=counted.value,
        interval=counted.interval,
        finite=counted.finite,
        suppressed=False,
        reason=None,
        method=METHOD,
        computed_at=computed_at,
    )
    return suppress(figure, below=below, waiting=waiting)


def suppress(figure: Figure, *, below: int, waiting: bool = False) -> Figure:
    """``figure`` as it may be shown: with fewer than ``below`` answers ``k``, value and intervals are withheld.

    They go together, for each can be worked out from the others.
    """
    if figure.n and figure.n >= below:
        return figure
    nothing = Reason.WAITING if waiting else Reason.NO_ANSWERS
    reason = Reason.TOO_FEW if figure.n else nothing
    return replace(figure, k=None, value=None, interval=None, finite=None, suppressed=True, reason=reason)
