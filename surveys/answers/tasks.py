"""The worker's side of invitations. A task knows an invitation's number alone: the link is made when it is written."""

from django.utils import timezone
from django_tasks import task

from surveys.answers.services import write_due_letter


@task()
def write_invitation(invitation: int) -> str:
    """Put the letter that the invitation is owed in the outbox."""
    return "written" if write_due_letter(invitation=invitation, at=timezone.now()) else "nothing to do"
