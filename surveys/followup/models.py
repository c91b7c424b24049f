"""Indicators: which figure stands in which row of the follow-up, what it is to reach, and how it has moved."""

from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.municipalities.models import Municipality
from events.plan.models import Activity, ActivityPlan, Goal
from events.programme.models import Event
from surveys.figures.models import ReportedFigure
from surveys.questionnaires.models import Question


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def of_plan(self, plan: ActivityPlan) -> Self:
        """Those in the rows of the plan's activities, and those that stand under its goals alone."""
        return self.filter(Q(activity__plan=plan) | Q(plan=plan))

    def with_sources(self) -> Self:
        """Ready for their figures, in one query."""
        return self.select_related(
            "activity", "plan", "responsible", "event__night", "question__survey", "reported__event"
        )


class Indicator(models.Model):
    """A figure that tells how an activity went or a goal fares. Its value comes from its source, each time.

    It stands in the row of its ``activity``; one that belongs to goals alone has none, and names its ``plan`` instead.
    ``baseline`` and ``target`` are in the unit that is shown: 75 is 75 %. ``year`` is the year that the target is for,
    and of applicants the year of the application. Only a typed value is stored, with the day that it is of; of the cost
    per exhibitor it is the whole cost in kronor.
    """

    class Source(models.TextChoices):
        QUESTION = "question", pgettext_lazy("source of an indicator", "A survey question")
        EXHIBITORS = "exhibitors", pgettext_lazy("source of an indicator", "Number of exhibitors")
        RETURNING = "returning", pgettext_lazy("source of an indicator", "Exhibitors who come back")
        MUNICIPALITIES = "municipalities", pgettext_lazy("source of an indicator", "Exhibitors' municipalities")
        INCOME = "income", pgettext_lazy("source of an indicator", "Income without VAT")
        EXHIBITOR_COST = "exhibitor_cost", pgettext_lazy("source of an indicator", "Cost per exhibitor")
        ATTENDANCE = "attendance", pgettext_lazy("source of an indicator", "Number of people who came in")
        BOOKED = "booked", pgettext_lazy("source of an indicator", "Pupils applied for")
        PLACED = "placed", pgettext_lazy("source of an indicator", "Pupils with a place")
        CONFIRMED = "confirmed", pgettext_lazy("source of an indicator", "Pupils whose school has confirmed")
        ARRIVED = "arrived", pgettext_lazy("source of an indicator", "Pupils who came")
        PUPIL_COST = "pupil_cost", pgettext_lazy("source of an indicator", "Co-financing per pupil")
        REPORTED = "reported", pgettext_lazy("source of an indicator", "A reported figure")
        MONEY = "money", pgettext_lazy("source of an indicator", "Co-financing")
        APPLICANTS = "applicants", pgettext_lazy("source of an indicator", "Applicants to programmes")
        TYPED = "typed", pgettext_lazy("source of an indicator", "Typed by hand")

        @classmethod
        def counts(cls) -> list["Indicator.Source"]:
            """Those that are a plain number of the event, as surveys.figures counts them."""
            others = {cls.QUESTION, cls.REPORTED, *cls.of_money(), *cls.without_event()}
            return [source for source in cls if source not in others]

        @classmethod
        def of_money(cls) -> list["Indicator.Source"]:
            """Those that tell of an event's money."""
            return [cls.MONEY, cls.INCOME, cls.EXHIBITOR_COST]

        @classmethod
        def with_value(cls) -> list["Indicator.Source"]:
            """Those of which somebody types a value: the figure itself, or what is divided."""
            return [cls.TYPED, cls.EXHIBITOR_COST]

        @classmethod
        def without_event(cls) -> list["Indicator.Source"]:
            """Those that no event has: their figure is the indicator's own."""
            return [cls.APPLICANTS, cls.TYPED]

    class Direction(models.TextChoices):
        HIGHER = "higher", pgettext_lazy("direction of an indicator", "Higher is better")
        LOWER = "lower", pgettext_lazy("direction of an indicator", "Lower is better")

    activity = models.ForeignKey(
        Activity, models.CASCADE, null=True, blank=True, related_name="indicators", verbose_name=_("activity")
    )
    plan = models.ForeignKey(ActivityPlan, models.CASCADE, null=True, blank=True, related_name="goal_indicators")
    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="indicators")
    source = models.CharField(_("source"), max_length=20, choices=Source)
    question = models.ForeignKey(Question, models.CASCADE, null=True, blank=True, related_name="indicators")
    reported = models.ForeignKey(ReportedFigure, models.CASCADE, null=True, blank=True, related_name="indicators")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    name = models.CharField(_("name"), max_length=160, blank=True)
    definition = models.TextField(
        _("definition"),
        max_length=1000,
        blank=True,
        help_text=_("What is counted, of whom and how, so that next year's figure can be the same."),
    )
    unit = models.CharField(_("unit"), max_length=20, blank=True, help_text=_("Such as days or companies."))
    direction = models.CharField(_("direction"), max_length=6, choices=Direction, default=Direction.HIGHER)
    baseline = models.DecimalField(_("baseline"), max_digits=14, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2, null=True, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    responsible = models.ForeignKey(
        Municipality, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("responsible")
    )
    goals = models.ManyToManyField(Goal, blank=True, related_name="indicators", verbose_name=_("goals"))
    on_front = models.BooleanField(
        _("one of the figures that matter"), default=False, help_text=_("Stands first on the directors' page.")
    )
    programmes = models.CharField(
        _("programme codes"), max_length=80, blank=True, help_text=_("Apart by spaces, such as IN TE.")
    )
    typed_value = models.DecimalField(_("value"), max_digits=14, decimal_places=2, null=True, blank=True)
    typed_on = models.DateField(_("as of"), null=True, blank=True)
    typed_n = models.PositiveIntegerField(
        _("how many it rests on"), null=True, blank=True, help_text=_("Leave empty if it is not known.")
    )
    typed_from = models.CharField(_("where it comes from"), max_length=200, blank=True)

    sentence = models.TextField(
        _("sentence"),
        max_length=600,
        blank=True,
        help_text=_("Your own words in place of the draft. Leave empty to keep the draft, which follows the figure."),
    )
    written_about = models.JSONField(null=True, blank=True, editable=False, encoder=DjangoJSONEncoder)
    dropped = models.BooleanField(_("sentence dropped"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = IndicatorQuerySet.as_manager()
    audit_exclude = {"version", "written_about"}

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source="question", question__isnull=False)
                | (~Q(source="question") & Q(question__isnull=True)),
                name="indicator_question_where_it_is_the_source",
            ),
            models.CheckConstraint(
                condition=Q(source="reported", reported__isnull=False)
                | (~Q(source="reported") & Q(reported__isnull=True)),
                name="indicator_reported_where_it_is_the_source",
            ),
            models.CheckConstraint(
                condition=Q(source__in=["applicants", "typed"], event__isnull=True)
                | (~Q(source__in=["applicants", "typed"]) & Q(event__isnull=False)),
                name="indicator_event_where_it_has_the_source",
            ),
            models.CheckConstraint(
                condition=Q(activity__isnull=False, plan__isnull=True) | Q(activity__isnull=True, plan__isnull=False),
                name="indicator_in_a_row_or_under_goals",
            ),
            models.CheckConstraint(
                condition=Q(typed_value__isnull=True)
                | (Q(source__in=["typed", "exhibitor_cost"], typed_on__isnull=False) & ~Q(typed_from="")),
                name="indicator_typed_with_day_and_origin",
                violation_error_message=_("Say which day the value is of and where it comes from."),
            ),
            models.CheckConstraint(
                condition=Q(source="applicants") & ~Q(programmes="") | ~Q(source="applicants") & Q(programmes=""),
                name="indicator_programmes_of_applicants",
                violation_error_message=_("Name the programmes that are applied to."),
            ),
            models.UniqueConstraint(
                fields=["activity", "reported"],
                condition=Q(reported__isnull=False),
                name="indicator_once_a_reported_figure",
            ),
            models.UniqueConstraint(
                fields=["activity", "question"],
                condition=Q(question__isnull=False),
                name="indicator_once_a_question",
            ),
            models.UniqueConstraint(
                fields=["activity", "event", "source"],
                condition=Q(question__isnull=True, reported__isnull=True, event__isnull=False),
                name="indicator_once_a_count",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.activity or self.plan} · {self.get_source_display()}"

    @property
    def its_plan(self) -> ActivityPlan:
        """The plan that it belongs to, by its activity or itself."""
        plan = self.activity.plan if self.activity else self.plan
        assert plan is not None, "a constraint says so"
        return plan


class IndicatorReading(models.Model):
    """What an indicator showed at a moment: written when value, base or definition had changed, never altered.

    ``value``, ``low`` and ``high`` are in the unit that is shown; ``value=None``: withheld or missing then.
    ``definition`` says what was counted how, ``fingerprint`` recognises it.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="readings")
    value = models.FloatField(_("value"), null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    n = models.PositiveIntegerField(_("answers"), null=True)
    population = models.PositiveIntegerField(_("population"), null=True)
    source = models.CharField(_("source"), max_length=300)
    definition = models.JSONField(encoder=DjangoJSONEncoder)
    fingerprint = models.CharField(max_length=16)
    taken_at = models.DateTimeField(_("taken at"))

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["taken_at", "pk"]
        indexes = [models.Index(fields=["indicator", "-taken_at"], name="reading_of_indicator_by_time")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.taken_at:%Y-%m-%d}"
