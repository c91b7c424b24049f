"""The outbox: every letter that the system owes somebody, until it is sent."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LetterState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("state of a letter", "Waiting to be sent")
    SENDING = "sending", pgettext_lazy("state of a letter", "Being sent")
    SENT = "sent", pgettext_lazy("state of a letter", "Sent")
    FAILED = "failed", pgettext_lazy("state of a letter", "Could not be sent")


class LetterQuerySet(models.QuerySet):
    def stranded(self, at: datetime) -> Self:
        """Long past their next try, or past their lease: the task died with its worker."""
        unsent = [LetterState.QUEUED, LetterState.SENDING]
        return self.filter(state__in=unsent, next_try_at__lt=at - timedelta(minutes=5))


class Letter(models.Model):
    """A rendered e-mail. Its text is kept until it is sent, then erased; the fact that it was sent remains."""

    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField()
    html = models.TextField()
    image = models.BinaryField(null=True)
    language = models.CharField(max_length=2)
    event = models.ForeignKey("events.Event", models.CASCADE, null=True, related_name="letters")
    state = models.CharField(_("state"), max_length=10, choices=LetterState, default=LetterState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    objects = LetterQuerySet.as_manager()
    audit_exclude = {"to", "subject", "text", "html", "image"}

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [models.Index(fields=["state", "next_try_at"])]

    def __str__(self) -> str:
        return self.subject
