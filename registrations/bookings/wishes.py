"""What a class may wish for, and wishes as the page sends them: keys in order, "f3,s12" (field 3 first, then station 12)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from events.nights.models import Field, Night
from registrations.bookings.models import SchoolClass, Wish
from registrations.stations.models import Station

MOST_WISHES = 10
_KEY = re.compile(r"[fs]\d{1,9}")


def read_order(text: str) -> list[str]:
    """The keys in ``text``, each once, in their order; what is no key is left out."""
    return list(dict.fromkeys(key for key in text.split(",") if _KEY.fullmatch(key)))


def toggled(order: list[str], key: str) -> list[str]:
    """``order`` with ``key`` last, or without it when it was there."""
    return [one for one in order if one != key] if key in order else [*order, key]


def key_of_wish(wish: Wish) -> str:
    return f"s{wish.station_id}" if wish.station_id else f"f{wish.field_id}"


@dataclass
class Choice:
    """A field or a station to tap on. ``number`` is its place among the wishes, 0 when it is not one of them."""

    key: str
    name: str
    number: int = 0
    text: str = ""
    host: str = ""
    accessible: bool = True


@dataclass
class FieldChoice(Choice):
    stations: list[Choice] = field(default_factory=list)


@dataclass(frozen=True)
class Offer:
    """Everything that can be wished for at a night, read once for however many classes."""

    fields: list[Field]
    stations: list[Station]

    def by_key(self) -> dict[str, Field | Station]:
        return {f"f{row.pk}": row for row in self.fields} | {f"s{row.pk}": row for row in self.stations}


def offer_of(night: Night) -> Offer:
    """The fields, and the stations that run, whether or not they have a place in the hall yet."""
    rows = Station.objects.for_night(night).running().select_related("host__organisation")
    return Offer(list(Field.objects.filter(night=night)), list(rows.order_by("number", "name", "pk")))


def may_visit(station: Station, grade: int) -> bool:
    return station.youngest_grade is None or station.youngest_grade <= grade


def choices_from(offer: Offer, grade: int, order: Iterable[str]) -> list[FieldChoice]:
    """What pupils in ``grade`` may wish for, by field; stations without a field stand last under an empty name.

    A field all of whose stations are for older pupils is left out; one that has no station yet can be wished for.
    """
    numbers = {key: number for number, key in enumerate(order, start=1)}
    groups = {row.pk: FieldChoice(f"f{row.pk}", str(row), numbers.get(f"f{row.pk}", 0)) for row in offer.fields}
    others = FieldChoice("", "")
    too_old: set[int] = set()
    for station in offer.stations:
        if not may_visit(station, grade):
            too_old.add(station.field_id or 0)
            continue
        key = f"s{station.pk}"
        choice = Choice(key, station.name, numbers.get(key, 0), station.text, station.host_name, station.accessible)
        groups.get(station.field_id or 0, others).stations.append(choice)
    shown = [group for pk, group in groups.items() if group.stations or pk not in too_old]
    return [*shown, others] if others.stations else shown


def order_of(school_class: SchoolClass) -> list[str]:
    """The class's wishes as keys, the dearest first."""
    return [key_of_wish(wish) for wish in school_class.wishes.all()]
