"""The geometry of the series as columns, for an SVG that is as wide as its place. Pure."""

from dataclasses import dataclass

from events.look.formats import number
from surveys.applicants.series import Series

HEIGHT, BASE, TOP = 170, 130, 26


@dataclass(frozen=True, slots=True)
class ColumnMark:
    """One year's column. Positions along are per cent of the width, heights pixels; ``hollow``: not all have told."""

    year: int
    x: str
    middle: str
    width: str
    y: int
    height: int
    label: str
    hollow: bool
    after_night: bool


def columns_of(series: Series, language: str | None) -> list[ColumnMark]:
    """A column for each year that has a sum, the tallest filling the height."""
    told = [year for year in series.years if year.count is not None]
    most = max((year.count or 0 for year in told), default=0)
    if not most:
        return []
    share = 100 / len(series.years)
    marks = []
    for place, year in enumerate(series.years):
        if year.count is None:
            continue
        height = round((BASE - TOP) * year.count / most)
        marks.append(
            ColumnMark(
                year=year.year,
                x=f"{share * (place + 0.18):.2f}%",
                middle=f"{share * (place + 0.5):.2f}%",
                width=f"{share * 0.64:.2f}%",
                y=BASE - height,
                height=height,
                label=number(year.count, language),
                hollow=year.told < series.of,
                after_night=year.after_night,
            )
        )
    return marks
