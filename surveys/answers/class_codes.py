"""Codes with which the pupils of a class answer: one for each class that has a place, as many answers as it has pupils."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from registrations.bookings.models import SchoolClass
from registrations.checkin.models import Presence
from surveys.answers.codes import new_class_code
from surveys.answers.grouping import group_of, strata_for
from surveys.answers.models import ClassCode
from surveys.answers.strata import Group
from surveys.questionnaires.models import Audience, Survey

MADE = audit.verb("survey.class_codes_made", _("made codes for the classes"))


class NoClasses(Refusal):
    code = "no_classes"
    message = _("No class has a place, so there is nobody to make codes for.")


def placed_classes(survey: Survey) -> dict[SchoolClass, int]:
    """The classes with a place at the survey's night, and how many of each came, or are to come."""
    came = Presence.objects.arrived().filter(ticket__school_class=OuterRef("pk")).values("came")[:1]
    classes = SchoolClass.objects.sent().holding().filter(booking__night__event=survey.event)
    found = classes.annotate(came=Subquery(came)).select_related("booking__school__municipality", "wave").order_by("pk")
    return {one: one.came or one.pupils for one in found}


@transaction.atomic
def make_class_codes(*, survey: Survey, by: User | None, at: datetime) -> int:
    """Make a code for each class that has a place and none; how many that were. Caps follow the heads that are known now.

    Raises NoClasses, also where the survey is not the pupils'.
    """
    survey = Survey.objects.locked(survey.pk)
    heads = placed_classes(survey) if survey.audience == Audience.PUPILS else {}
    if not heads:
        raise NoClasses
    known = {
        code.school_class_id: code
        for code in survey.class_codes.select_for_update(of=("self",), no_key=True).select_related("stratum")
    }
    changed = []
    for one, count in heads.items():
        kept = known.get(one.pk)
        if kept and kept.cap != max(count, kept.used):
            kept.cap = max(count, kept.used)
            changed.append(kept)
    ClassCode.objects.bulk_update(changed, ["cap"])
    told: Counter[Group] = Counter()
    for code in known.values():
        if code.stratum:
            told[group_of(code.stratum)] += code.cap
    new = [one for one in heads if one.pk not in known]
    strata = strata_for(
        survey,
        {one.pk: _group(one) for one in new},
        sizes={one.pk: heads[one] for one in new},
        told=told,
    )
    ClassCode.objects.bulk_create(
        ClassCode(survey=survey, school_class=one, code=new_class_code(), cap=heads[one], stratum=strata[one.pk])
        for one in new
    )
    if new:
        audit.record(survey, MADE, by=by, at=at, changes={"class_codes": [len(known), len(known) + len(new)]})
    return len(new)


def _group(school_class: SchoolClass) -> Group:
    school = school_class.booking.school
    return Group(
        municipality=school.municipality.name if school.municipality else "",
        school=school.name,
        grade=str(school_class.grade),
        wave=school_class.wave.name if school_class.wave else "",
    )


def listed_codes(survey: Survey) -> QuerySet[ClassCode]:
    """The codes of ``survey`` with their classes: by municipality, school, grade and label."""
    return survey.class_codes.select_related("school_class__booking__school__municipality").order_by(
        "school_class__booking__school__municipality__name",
        "school_class__booking__school__name",
        "school_class__grade",
        "school_class__label",
        "pk",
    )
