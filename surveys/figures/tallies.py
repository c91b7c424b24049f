"""How many gave each answer to a question, and the figure that comes of it. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from surveys.figures.figure import Asked, Figure, figure_of
from surveys.figures.measures import Measure, index_parts, measure_of

DONT_KNOW = "dont_know"
Marks = tuple[int, int, int]


@dataclass(slots=True)
class Tally:
    """``values``: how many gave each answer, by its code. ``respondents``: how many gave any, where one may give many.

    ``marks`` count the index's three answers, of those who gave all three.
    """

    values: Counter[str] = field(default_factory=Counter)
    respondents: int | None = None
    marks: Counter[Marks] | None = None

    def add(self, other: "Tally") -> None:
        for value, k in other.values.items():  # what Counter.update does, in half the time
            self.values[value] += k
        if other.respondents is not None:
            self.respondents = (self.respondents or 0) + other.respondents
        if other.marks is not None:
            self.marks = (self.marks or Counter()) + other.marks

    @property
    def answered(self) -> int:
        """Everybody who answered the question, "don't know" included."""
        return self.values.total() if self.respondents is None else self.respondents

    @property
    def sums(self) -> Counter[int]:
        """The index's three answers together, of those who gave all three."""
        found: Counter[int] = Counter()
        for marks, k in (self.marks or {}).items():
            found[sum(marks)] += k
        return found

    def of_index(self, place: int) -> "Tally":
        """The answers to one of the index's three questions (0 to 2), of those who gave all three.

        Those of everybody else could be told by subtraction.
        """
        values: Counter[str] = Counter()
        for marks, k in (self.marks or {}).items():
            values[str(marks[place])] += k
        return Tally(values, marks=self.marks or Counter())

    @property
    def numbers(self) -> Counter[int]:
        """The answers that are whole numbers; "don't know" is none."""
        return Counter({int(value): k for value, k in self.values.items() if value.removeprefix("-").isdecimal()})


@dataclass(frozen=True, slots=True)
class Rule:
    """How a question becomes a figure. ``statistic`` is ``share`` or one of surveys.figures.measures.

    ``counted`` are the answers that a share counts, ``options`` all that can be given, in order, with their labels.
    ``base_without``: answers that are not in the base. ``ends`` bound a mean.
    """

    statistic: str
    counted: frozenset[str] = frozenset()
    options: tuple[tuple[str, str], ...] = ()
    base_without: frozenset[str] = frozenset()
    ends: tuple[float, float] | None = None


def base_of(rule: Rule, tally: Tally) -> int:
    """How many answers the figure rests on."""
    if rule.statistic == "share":
        return tally.answered - sum(tally.values[code] for code in rule.base_without)
    if rule.statistic == "nki":
        return (tally.marks or Counter()).total()
    return tally.numbers.total()


def finding_of(
    rule: Rule,
    asked: Asked,
    tally: Tally,
    *,
    population: int | None,
    below: int,
    computed_at: datetime,
    waiting: bool = False,
) -> Figure | Measure:
    """The figure of ``tally``, withheld where fewer than ``below`` answered."""
    if rule.statistic == "share":
        return figure_of(
            asked,
            k=sum(tally.values[code] for code in rule.counted),
            n=base_of(rule, tally),
            population=population,
            below=below,
            waiting=waiting,
            computed_at=computed_at,
        )
    measure = measure_of(
        asked,
        rule.statistic,
        tally.sums if rule.statistic == "nki" else tally.numbers,
        population=population,
        below=below,
        computed_at=computed_at,
        ends=rule.ends,
        waiting=waiting,
    )
    if rule.statistic == "nki" and not measure.suppressed:
        return replace(measure, parts=index_parts(tally.marks or Counter()))
    return measure


def commonest(tally: Tally, codes: Iterable[str]) -> frozenset[str]:
    """The answer of ``codes`` that most gave; the first of several. None while nobody has answered."""
    best = max(codes, key=lambda code: tally.values[code], default=None)
    return frozenset({best}) if best is not None and tally.values[best] else frozenset()
