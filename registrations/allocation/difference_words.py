"""What has changed since a proposal was made, as sentences."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.allocation.differences import Difference
from registrations.allocation.names import Names

OF_A_CLASS: dict[str, str | Promise] = {
    "class_gone": gettext_lazy("%(name)s is cancelled or given back."),
    "class_new": gettext_lazy("%(name)s has come in since."),
    "class_size": gettext_lazy("%(name)s: %(after)s pupils in the place of %(before)s."),
    "class_adults": gettext_lazy("%(name)s: %(after)s adults in the place of %(before)s."),
    "class_school": gettext_lazy("%(name)s belongs to another school."),
    "class_name": gettext_lazy("%(name)s is called something else."),
    "class_grade": gettext_lazy("%(name)s: grade %(after)s in the place of %(before)s."),
    "class_teams": gettext_lazy("%(name)s is divided into other teams, or needs something else."),
    "class_times": gettext_lazy("%(name)s can come at other times."),
    "class_bus": gettext_lazy("%(name)s shares its bus with others than before."),
    "class_points": gettext_lazy("%(name)s: %(after)s points for its reason in the place of %(before)s."),
    "class_wishes": gettext_lazy("%(name)s wishes for other stations, or one of them is gone."),
    "place": gettext_lazy("%(name)s has got, lost or given back a place since."),
    "hand": gettext_lazy("%(name)s: something else is decided by hand."),
}
OF_A_STATION: dict[str, str | Promise] = {
    "station_gone": gettext_lazy("The station %(name)s is gone."),
    "station_new": gettext_lazy("The station %(name)s is new."),
    "station_changed": gettext_lazy("The station %(name)s has other room, other rounds or another place."),
}
OF_A_WAVE: dict[str, str | Promise] = {
    "wave_gone": gettext_lazy("An admission is gone."),
    "wave_new": gettext_lazy("The admission %(name)s is new."),
    "wave_capacity": gettext_lazy("The admission %(name)s takes %(after)s pupils in the place of %(before)s."),
    "wave_rounds": gettext_lazy("The admission %(name)s has %(after)s rounds in the place of %(before)s."),
}
RULES: dict[str, str | Promise] = {
    "places": gettext_lazy("There are %(after)s places in the place of %(before)s."),
    "visits_per_team": gettext_lazy("Each pupil sees %(after)s stations in the place of %(before)s."),
    "share_basis": gettext_lazy("The municipalities' shares follow something else."),
    "order": gettext_lazy("Another aim comes first."),
}


def sentences(found: Iterable[Difference], names: Names) -> list[tuple[str, bool]]:
    """Each difference as (sentence, whether it breaks the proposal)."""
    return [(_sentence(row, names), row.breaks) for row in found]


def _sentence(row: Difference, names: Names) -> str:
    facts = {"before": row.before, "after": row.after}
    tables: tuple[tuple[dict[str, str | Promise], Callable[[str], str]], ...] = (
        (OF_A_CLASS, names.class_name),
        (OF_A_STATION, names.station_name),
        (OF_A_WAVE, names.wave_name),
    )
    for table, name_of in tables:
        if row.code in table:
            return _filled(table[row.code], {**facts, "name": name_of(row.about)})
    match row.code:
        case "rule":
            return _filled(RULES.get(row.about, _("The times of the rounds are other.")), facts)
        case "basis":
            name = names.municipality_name(row.about)
            return _("%(name)s: another number behind its share.") % {"name": name}
        case "counts_missing":
            return _("The number behind the share is missing for %(names)s.") % {"names": row.after}
        case "walks":
            return _("The walks between the zones take another time.")
    return row.code


def _filled(text: str | Promise, facts: dict[str, Any]) -> str:
    return str(text) % facts
