"""What each municipality's share rests on: its numbers, what it applied for, and what is fair."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from events.errors import Refusal
from events.municipalities.models import MunicipalCount, Municipality
from events.nights.models import Night, ShareBasis
from registrations.allocation.shares import targets
from registrations.bookings.models import SchoolClass


class CountsMissing(Refusal):
    """``municipalities`` in the facts: those that have applied, but of which the basis is not known."""

    code = "counts_missing"
    message = _("The shares cannot be computed: the number is missing for %(municipalities)s.")


@dataclass(frozen=True, slots=True)
class Share:
    """A municipality's line: ``count`` is its latest numbers until the evening's year, ``basis`` the one chosen.

    ``demand`` and ``target`` are pupils; ``target`` is ``None`` as long as a number is missing.
    """

    municipality: Municipality
    count: MunicipalCount | None
    basis: int | None
    demand: int
    target: int | None


def latest_counts(year: int) -> dict[str, MunicipalCount]:
    """Each municipality's latest numbers of ``year`` or before, by its code."""
    rows = MunicipalCount.objects.filter(year__lte=year).order_by("year")
    return {row.municipality_id: row for row in rows}


def demand_of(classes: Iterable[SchoolClass]) -> Counter[str]:
    """Pupils that were applied for, by the municipality of the school."""
    found: Counter[str] = Counter()
    for row in classes:
        found[row.booking.school.municipality_id] += row.pupils
    return found


def year_of(night: Night) -> int:
    return localtime(night.event.starts_at).year


def shares_of(night: Night, demand: Counter[str], places: int) -> list[Share]:
    """Every municipality in Swedish order, with its share of ``places`` by the night's basis. Two queries."""
    counts = latest_counts(year_of(night))
    rows = list(Municipality.objects.alphabetical())
    bases = {row.code: _basis(night, counts.get(row.code)) for row in rows}
    known = {code: basis for code, basis in bases.items() if basis is not None}
    complete = all(code in known for code in demand)
    fair = targets(places, {row.code: demand[row.code] for row in rows}, known) if complete else {}
    return [Share(row, counts.get(row.code), bases[row.code], demand[row.code], fair.get(row.code)) for row in rows]


def refuse_missing(shares: list[Share]) -> None:
    """Raises CountsMissing when somebody has applied from a municipality whose number is not known."""
    missing = [str(row.municipality) for row in shares if row.demand and row.basis is None]
    if missing:
        raise CountsMissing(municipalities=", ".join(missing))


def _basis(night: Night, count: MunicipalCount | None) -> int | None:
    if night.share_basis == ShareBasis.EQUAL:
        return 1
    if count is None:
        return None
    return count.population if night.share_basis == ShareBasis.POPULATION else count.cohort
