"""Indicators: which figure stands in which row of the follow-up."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.plan.models import Activity
from events.programme.models import Event
from surveys.figures.models import ReportedFigure
from surveys.questionnaires.models import Question


class Indicator(models.Model):
    """A figure that tells how an activity went. Its value is never stored here: it comes from its source, each time."""

    class Source(models.TextChoices):
        QUESTION = "question", pgettext_lazy("source of an indicator", "A survey question")
        EXHIBITORS = "exhibitors", pgettext_lazy("source of an indicator", "Number of exhibitors")
        ATTENDANCE = "attendance", pgettext_lazy("source of an indicator", "Number of people who came in")
        BOOKED = "booked", pgettext_lazy("source of an indicator", "Pupils applied for")
        PLACED = "placed", pgettext_lazy("source of an indicator", "Pupils with a place")
        CONFIRMED = "confirmed", pgettext_lazy("source of an indicator", "Pupils whose school has confirmed")
        ARRIVED = "arrived", pgettext_lazy("source of an indicator", "Pupils who came")
        PUPIL_COST = "pupil_cost", pgettext_lazy("source of an indicator", "Co-financing per pupil")
        REPORTED = "reported", pgettext_lazy("source of an indicator", "A reported figure")

        @classmethod
        def counts(cls) -> list["Indicator.Source"]:
            """Those that are a plain number of the event."""
            return [source for source in cls if source not in {cls.QUESTION, cls.REPORTED}]

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="indicators")
    event = models.ForeignKey(Event, models.CASCADE, related_name="indicators")
    source = models.CharField(_("source"), max_length=12, choices=Source)
    question = models.ForeignKey(Question, models.CASCADE, null=True, blank=True, related_name="indicators")
    reported = models.ForeignKey(ReportedFigure, models.CASCADE, null=True, blank=True, related_name="indicators")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    sentence = models.TextField(
        _("sentence"),
        max_length=600,
        blank=True,
        help_text=_("Your own words in place of the draft. Leave empty to keep the draft, which follows the figure."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source="question", question__isnull=False)
                | (~models.Q(source="question") & models.Q(question__isnull=True)),
                name="indicator_question_where_it_is_the_source",
            ),
            models.CheckConstraint(
                condition=models.Q(source="reported", reported__isnull=False)
                | (~models.Q(source="reported") & models.Q(reported__isnull=True)),
                name="indicator_reported_where_it_is_the_source",
            ),
            models.UniqueConstraint(
                fields=["activity", "reported"],
                condition=models.Q(reported__isnull=False),
                name="indicator_once_a_reported_figure",
            ),
            models.UniqueConstraint(
                fields=["activity", "question"],
                condition=models.Q(question__isnull=False),
                name="indicator_once_a_question",
            ),
            models.UniqueConstraint(
                fields=["activity", "event", "source"],
                condition=models.Q(question__isnull=True, reported__isnull=True),
                name="indicator_once_a_count",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} · {self.get_source_display()}"
