"""A visitor's way to the survey from the ticket's page."""

from datetime import datetime

from django.db import transaction

from events.retention.rules import NOBODY
from registrations.tickets.models import Ticket
from surveys.answers.box import LinkSpent
from surveys.answers.models import Invitation
from surveys.questionnaires.models import Audience, Survey


def open_survey_for(ticket: Ticket, at: datetime) -> Survey | None:
    """The survey that the ticket's holder may answer at aware time ``at``: a visitor who came and has not answered."""
    presence = getattr(ticket, "presence", None)
    if ticket.visitor is None or not (presence and presence.came) or ticket.visitor.email.endswith(NOBODY):
        return None
    survey = Survey.objects.for_event(ticket.event).filter(audience=Audience.VISITORS).first()
    if survey is None or not survey.takes_answers(at):
        return None
    used = survey.invitations.filter(email=ticket.visitor.email.lower(), used=True)
    return None if used.exists() else survey


@transaction.atomic
def invite_ticket(*, ticket: Ticket, at: datetime) -> Invitation:
    """The invitation of the address on ``ticket``, made if there is none; no letter is owed for it.

    Raises LinkSpent when the holder may not answer (any more). Nobody is named in the audit: it is the holder's own way.
    """
    survey = open_survey_for(ticket, at)
    if survey is None or ticket.visitor is None:
        raise LinkSpent
    survey = Survey.objects.locked(survey.pk)
    if not survey.takes_answers(at) or survey.invitations.filter(email__endswith=NOBODY).exists():
        raise LinkSpent
    invitation, _new = Invitation.objects.get_or_create(
        survey=survey,
        email=ticket.visitor.email.lower(),
        defaults={"language": ticket.visitor.language, "invited_at": at},
    )
    return invitation
