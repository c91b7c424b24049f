"""Which groups of a pupils' survey are somebody's own: a school's classes, and the classes that met a company."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from registrations.allocation.models import Visit
from surveys.answers.models import ClassCode
from surveys.figures.beside import Groups, Key
from surveys.questionnaires.models import Survey


@dataclass(frozen=True, slots=True)
class Owned:
    """``classes`` and ``companies`` are groups by key.

    ``stratum_of``: where the answers of each class (key) lie, ``None`` in no group. ``met``: the classes (keys) with a
    code that met each company (key of the exhibitor).
    """

    classes: Groups
    companies: Groups
    stratum_of: Mapping[int, int | None]
    met: Mapping[int, frozenset[int]]

    def of_class(self, school_class: int) -> Key | None:
        """The group of a class (key), which may hold others of its school; ``None`` where it cannot be told apart."""
        key = ("class", self.stratum_of.get(school_class) or 0)
        return key if key in self.classes else None

    def classes_in(self, key: Key | None) -> int:
        """How many classes answered in the group of a class; 1 for one that cannot be told apart, which names itself."""
        return sum(("class", stratum) == key for stratum in self.stratum_of.values()) if key else 1

    def of_company(self, exhibitor: int) -> Key | None:
        """The group of those who met a company (key); ``None`` where none can be told apart."""
        key = ("company", exhibitor)
        return key if key in self.companies else None

    def left_out(self, exhibitor: int) -> int:
        """How many classes met the company (key) and are not in its group: they answered together with others."""
        told = self.companies.get(("company", exhibitor), frozenset())
        return sum(self.stratum_of[one] not in told for one in self.met.get(exhibitor, ()))


def owned_groups(survey: Survey) -> Owned:
    """The groups of ``survey``, while its class codes are kept. Two queries.

    A code's group has at least SUPPRESS_BELOW pupils: mostly the class alone, sometimes others of its school too. Where
    schools are mixed it is nobody's own. A company's group has only classes that met it, whole or as teams.
    """
    rows = ClassCode.objects.filter(survey=survey).values_list("school_class", "stratum", "stratum__school")
    codes = list(rows)
    members: defaultdict[int, set[int]] = defaultdict(set)
    for school_class, stratum, _school in codes:
        if stratum:
            members[stratum].add(school_class)
    stratum_of = {school_class: stratum for school_class, stratum, _school in codes}
    met = _met(survey, stratum_of)
    companies = {
        ("company", company): frozenset(stratum for stratum, inside in members.items() if inside <= classes)
        for company, classes in met.items()
    }
    return Owned(
        classes={("class", stratum): frozenset({stratum}) for _class, stratum, school in codes if stratum and school},
        companies={key: strata for key, strata in companies.items() if strata},
        stratum_of=stratum_of,
        met=met,
    )


def _met(survey: Survey, stratum_of: Mapping[int, int | None]) -> dict[int, frozenset[int]]:
    visits = Visit.objects.filter(
        team__school_class__booking__night__event=survey.event_id, station__host__isnull=False
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for company, school_class in visits.order_by().values_list("station__host", "team__school_class").distinct():
        if school_class in stratum_of:
            found[company].add(school_class)
    return {company: frozenset(classes) for company, classes in found.items()}
