"""The list that a municipality orders its buses by."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from events.look import formats
from events.nights.models import Night
from registrations.papers.rows import BusAdmission, BusList, BusTrip, ClassSheet, Sum
from registrations.papers.words import LANGUAGE, classes_text, end_clock, listed


def data(night: Night, lists: Sequence[BusList]) -> dict[str, Any]:
    """What bus-lists.typ prints."""
    venue = night.event.venue
    title = _("Bus lists")
    if len(lists) == 1:
        title = f"{_('Bus list')} · {lists[0].municipality}"
    return {
        "title": f"{title} · {night.event.name}",
        "where": f"{venue.name}, {venue.street}, {venue.postal_code} {venue.city}",
        "labels": {
            "list": _("Bus list"),
            "school": _("School"),
            "class": _("Class"),
            "pupils": _("Pupils"),
            "adults": _("Adults"),
            "seats": _("In all"),
            "wheelchairs": _("Wheelchairs"),
            "phone": _("Phone on the evening"),
            "arrives": _("There by"),
            "leaves": _("Home from"),
            "sum": _("In all"),
            "unconfirmed": _("has not answered yet"),
            "desk": _("The desk"),
            "desk_value": night.desk_phone or night.event.contact_email,
            "where": _("Drive to"),
            "wheelchairs_note": _("Wheelchairs are counted among the pupils."),
        },
        "lists": [_list(one) for one in lists],
    }


def _list(one: BusList) -> dict[str, Any]:
    return {
        "municipality": one.municipality,
        "admissions": [_admission(admission) for admission in one.admissions],
        "sum": _sum(one.classes),
    }


def _admission(one: BusAdmission) -> dict[str, Any]:
    return {
        "name": one.admission.name,
        "day": formats.weekday(one.admission.starts_at, LANGUAGE),
        "starts": formats.clock(one.admission.starts_at, LANGUAGE),
        "ends": end_clock(one.admission),
        "trips": [_trip(trip) for trip in one.trips],
        "sum": _sum(one.classes),
    }


def _trip(trip: BusTrip) -> dict[str, Any]:
    return {
        "name": f"{_('Bus')} {trip.bus}" if trip.bus else _("No bus named"),
        "classes": [_class(sheet) for sheet in trip.classes],
        "sum": _sum(trip.classes),
    }


def _class(sheet: ClassSheet) -> dict[str, Any]:
    return {
        "school": sheet.school,
        "label": sheet.label,
        "pupils": sheet.pupils,
        "adults": sheet.adults,
        "seats": sheet.pupils + sheet.adults,
        "wheelchairs": sheet.wheelchairs,
        "phone": sheet.phone,
        "confirmed": sheet.confirmed,
    }


def _sum(sheets: Iterable[ClassSheet]) -> dict[str, Any]:
    total = Sum.of(sheets)
    return {
        "text": listed([classes_text(total.classes)]),
        "pupils": total.pupils,
        "adults": total.adults,
        "seats": total.pupils + total.adults,
        "wheelchairs": total.wheelchairs,
    }
