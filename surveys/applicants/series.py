"""Applicants year by year, beside the nights that were held. Pure.

What the series can say is that two things moved together. It cannot say that one moved the other, and no word here
claims it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One municipality's year. ``per_hundred`` is of the age group, where that is known; both may be ``None``."""

    count: int | None
    per_hundred: float | None


@dataclass(frozen=True, slots=True)
class YearSum:
    """All municipalities that told a number that year: ``told`` of them. ``per_hundred`` is over those of them whose
    age group is known, ``known`` of them. ``after_night``: a night was held the year before, in time to matter."""

    year: int
    count: int | None
    told: int
    per_hundred: float | None
    known: int
    after_night: bool


@dataclass(frozen=True, slots=True)
class Series:
    """``rows`` maps a municipality's code to its cells, in the order of ``years``."""

    years: list[YearSum]
    rows: dict[str, list[Cell]]
    of: int

    @property
    def complete_years(self) -> list[YearSum]:
        """Those in which every municipality told a number: only they can be compared as sums."""
        return [year for year in self.years if year.told == self.of]


def series_of(
    counts: Mapping[tuple[str, int], int | None],
    cohorts: Mapping[tuple[str, int], int | None],
    municipalities: Collection[str],
    nights: Collection[int],
) -> Series:
    """The series of ``counts`` by (municipality, year), programmes summed, normalised by ``cohorts`` where known.

    ``nights`` are the years in which a night was held: those who were there in autumn apply the winter after.
    """
    years = sorted({year for _code, year in counts})
    rows = {
        code: [_cell(counts.get((code, year)), cohorts.get((code, year))) for year in years] for code in municipalities
    }
    return Series([_sum(counts, cohorts, municipalities, year, nights) for year in years], rows, len(municipalities))


def _cell(count: int | None, cohort: int | None) -> Cell:
    return Cell(count, 100 * count / cohort if count is not None and cohort else None)


def _sum(
    counts: Mapping[tuple[str, int], int | None],
    cohorts: Mapping[tuple[str, int], int | None],
    municipalities: Collection[str],
    year: int,
    nights: Collection[int],
) -> YearSum:
    told = {code: count for code in municipalities if (count := counts.get((code, year))) is not None}
    known = {code: cohort for code in told if (cohort := cohorts.get((code, year)))}
    share = 100 * sum(told[code] for code in known) / sum(known.values()) if known else None
    return YearSum(year, sum(told.values()) if told else None, len(told), share, len(known), year - 1 in nights)
