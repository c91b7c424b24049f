"""Who is to be asked: those who came, or had a part in it, with their address, their language and their group."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from events.access.models import User
from events.retention.rules import NOBODY
from registrations.bookings.models import BookingPerson, SchoolClass
from registrations.checkin.queries import attended_exhibitors, attended_visitors
from registrations.exhibitors.models import Exhibitor
from registrations.stations.models import Station
from surveys.answers.strata import Group
from surveys.questionnaires.models import Audience, Survey


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody to ask: the language of their letter, and what is known of them as one of a group."""

    language: str
    group: Group


def asked_people(survey: Survey) -> dict[str, Asked]:
    """Those whom ``survey`` is about, by address (small letters): one a visitor, a company, a colleague in a booking.

    Pupils have no address: they answer with their class's code. Nor are a course's participants known here.
    """
    people = _PEOPLE.get(survey.audience)
    return people(survey) if people else {}


def has_addresses(audience: str) -> bool:
    """Whether those whom a survey of ``audience`` is about can be asked by letter."""
    return audience in _PEOPLE


def _visitors(survey: Survey) -> dict[str, Asked]:
    visitors = attended_visitors(survey.event).exclude(email__endswith=NOBODY).order_by("pk")
    rows = visitors.values_list("email", "language", "company")
    return {email.lower(): Asked(language, Group(company=company)) for email, language, company in rows}


def _exhibitors(survey: Survey) -> dict[str, Asked]:
    return _companies(attended_exhibitors(survey.event))


def _hosts(survey: Survey) -> dict[str, Asked]:
    stations = Station.objects.running().filter(night__event=survey.event)
    return _companies(Exhibitor.objects.filter(pk__in=stations.values("host")))


def _companies(exhibitors: QuerySet[Exhibitor]) -> dict[str, Asked]:
    known = exhibitors.exclude(contact_email="").exclude(contact_email__endswith=NOBODY).order_by("pk")
    rows = list(known.values_list("contact_email", "field", "organisation__municipality__name", "organisation__name"))
    spoken = dict(User.objects.filter(email__in=[row[0].lower() for row in rows]).values_list("email", "language"))
    return {
        email.lower(): Asked(
            spoken.get(email.lower()) or "sv",
            Group(kind=(field or "")[:40], municipality=town or "", company=company),
        )
        for email, field, town, company in rows
    }


def _teachers(survey: Survey) -> dict[str, Asked]:
    placed = SchoolClass.objects.sent().holding().filter(booking__night__event=survey.event)
    joined = Q(asked_at=None) | Q(joined_at__isnull=False)
    people = BookingPerson.objects.filter(joined, booking__in=placed.values("booking"), user__is_active=True)
    rows = people.order_by("pk").values_list(
        "user__email", "user__language", "booking__school__municipality__name", "booking__school__name"
    )
    return {
        email.lower(): Asked(language or "sv", Group(municipality=town or "", school=school))
        for email, language, town, school in rows
        if email and not email.endswith(NOBODY)
    }


_PEOPLE: dict[str, Callable[[Survey], dict[str, Asked]]] = {
    Audience.VISITORS: _visitors,
    Audience.EXHIBITORS: _exhibitors,
    Audience.HOSTS: _hosts,
    Audience.TEACHERS: _teachers,
}
