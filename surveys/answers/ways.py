"""Answers that come with a class's code or through the open link."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from surveys.answers.box import LinkSpent, is_repeated, seal, survey_taking_answers
from surveys.answers.models import ClassCode, Source
from surveys.answers.spending import spend_code
from surveys.questionnaires.models import Survey

OPEN_LINK_ON = audit.verb("survey.open_link_on", _("made a new open link"))
OPEN_LINK_OFF = audit.verb("survey.open_link_off", _("switched the open link off"))


@transaction.atomic
def submit_with_code(
    *,
    code: ClassCode,
    answers: Mapping[str, str],
    shown: Mapping[str, int],
    at: datetime,
    receipt: str,
    quick: bool = False,
) -> bool:
    """Put ``answers`` of somebody in the class in the ballot box, sealed; whether they came now and not before.

    ``quick``: they came faster than a tablet can be passed on, which is counted. The survey is held first, so
    that nobody rewords or closes meanwhile. Raises as ``services.submit_answers``.
    """
    survey = survey_taking_answers(code.survey_id, at)
    if is_repeated(survey, receipt):
        return False
    spent = spend_code(code, quick=quick)
    if spent is None:
        raise LinkSpent
    seal(survey, answers=answers, shown=shown, source=Source.CLASS, stratum=spent[0])
    return True


@transaction.atomic
def submit_openly(
    *, key: UUID, answers: Mapping[str, str], shown: Mapping[str, int], at: datetime, receipt: str
) -> bool:
    """Put ``answers`` that came through the open link in the ballot box, sealed; whether they came now.

    Raises as ``services.submit_answers``.
    """
    asked = Survey.objects.filter(open_key=key).values_list("pk", flat=True).first()
    if asked is None:
        raise LinkSpent
    survey = survey_taking_answers(asked, at)
    if survey.open_key != key:
        raise LinkSpent
    if is_repeated(survey, receipt):
        return False
    seal(survey, answers=answers, shown=shown, source=Source.OPEN, stratum=None)
    return True


@transaction.atomic
def switch_open_link(*, survey: Survey, on: bool, by: User | None, at: datetime) -> Survey:
    """Let whoever has the link answer, or nobody. Switched on again it is another link, and the old one is spent."""
    survey = Survey.objects.locked(survey.pk)
    if not on and survey.open_key is None:
        return survey
    survey.open_key = uuid4() if on else None
    survey.save(update_fields=["open_key"])
    audit.record(survey, OPEN_LINK_ON if on else OPEN_LINK_OFF, by=by, at=at)
    return survey
