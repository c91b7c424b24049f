"""What the allocation rests on: the declared rule, and the numbers of the municipalities."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.municipalities.models import MunicipalCount
from events.nights.models import FirstAim, Night, ShareBasis
from events.programme.models import Event
from events.versions import take_version

RULE_CHANGED = audit.verb("night.rule_changed", _("changed the rule of the allocation"))
COUNT_CHANGED = audit.verb("municipality.count_changed", _("changed the municipality's numbers"))


@dataclass(frozen=True, slots=True)
class Counts:
    """A municipality's numbers of a year; ``None`` where nobody has told."""

    population: int | None
    cohort: int | None


@transaction.atomic
def change_rule(
    *,
    night: Night,
    share_basis: ShareBasis,
    first_aim: FirstAim,
    places: int,
    year: int,
    source: str,
    counts: Mapping[str, Counts],
    seen: int,
    by: User,
    at: datetime,
) -> Night:
    """Store the rule of ``night``, and ``counts`` of ``year`` by municipality code. ``seen`` is the night's version.

    Numbers that are as they were keep their source. Raises Stale.
    """
    event = Event.objects.locked(night.event_id)
    night = Night.objects.select_for_update(no_key=True).get(pk=night.pk)
    night.event = event
    take_version(night, seen)
    with audit.change(night, RULE_CHANGED, by=by, at=at):
        night.share_basis, night.first_aim, night.places = share_basis, first_aim, places
        night.save(update_fields=["share_basis", "first_aim", "places", "version"])
    stored = {row.municipality_id: row for row in MunicipalCount.objects.filter(year=year)}
    for code, told in counts.items():
        row = stored.get(code) or MunicipalCount(municipality_id=code, year=year)
        if (row.population, row.cohort) != (told.population, told.cohort):
            _save_count(row, told, source, by, at)
    return night


def _save_count(row: MunicipalCount, told: Counts, source: str, by: User, at: datetime) -> None:
    before = {"population": row.population, "cohort": row.cohort, "source": row.source}
    row.population, row.cohort, row.source = told.population, told.cohort, source
    row.save()
    changes = {name: [value, getattr(row, name)] for name, value in before.items() if value != getattr(row, name)}
    audit.record(row.municipality, COUNT_CHANGED, by=by, at=at, changes={**changes, "year": [None, row.year]})
