"""Follow-ups as the directors saw them: kept for ever, corrected beside, lent by links.

Rows of FrozenFollowup and Correction can only be added: triggers in the database refuse every change and deletion, but
for a reference to a person whose account is deleted. A later migration that alters these tables on SQLite makes them
anew without triggers and has to put these up again (``tests/surveys/followup/frozen/test_guards.py`` tells).
"""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.access.models import User
from events.plan.models import ActivityPlan
from events.seal import seal, spoken


class FrozenFollowup(models.Model):
    """The follow-up of a year as it was at ``frozen_at``, for a meeting; numbered from 1 without gaps per plan and year.

    ``contents`` is the canonical text of ``surveys.followup.contents`` and ``sha256`` its hash.
    """

    plan = models.ForeignKey(ActivityPlan, models.PROTECT, related_name="frozen_followups")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"))
    meeting = models.CharField(
        _("meeting"), max_length=160, help_text=_("As it shall stand on the paper, such as “The directors' group”.")
    )
    meeting_on = models.DateField(_("day of the meeting"))
    frozen_at = models.DateTimeField(_("frozen"))
    frozen_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("frozen by"))
    format = models.CharField(max_length=30)
    contents = models.TextField()
    sha256 = models.CharField(max_length=64)
    audit_exclude = {"contents"}

    class Meta:
        verbose_name = _("frozen follow-up")
        verbose_name_plural = _("frozen follow-ups")
        ordering = ["plan", "year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year", "number"], name="frozen_number_once_a_plan_and_year"),
            models.CheckConstraint(condition=Q(number__gte=1), name="frozen_numbers_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.name}"

    @property
    def name(self) -> str:
        """ "2019:2": the year and the number, as it stands on the paper."""
        return f"{self.year}:{self.number}"

    @property
    def is_whole(self) -> bool:
        """Whether the contents still are those that were sealed."""
        return seal(self.contents) == self.sha256

    @property
    def spoken_hash(self) -> str:
        return spoken(self.sha256)


class Correction(models.Model):
    """What turned out to be wrong in a frozen follow-up, and why. ``figure`` is a figure's key in its contents, if any."""

    frozen = models.ForeignKey(FrozenFollowup, models.PROTECT, related_name="corrections")
    figure = models.PositiveBigIntegerField(null=True, blank=True)
    what = models.TextField(_("what is right"), max_length=600)
    why = models.TextField(_("why"), max_length=600)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("who"))

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.what[:80]


class ShareLinkQuerySet(models.QuerySet):
    def working_on(self, day: date) -> Self:
        """Links that open something on ``day`` (in Stockholm); the last day is one of them."""
        return self.filter(revoked_at__isnull=True, ends_on__gte=day)


class ShareLink(models.Model):
    """A way to read one frozen follow-up without signing in. Only a hash of the link's secret is stored."""

    frozen = models.ForeignKey(FrozenFollowup, models.PROTECT, related_name="links")
    whom = models.CharField(
        _("for whom"), max_length=120, help_text=_("A group rather than a person, such as “The directors' group”.")
    )
    ends_on = models.DateField(_("last day"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used_on = models.DateField(_("last used"), null=True, blank=True)

    objects = ShareLinkQuerySet.as_manager()
    audit_exclude = {"token_hash", "last_used_on"}

    class Meta:
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.whom
