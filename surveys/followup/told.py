"""Figures that neither answers nor events count: typed by hand, money, applicants. Pure."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A value that is known from elsewhere; ``key`` is the indicator's source: ``typed``, ``applicants``, or one of
    money.

    ``value=None``: nothing is told yet. ``unit`` is ``kronor``, ``count`` or the editor's own word. ``n`` is how many it
    rests on (of applicants: how many municipalities told a number) and ``population`` of how many; ``None``: not known.
    ``on`` is the day it is of, ``year`` the year; ``paper`` says where it comes from. ``what`` names it in words.
    ``parts`` are what it is worked out from, such as kronor and companies.
    """

    key: str
    value: int | float | None
    unit: str
    what: str
    paper: str
    computed_at: datetime
    n: int | None = None
    population: int | None = None
    on: date | None = None
    year: int | None = None
    event: str = ""
    event_kind: str = ""
    parts: tuple[tuple[str, int | float | None], ...] = ()

    @property
    def source(self) -> str:
        """Where the figure comes from, for programs."""
        return f"{self.key}:{self.event or self.paper}"
