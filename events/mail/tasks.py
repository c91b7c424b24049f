"""The worker's side of the outbox."""

import logging

from django.utils import timezone
from django_tasks import task

from events.mail.services import claim_letter, postpone_letter, send_letter

log = logging.getLogger(__name__)


@task()
def deliver(letter_pk: int) -> str:
    """Send one letter, or plan another try; gives the state in which the letter was left.

    No transaction is open while the mail server is talked to. A letter that another worker has, or that is
    sent already, is left alone.
    """
    now = timezone.now()
    letter = claim_letter(pk=letter_pk, at=now)
    if letter is None:
        return "nothing to do"
    try:
        send_letter(letter=letter, at=now)
    except Exception as error:  # noqa: BLE001 — backends raise what they like; the letter must survive
        log.warning("Letter %s was not sent: %s", letter.pk, type(error).__name__)
        postpone_letter(letter=letter, error=error, at=now)
    return letter.state
