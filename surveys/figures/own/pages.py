"""What a company and a school may read of the answers, once the surveys are closed."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from events.programme.models import Event
from registrations.bookings.models import Booking
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from surveys.answers.models import ClassCode
from surveys.figures.beside import Key
from surveys.figures.entries import THOUGHT
from surveys.figures.own.comparing import Compared, compared_by_group, compared_by_table
from surveys.figures.own.groups import Owned, owned_groups
from surveys.questionnaires.models import Audience, Survey, SurveyState

COMPANY_READS = (Audience.EXHIBITORS, Audience.VISITORS, Audience.PUPILS, Audience.HOSTS)


@dataclass(frozen=True, slots=True)
class Section:
    """A survey's questions. ``everybody`` names all who answered; ``note`` says what the groups are."""

    title: str | Promise
    everybody: str
    compared: list[Compared]
    note: str = ""


def closed_surveys(event: Event, audiences: Collection[str], *, at: datetime) -> list[Survey]:
    """The surveys of ``event`` that took answers and take no more, in the order of ``audiences``. One query."""
    rows = Survey.objects.for_event(event).filter(audience__in=audiences).exclude(state=SurveyState.DRAFT)
    found = {survey.audience: survey for survey in rows.select_related("event") if not survey.takes_answers(at)}
    return [found[audience] for audience in audiences if audience in found]


def company_reads(exhibitor: Exhibitor, *, at: datetime) -> list[Survey]:
    """The surveys whose answers the company may read: it had a place, and they are closed."""
    if exhibitor.state not in State.holding():
        return []
    return closed_surveys(exhibitor.event, COMPANY_READS, at=at)


def company_sections(exhibitor: Exhibitor, *, at: datetime) -> list[Section]:
    """What everybody answered, and those who are near the company: its visitors, its field, its municipality."""
    return [
        _of_pupils(survey, exhibitor, at) if survey.audience == Audience.PUPILS else _of_others(survey, exhibitor, at)
        for survey in company_reads(exhibitor, at=at)
    ]


def _of_pupils(survey: Survey, exhibitor: Exhibitor, at: datetime) -> Section:
    owned = owned_groups(survey)
    met = exhibitor.pk in owned.met
    wanted = [(_("The classes that came to you"), owned.of_company(exhibitor.pk))] if met else []
    notes = [_("They answered about the whole evening, not only about your station.")] if met else []
    left_out = owned.left_out(exhibitor.pk)
    if left_out:
        text = ngettext(
            "%(n)s class that came to you answered together with others, and is not in the group.",
            "%(n)s classes that came to you answered together with others, and are not in the group.",
            left_out,
        )
        notes.append(text % {"n": left_out})
    compared = compared_by_group(survey, wanted, (owned.classes, owned.companies), at=at)
    return Section(THOUGHT[survey.audience], _("All pupils"), compared, " ".join(notes))


def _of_others(survey: Survey, exhibitor: Exhibitor, at: datetime) -> Section:
    town = exhibitor.organisation.municipality.name if exhibitor.organisation.municipality else ""
    wanted = {}
    if survey.audience != Audience.VISITORS:
        known = {
            _("Companies in %(field)s") % {"field": exhibitor.field}: ("kind", exhibitor.field[:40]),
            _("Companies from %(town)s") % {"town": town}: ("municipality", town),
        }
        wanted = {name: place for name, place in known.items() if place[1]}
    everybody = {
        Audience.EXHIBITORS: pgettext("who answered", "All exhibitors"),
        Audience.VISITORS: pgettext("who answered", "All visitors"),
        Audience.HOSTS: pgettext("who answered", "All host companies"),
    }[Audience(survey.audience)]
    return Section(THOUGHT[survey.audience], everybody, compared_by_table(survey, wanted, at=at))


def class_codes_of(booking: Booking, *, at: datetime) -> list[ClassCode]:
    """The codes that the booking's classes answered with, of the pupils' survey when it is closed. One query."""
    rows = ClassCode.objects.filter(school_class__booking=booking).exclude(survey__state=SurveyState.DRAFT)
    codes = rows.select_related("survey__event", "school_class").order_by("school_class__grade", "school_class__label")
    return [code for code in codes if not code.survey.takes_answers(at)]


def class_section(booking: Booking, *, at: datetime) -> Section | None:
    """What the classes of ``booking`` answered, beside all pupils; ``None`` while there is nothing to read."""
    codes = class_codes_of(booking, at=at)
    if not codes:
        return None
    survey = codes[0].survey
    owned = owned_groups(survey)
    compared = compared_by_group(survey, _named(codes, owned), (owned.classes, owned.companies), at=at)
    return Section(THOUGHT[survey.audience], _("All pupils"), compared)


def _named(codes: list[ClassCode], owned: Owned) -> list[tuple[str, Key | None]]:
    """Each group of the booking's classes by their labels; a class that cannot be told apart has none."""
    labels: defaultdict[tuple[Key | None, int], list[str]] = defaultdict(list)
    for code in codes:
        key = owned.of_class(code.school_class_id)
        labels[key, 0 if key else code.pk].append(code.school_class.label)
    return [(_name(names, alone=owned.classes_in(key) == len(names)), key) for (key, _code), names in labels.items()]


def _name(labels: list[str], *, alone: bool) -> str:
    names = str(get_text_list(labels, _("and")))
    return names if alone else _("%(classes)s, together with other classes") % {"classes": names}
