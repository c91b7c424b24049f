"""The worker's side of surveys. A task knows a number alone, an invitation's or a survey's.

A link is made when its letter is written.
"""

from django.utils import timezone
from django_tasks import task

from surveys.answers.opening import open_ballots
from surveys.answers.services import write_due_letter


@task()
def write_invitation(invitation: int) -> str:
    """Put the letter that the invitation is owed in the outbox."""
    return "written" if write_due_letter(invitation=invitation, at=timezone.now()) else "nothing to do"


@task()
def open_sealed(survey: int) -> str:
    """Open the survey's sealed ballots if there are enough. The result says nothing of how many."""
    return "opened" if open_ballots(survey=survey, at=timezone.now()) else "nothing to do"
