"""Writes letters and sends them. The letter and its task are rows of the caller's transaction: all of it or nothing."""

from datetime import datetime, timedelta
from email.mime.image import MIMEImage
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from events.access.models import User
from events.mail.models import Letter, LetterState
from events.programme.models import Event

# How long a worker may take over one letter before another may have it.
LEASE = timedelta(minutes=15)
IMAGE_ID = "image@torget"


def write_letter(
    *,
    to: str,
    template: str,
    context: dict[str, Any],
    language: str = "",
    event: Event | None = None,
    image: bytes | None = None,
) -> Letter:
    """Render ``template`` (``…/mail/accepted`` → ``.subject.txt``, ``.txt``, ``.html``) and put it in the outbox.

    ``language`` falls back to Swedish. ``image`` is a PNG that the HTML shows as ``cid:image@torget``.
    Runs inside the caller's transaction; a worker sends the letter after it.
    """
    from events.mail.tasks import deliver

    context = {"BASE_URL": settings.BASE_URL, "event": event, **context}
    with translation.override(language or settings.LANGUAGE_CODE):
        subject = " ".join(render_to_string(f"{template}.subject.txt", context).split())
        text = render_to_string(f"{template}.txt", context)
        html = render_to_string(f"{template}.html", {**context, "subject": subject})
    with transaction.atomic(savepoint=False):
        letter = Letter.objects.create(
            to=to,
            subject=subject[:250],
            text=text,
            html=html,
            image=image,
            language=language or settings.LANGUAGE_CODE,
            event=event,
        )
        deliver.enqueue(letter.pk)
    return letter


def write_to_user(*, user: User, template: str, context: dict[str, Any], event: Event | None = None) -> Letter:
    """``write_letter`` to somebody who has an account, in their language."""
    return write_letter(
        to=user.email, template=template, context={"user": user, **context}, language=user.language, event=event
    )


def claim_letter(*, pk: int, at: datetime) -> Letter | None:
    """Take the letter for sending, for the length of LEASE; ``None`` when it is gone, sent or somebody else's."""
    mine = Letter.objects.filter(pk=pk, state=LetterState.QUEUED).update(
        state=LetterState.SENDING, next_try_at=at + LEASE
    )
    return Letter.objects.get(pk=pk) if mine else None


def send_letter(*, letter: Letter, at: datetime) -> None:
    """Hand ``letter`` to the mail server and erase its text. Raises what the mail backend raises."""
    message = EmailMultiAlternatives(letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [letter.to])
    message.attach_alternative(letter.html, "text/html")
    if letter.image:
        picture = MIMEImage(bytes(letter.image), "png")
        picture.add_header("Content-ID", f"<{IMAGE_ID}>")
        picture.add_header("Content-Disposition", "inline", filename="qr.png")
        message.attach(picture)
    message.connection = get_connection()
    message.send()
    letter.state = LetterState.SENT
    letter.sent_at = at
    letter.text = letter.html = letter.last_error = ""
    letter.image = None
    letter.save()


@transaction.atomic
def postpone_letter(*, letter: Letter, error: Exception, at: datetime) -> None:
    """Note the failed try and plan the next: 1, 2, 4 … minutes later. After MAIL_ATTEMPTS tries it is given up."""
    from events.mail.tasks import deliver

    letter.attempts += 1
    letter.last_error = type(error).__name__
    if letter.attempts >= settings.MAIL_ATTEMPTS:
        letter.state = LetterState.FAILED
    else:
        letter.state = LetterState.QUEUED
        letter.next_try_at = at + timedelta(minutes=2 ** (letter.attempts - 1))
        deliver.using(run_after=letter.next_try_at).enqueue(letter.pk)
    letter.save(update_fields=["attempts", "last_error", "state", "next_try_at"])


def requeue_stranded(*, at: datetime) -> int:
    """Give letters whose worker died a new task; how many there were."""
    from events.mail.tasks import deliver

    with transaction.atomic():
        stranded = list(Letter.objects.select_for_update().stranded(at))
        for letter in stranded:
            letter.state = LetterState.QUEUED
            letter.next_try_at = at
            letter.save(update_fields=["state", "next_try_at"])
            deliver.enqueue(letter.pk)
    return len(stranded)


@transaction.atomic
def erase_letters(*, before: datetime, limit: int) -> int:
    """Forget up to ``limit`` letters that were written before ``before`` and are sent or given up; how many."""
    finished = [LetterState.SENT, LetterState.FAILED]
    old = Letter.objects.filter(state__in=finished, created_at__lt=before).order_by("pk")
    return Letter.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:limit])).delete()[0]
