"""The ballot box. Invitations know people and nothing of answers; ballots hold answers and know nobody.

No column leads from one to the other: an invitation keeps only *that* it was used, not when, and a ballot carries
neither token, address nor time of day. Nor do the rows themselves: answers come in sealed, written together with their
invitation, and are opened later, many at a time, as new rows in random order (surveys/answers/opening.py).
"""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from surveys.questionnaires.models import Question, Survey


class DueLetter(models.TextChoices):
    """Which letter an invitation still has to get; the worker that writes it crosses it out."""

    INVITATION = "invitation", pgettext_lazy("letter about a survey", "Invitation")
    REMINDER = "reminder", pgettext_lazy("letter about a survey", "Reminder")


class InvitationQuerySet(models.QuerySet):
    def unanswered(self) -> Self:
        return self.filter(used=False)

    def to_remind(self, at: datetime) -> Self:
        """Those who have not answered and have had no letter on the day of aware time ``at``, Stockholm's day."""
        midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
        rested = models.Q(reminded_at__lt=midnight) | models.Q(reminded_at=None, invited_at__lt=midnight)
        return self.unanswered().filter(rested)


class Invitation(models.Model):
    """One address may answer one survey once. ``key`` is signed into the link; alone it opens nothing."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(max_length=2, default="sv")
    used = models.BooleanField(_("has answered"), default=False)
    due_letter = models.CharField(max_length=10, choices=DueLetter, blank=True, default="")
    invited_at = models.DateTimeField(_("invited"), default=timezone.now)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [models.UniqueConstraint(fields=["survey", "email"], name="invitation_once_an_address")]

    def __str__(self) -> str:
        return str(self.key)


class SealedBallot(models.Model):
    """Answers that have come in and are in no figure yet. ``answers``: [question's key, its version, code] of each."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="sealed")
    answers = models.JSONField()

    class Meta:
        verbose_name = _("sealed ballot")
        verbose_name_plural = _("sealed ballots")

    def __str__(self) -> str:
        return str(self.id)


class Ballot(models.Model):
    """One respondent's answers, without the respondent."""

    class Source(models.TextChoices):
        LINK = "link", pgettext_lazy("where answers came from", "One-time link")
        IMPORT = "import", pgettext_lazy("where answers came from", "Imported file")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="ballots")
    source = models.CharField(max_length=8, choices=Source)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")

    def __str__(self) -> str:
        return str(self.id)


class Answer(models.Model):
    """One answer on one ballot, as the code of the question's scale."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    value = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["ballot", "question"], name="answer_once_a_question")]
        indexes = [models.Index(fields=["question", "value"])]

    def __str__(self) -> str:
        return self.value
