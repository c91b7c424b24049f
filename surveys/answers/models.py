"""The ballot box. Invitations know people and nothing of answers; ballots hold answers and know nobody.

No column leads from one to the other: an invitation keeps only *that* it was used, not when, and a ballot carries
neither token, address nor time of day. Nor do the rows themselves: answers come in sealed, written together with their
invitation, and are opened later, many at a time, as new rows in random order (surveys/answers/opening.py).
"""

import uuid
from datetime import datetime
from typing import Self

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.access.models import User
from registrations.bookings.models import SchoolClass
from surveys.questionnaires.models import Question, Survey


class DueLetter(models.TextChoices):
    """Which letter an invitation still has to get; the worker that writes it crosses it out."""

    INVITATION = "invitation", pgettext_lazy("letter about a survey", "Invitation")
    REMINDER = "reminder", pgettext_lazy("letter about a survey", "Reminder")


class Stratum(models.Model):
    """What is known of those who could answer, as a group: never fewer people than ``size`` tells.

    A survey's answers can be broken down by it. The names are kept as they were; empty: not known, or not told because
    the group is too small. ``size``: how many could answer.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="strata")
    kind = models.CharField(_("kind"), max_length=40, blank=True, default="")
    municipality = models.CharField(_("municipality"), max_length=60, blank=True, default="")
    school = models.CharField(_("school"), max_length=160, blank=True, default="")
    grade = models.CharField(_("grade"), max_length=20, blank=True, default="")
    company = models.CharField(_("company"), max_length=160, blank=True, default="")
    wave = models.CharField(_("admission"), max_length=60, blank=True, default="")
    size = models.PositiveIntegerField(_("how many"), default=0)

    class Meta:
        verbose_name = _("stratum")
        verbose_name_plural = _("strata")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "kind", "municipality", "school", "grade", "company", "wave"],
                name="stratum_once_a_survey",
            )
        ]

    def __str__(self) -> str:
        parts = [self.kind, self.municipality, self.school, self.grade, self.company, self.wave]
        return " · ".join(part for part in parts if part)


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
    stratum = models.ForeignKey(Stratum, models.SET_NULL, null=True, blank=True, related_name="+")
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


class ClassCode(models.Model):
    """What a class of pupils answers with: at most ``cap`` times. ``used`` counts the answers that came.

    ``bursts`` counts the answers that came faster than a class can pass a tablet on: flagged, never refused.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="class_codes")
    school_class = models.ForeignKey(SchoolClass, models.CASCADE, related_name="survey_codes")
    code = models.CharField(_("code"), max_length=12, unique=True)
    cap = models.PositiveSmallIntegerField(_("answers at most"))
    used = models.PositiveSmallIntegerField(_("answers"), default=0)
    bursts = models.PositiveSmallIntegerField(default=0, editable=False)
    stratum = models.ForeignKey(Stratum, models.SET_NULL, null=True, blank=True, related_name="+")

    audit_exclude = {"code", "used", "bursts"}

    class Meta:
        verbose_name = _("class code")
        verbose_name_plural = _("class codes")
        constraints = [
            models.UniqueConstraint(fields=["survey", "school_class"], name="class_code_once_a_class"),
            models.CheckConstraint(condition=models.Q(used__lte=models.F("cap")), name="class_code_within_its_cap"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def takes_answers(self, at: datetime) -> bool:
        return self.used < self.cap and self.survey.takes_answers(at)


class ReceiptManager(models.Manager["Receipt"]):
    def note(self, survey: Survey, digest: str) -> bool:
        """Note a receipt; whether it is new. One statement: of two at once the second waits, and is told that it is not."""
        with connection.cursor() as cursor:
            into = "INSERT INTO surveys_receipt (survey_id, digest) VALUES (%s, %s) ON CONFLICT DO NOTHING"
            cursor.execute(into, [survey.pk, digest])
            return bool(cursor.rowcount)


class Receipt(models.Model):
    """That answers sent under a phone's random number have come, so that they count once however often they are sent.

    Knows nothing of the answers, the link or the time. ``digest`` is SHA-256 of the number, hexadecimal.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="receipts")
    digest = models.CharField(max_length=64)

    objects = ReceiptManager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [models.UniqueConstraint(fields=["survey", "digest"], name="receipt_once_a_survey")]

    def __str__(self) -> str:
        return self.digest[:8]


class Source(models.TextChoices):
    LINK = "link", pgettext_lazy("where answers came from", "One-time link")
    CLASS = "class", pgettext_lazy("where answers came from", "Class code")
    OPEN = "open", pgettext_lazy("where answers came from", "Open link")
    PAPER = "paper", pgettext_lazy("where answers came from", "Paper")
    IMPORT = "import", pgettext_lazy("where answers came from", "Imported file")


class SealedBallot(models.Model):
    """Answers that have come in and are in no figure yet. ``answers``: [question (key), version, code] of each.

    A question of many has a row for each of its codes. ``texts``: the same, with screened words in place of a code.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="sealed")
    source = models.CharField(max_length=8, choices=Source, default=Source.LINK)
    stratum = models.ForeignKey(Stratum, models.SET_NULL, null=True, blank=True, related_name="+")
    answers = models.JSONField()
    texts = models.JSONField(default=list)

    class Meta:
        verbose_name = _("sealed ballot")
        verbose_name_plural = _("sealed ballots")

    def __str__(self) -> str:
        return str(self.id)


class Ballot(models.Model):
    """One respondent's answers, without the respondent. ``stratum``: the group that they came from, if it may be told."""

    Source = Source

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="ballots")
    source = models.CharField(max_length=8, choices=Source)
    stratum = models.ForeignKey(Stratum, models.PROTECT, null=True, blank=True, related_name="ballots")

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")

    def __str__(self) -> str:
        return str(self.id)


class Answer(models.Model):
    """One answer on one ballot: the code of an answer to choose, or a whole number. Many of many are as many rows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    value = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["ballot", "question", "value"], name="answer_once_a_value")]
        indexes = [models.Index(fields=["question", "value"])]

    def __str__(self) -> str:
        return self.value


class TextAnswer(models.Model):
    """What somebody wrote, screened (surveys/answers/screening.py). It lies alone: on no ballot and in no group, for
    words can give their writer away."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, models.PROTECT, related_name="texts")
    text = models.TextField()

    class Meta:
        verbose_name = _("answer in words")
        verbose_name_plural = _("answers in words")

    def __str__(self) -> str:
        return str(self.id)


class PaperEntry(models.Model):
    """A sheet of paper, typed in. Two that agree become one ballot and are deleted.

    ``sheet`` is the number that the clerk writes on the sheet, ``typing`` 1 or 2. ``answers``: as the form carries them.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="paper_entries")
    sheet = models.PositiveIntegerField(_("number of the sheet"))
    typing = models.PositiveSmallIntegerField(default=1)
    answers = models.JSONField()
    school_class = models.ForeignKey(SchoolClass, models.SET_NULL, null=True, blank=True, related_name="+")
    typed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    typed_at = models.DateTimeField(default=timezone.now)

    audit_exclude = {"answers"}

    class Meta:
        verbose_name = _("sheet of paper")
        verbose_name_plural = _("sheets of paper")
        constraints = [
            models.UniqueConstraint(fields=["survey", "sheet", "typing"], name="paper_entry_typed_once"),
            models.CheckConstraint(condition=models.Q(typing__in=[1, 2]), name="paper_entry_typed_twice_at_most"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}:{self.typing}"
