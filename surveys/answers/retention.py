"""How long it is known who was asked."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.retention.rules import NOBODY, Rule, nobody
from surveys.answers.models import Invitation
from surveys.questionnaires.models import SurveyState


def erase_invited(before: datetime, limit: int) -> int:
    """Leave of each invitation to a survey whose last day was before ``before`` that one was sent, and if it was used.

    A closed survey without a last day counts from the invitation.
    """
    undated = Q(survey__state=SurveyState.CLOSED, survey__closes_at=None, invited_at__lt=before)
    known = Invitation.objects.exclude(email__endswith=NOBODY)
    due = list(known.filter(Q(survey__closes_at__lt=before) | undated).order_by("pk")[:limit])
    for invitation in due:
        invitation.email = nobody()
        invitation.due_letter = ""
    Invitation.objects.bulk_update(due, ["email", "due_letter"])
    return len(due)


INVITED = Rule(
    code="invitations",
    what=_("Invitations to surveys: e-mail"),
    why=_("To ask, to remind, and to let each address answer once."),
    keep=timedelta(days=90),
    since=_("after the survey's last day"),
    then=_("How many were asked stays."),
    erase=erase_invited,
)
