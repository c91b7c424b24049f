"""The words of the follow-up that no figure and no activity carries: one row a part, plan and year."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.plan.models import ActivityPlan


class Part(models.TextChoices):
    """The parts of the document that are written as running text, in its order."""

    OPERATIONAL_PLAN = "operational_plan", pgettext_lazy("part of the follow-up", "From the operational plan")
    PRIORITY_AREAS = "priority_areas", pgettext_lazy("part of the follow-up", "Priority areas")
    DECISIONS = "decisions", pgettext_lazy("part of the follow-up", "Decisions and processes")
    COMPLETED = "completed", pgettext_lazy("part of the follow-up", "Completed activities")
    GROUP = "group", pgettext_lazy("part of the follow-up", "The group's reflections")
    RESULTS = "results", pgettext_lazy("part of the follow-up", "What results have the measures given overall?")
    GOALS = "goals", pgettext_lazy("part of the follow-up", "Do the measures contribute to the goals?")
    DEVELOPMENT = "development", pgettext_lazy("part of the follow-up", "What potential for development is there?")
    LESSONS = "lessons", pgettext_lazy("part of the follow-up", "What lessons have been learned?")
    ADDED_VALUE = "added_value", pgettext_lazy("part of the follow-up", "What added value has the cooperation given?")

    @classmethod
    def introduction(cls) -> list["Part"]:
        """What stands before the goals."""
        return [cls.OPERATIONAL_PLAN, cls.PRIORITY_AREAS, cls.DECISIONS, cls.COMPLETED, cls.GROUP]

    @classmethod
    def questions(cls) -> list["Part"]:
        """The five questions under "Analysis and reflections"."""
        return [cls.RESULTS, cls.GOALS, cls.DEVELOPMENT, cls.LESSONS, cls.ADDED_VALUE]


class WordsQuerySet(models.QuerySet["Words"]):
    def of(self, plan: ActivityPlan, year: int) -> Self:
        return self.filter(plan=plan, year=year)


class Words(models.Model):
    """The text of one part. Parts are rows of their own, so that editors of different parts do not meet."""

    plan = models.ForeignKey(ActivityPlan, models.CASCADE, related_name="words")
    year = models.PositiveSmallIntegerField(_("year"))
    part = models.CharField(_("part"), max_length=20, choices=Part)
    text = models.TextField(_("text"), blank=True, max_length=10_000)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = WordsQuerySet.as_manager()
    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("text of the follow-up")
        verbose_name_plural = _("texts of the follow-up")
        ordering = ["year", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "year", "part"], name="words_once_a_part_and_year")]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.year}"
