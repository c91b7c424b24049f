"""The names behind the ids of an instance: classes, stations, admissions, municipalities; a constant number of queries."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from events.municipalities.models import Municipality
from events.nights.models import Night, Wave
from registrations.allocation.instances import pk_of
from registrations.bookings.models import SchoolClass
from registrations.stations.models import Station

ID = re.compile(r"([cws])([0-9]{1,15})(-[0-9]{1,3})?")


@dataclass
class Names:
    """Rows by key. Whatever is gone is called a dash."""

    night: Night
    classes: dict[int, SchoolClass] = field(default_factory=dict)
    stations: dict[int, Station] = field(default_factory=dict)
    waves: dict[int, Wave] = field(default_factory=dict)
    municipalities: dict[str, Municipality] = field(default_factory=dict)

    @classmethod
    def of(cls, night: Night) -> "Names":
        """Every class, station and admission of ``night``. Four queries."""
        classes = SchoolClass.objects.for_night(night).select_related("booking__school__municipality", "hand_placing")
        waves = Wave.objects.filter(night=night).in_order()
        for wave in waves:
            wave.night = night
        return cls(
            night,
            {row.pk: row for row in classes},
            {row.pk: row for row in Station.objects.for_night(night).select_related("host__organisation", "zone")},
            {row.pk: row for row in waves},
            {row.code: row for row in Municipality.objects.alphabetical()},
        )

    def school_class(self, ident: str) -> SchoolClass | None:
        return self.classes.get(pk_of(ident))

    def class_name(self, ident: str) -> str:
        row = self.school_class(ident)
        return f"{row.label}, {row.booking.school}" if row else "–"

    def station_name(self, ident: str) -> str:
        row = self.stations.get(pk_of(ident))
        return str(row) if row else "–"

    def wave(self, ident: str | None) -> Wave | None:
        return self.waves.get(pk_of(ident)) if ident else None

    def wave_name(self, ident: str | None) -> str:
        row = self.wave(ident)
        return row.name if row else "–"

    def municipality_name(self, code: str) -> str:
        return str(self.municipalities.get(code, "–"))

    def of_ids_in(self, numbers: Any) -> dict[str, str]:
        """What the ids anywhere among a reason's numbers are called."""
        if isinstance(numbers, dict):
            numbers = list(numbers.values())
        if isinstance(numbers, list):
            return {ident: name for one in numbers for ident, name in self.of_ids_in(one).items()}
        name = self._called(numbers) if isinstance(numbers, str) else None
        return {numbers: name} if name else {}

    def _called(self, ident: str) -> str | None:
        if ident in self.municipalities:
            return str(self.municipalities[ident])
        found = ID.fullmatch(ident)
        if found is None:
            return None
        kind, key, team = found.groups()
        if kind == "c" and int(key) in self.classes:
            return str(int(team[1:])) if team else self.class_name(ident)
        if kind == "w" and int(key) in self.waves:
            return self.waves[int(key)].name
        if kind == "s" and int(key) in self.stations:
            return self.station_name(ident)
        return None

    def round_starts_at(self, wave: str, number: int) -> datetime | None:
        row = self.wave(wave)
        return row.round_starts_at(number) if row else None
