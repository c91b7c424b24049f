"""The names behind the ids of an instance: classes, stations, admissions, municipalities; a constant number of queries."""

from dataclasses import dataclass, field
from datetime import datetime

from events.municipalities.models import Municipality
from events.nights.models import Night, Wave
from registrations.allocation.instances import pk_of
from registrations.bookings.models import SchoolClass
from registrations.stations.models import Station


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

    def round_starts_at(self, wave: str, number: int) -> datetime | None:
        row = self.wave(wave)
        return row.round_starts_at(number) if row else None
