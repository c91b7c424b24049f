"""Figures from elsewhere: what was typed, an event's money, applicants to programmes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from events.municipalities.models import Municipality
from registrations.books.queries import Income, income_of_events
from surveys.applicants.models import Applicants
from surveys.figures.companies import Companies, companies_of
from surveys.followup.models import Indicator
from surveys.followup.told import Told

Source = Indicator.Source
TOLD = frozenset([*Source.without_event(), *Source.of_money()])


def told_of(indicators: Iterable[Indicator], *, at: datetime) -> dict[int, Told]:
    """The told figures among ``indicators`` (read ``with_sources``) by their keys.

    Two queries where applicants are, one where income is, and two where the cost per exhibitor is.
    """
    rows = [one for one in indicators if one.source in TOLD]
    applied = [one for one in rows if one.source == Source.APPLICANTS]
    figures = _applicants(applied, at=at) if applied else {}
    incomes = {one.event_id for one in rows if one.source == Source.INCOME and one.event_id}
    shared = {one.event_id for one in rows if one.source == Source.EXHIBITOR_COST and one.event_id}
    income = income_of_events(incomes) if incomes else {}
    companies = companies_of(shared) if shared else {}
    for one in rows:
        if one.source == Source.TYPED:
            figures[one.pk] = _typed(one, at)
        elif one.source == Source.MONEY:
            figures[one.pk] = _money(one, at)
        elif one.source == Source.INCOME:
            figures[one.pk] = _income(one, income, at)
        elif one.source == Source.EXHIBITOR_COST:
            figures[one.pk] = _exhibitor_cost(one, companies, at)
    return figures


def _typed(one: Indicator, at: datetime) -> Told:
    return Told(
        key="typed",
        value=_plain(one.typed_value),
        unit=one.unit,
        what=one.name,
        paper=one.typed_from,
        computed_at=at,
        n=one.typed_n,
        on=one.typed_on,
        year=one.typed_on.year if one.typed_on else None,
    )


def _money(one: Indicator, at: datetime) -> Told:
    night = getattr(one.event, "night", None)
    return Told(
        key="money",
        value=night.co_financing if night else None,
        unit="kronor",
        what=one.name or str(Source.MONEY.label),
        paper=_("the evening's settings"),
        computed_at=at,
        **_of_event(one),
    )


def _income(one: Indicator, income: Mapping[int, Income], at: datetime) -> Told:
    """What the event's invoices less its credit notes come to without VAT, to the öre."""
    found = income.get(one.event_id or 0)
    return Told(
        key="income",
        value=_plain(Decimal(found.net_ore) / 100) if found else None,
        unit="kronor",
        what=one.name or str(Source.INCOME.label),
        paper=_("invoices and credit notes, as in the books"),
        computed_at=at,
        parts=(("invoices", found.invoices), ("credits", found.credits)) if found else (),
        **_of_event(one),
    )


def _exhibitor_cost(one: Indicator, companies: Mapping[int, Companies], at: datetime) -> Told:
    """The whole cost shared by those that hold a place: what was typed, or else an evening's co-financing."""
    found = companies.get(one.event_id or 0)
    cost, paper = _plain(one.typed_value), one.typed_from
    night = getattr(one.event, "night", None)
    if cost is None and night is not None and night.co_financing is not None:
        cost, paper = night.co_financing, _("the evening's settings")
    n = found.all if found else 0
    each = None if cost is None or not n else (Decimal(str(cost)) / n).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Told(
        key="exhibitor_cost",
        value=_plain(each),
        unit="kronor",
        what=one.name or str(Source.EXHIBITOR_COST.label),
        paper=paper,
        computed_at=at,
        n=n or None,
        on=one.typed_on,
        parts=(("cost", cost), ("exhibitors", n or None)),
        **_of_event(one),
    )


def _of_event(one: Indicator) -> dict[str, Any]:
    return {"event": one.event.slug, "event_kind": one.event.kind} if one.event else {}


def _plain(value: Decimal | None) -> int | float | None:
    """Without decimals where it has none."""
    return None if value is None else int(value) if value == int(value) else float(value)


def _applicants(rows: list[Indicator], *, at: datetime) -> dict[int, Told]:
    """Sums over the municipalities that tell a number; the indicator's year, or the latest that has any number."""
    codes = {code for one in rows for code in codes_of(one)}
    told: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    papers: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in Applicants.objects.to_programmes(sorted(codes)).exclude(count=None):
        told[row.programme, row.year][row.municipality_id] = row.count or 0
        papers[row.programme, row.year].add(row.source)
    of = Municipality.objects.count()
    figures = {}
    for one in rows:
        wanted = codes_of(one)
        years = {year for code, year in told if code in wanted}
        year = one.year or max(years, default=None)
        by_place = [told[code, year] for code in wanted if year is not None and (code, year) in told]
        places = {place for counts in by_place for place in counts}
        sources = sorted({paper for code in wanted if year is not None for paper in papers.get((code, year), ())})
        figures[one.pk] = Told(
            key="applicants",
            value=sum(sum(counts.values()) for counts in by_place) if by_place else None,
            unit="count",
            what=", ".join(wanted),
            paper="; ".join(sources),
            computed_at=at,
            n=len(places) if by_place else None,
            population=of,
            year=year,
        )
    return figures


def codes_of(one: Indicator) -> list[str]:
    return one.programmes.upper().split()
