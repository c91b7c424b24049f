"""The activity plan: themes, effect and delivery goals, and the activities that are to reach them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.municipalities.models import Area, Municipality


class ActivityPlan(models.Model):
    """What an area means to do during a period of whole years (both included), as the directors' group decided it."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="plans", verbose_name=_("area"))
    title = models.CharField(_("title"), max_length=160)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    decided_on = models.DateField(
        _("decided on"),
        null=True,
        blank=True,
        help_text=_("The directors' group's decision. An activity may well have taken place before it."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("activity plan")
        verbose_name_plural = _("activity plans")
        ordering = ["-first_year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_year__gte=models.F("first_year")),
                name="plan_years_in_order",
                violation_error_message=_("The last year comes before the first."),
            ),
            models.UniqueConstraint(
                fields=["area", "first_year", "last_year"],
                name="plan_once_an_area_and_period",
                violation_error_message=_("The area already has a plan for that period."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def years(self) -> range:
        return range(self.first_year, self.last_year + 1)

    @property
    def period(self) -> str:
        """ "2019–2020", or the one year."""
        same = self.first_year == self.last_year
        return str(self.first_year) if same else f"{self.first_year}–{self.last_year}"


class Theme(models.Model):
    """A heading of the plan under which goals are gathered."""

    plan = models.ForeignKey(ActivityPlan, models.CASCADE, related_name="themes")
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=160)
    version = models.PositiveIntegerField(default=1, editable=False)
    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class GoalState(models.TextChoices):
    NOT_STARTED = "not_started", pgettext_lazy("state of a goal", "Not started")
    ON_SCHEDULE = "on_schedule", pgettext_lazy("state of a goal", "On schedule")
    AT_RISK = "at_risk", pgettext_lazy("state of a goal", "At risk")
    REACHED = "reached", pgettext_lazy("state of a goal", "Reached")
    NOT_REACHED = "not_reached", pgettext_lazy("state of a goal", "Not reached")


class Goal(models.Model):
    """An effect goal (3–5 years, low degree of control) or a delivery goal (1–2 years, high degree of control).

    The number is text and belongs to the plan alone: plan and report number goals differently.
    """

    class Kind(models.TextChoices):
        EFFECT = "effect", _("Effect goal")
        DELIVERY = "delivery", _("Delivery goal")

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="goals", verbose_name=_("theme"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    number = models.CharField(_("number"), max_length=10)
    text = models.CharField(_("goal"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=GoalState, default=GoalState.NOT_STARTED)
    version = models.PositiveIntegerField(default=1, editable=False)
    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["kind", "number", "pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


class Status(models.TextChoices):
    """The statuses that the directors read, in the order of an activity's life."""

    NOT_STARTED = "not_started", pgettext_lazy("status of an activity", "Not started")
    ON_SCHEDULE = "on_schedule", pgettext_lazy("status of an activity", "On schedule")
    ONGOING = "ongoing", pgettext_lazy("status of an activity", "Ongoing")
    DELIVERED = "delivered", pgettext_lazy("status of an activity", "Delivered")
    DONE = "done", pgettext_lazy("status of an activity", "Done")
    DELAYED = "delayed", pgettext_lazy("status of an activity", "Delayed")
    POSTPONED = "postponed", pgettext_lazy("status of an activity", "Postponed")
    CANCELLED = "cancelled", pgettext_lazy("status of an activity", "Cancelled")

    @classmethod
    def over(cls) -> list["Status"]:
        """Those after which nothing more is done."""
        return [cls.DELIVERED, cls.DONE, cls.CANCELLED]


class ActivityQuerySet(models.QuerySet):
    def of_year(self, year: int) -> Self:
        return self.filter(year=year)

    def undone(self) -> Self:
        """Those on which something is left to do, or that have not begun."""
        return self.exclude(status__in=Status.over())

    def with_people(self) -> Self:
        """Ready for a table: responsible municipalities and goals in two further queries, however many rows."""
        return self.prefetch_related("responsible", "goals")


class Activity(models.Model):
    """Something that the group does in a year: a row of the plan, and of the follow-up that the directors read.

    It may serve no goal (the fair does not), and nothing ties its dates to the day of the plan's decision.
    """

    plan = models.ForeignKey(ActivityPlan, models.CASCADE, related_name="activities", verbose_name=_("activity plan"))
    year = models.PositiveSmallIntegerField(_("year"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("activity"), max_length=200)
    responsible = models.ManyToManyField(
        Municipality, related_name="activities", verbose_name=_("responsible"), blank=True
    )
    goals = models.ManyToManyField(Goal, related_name="activities", verbose_name=_("goals"), blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.NOT_STARTED)
    done_by = models.CharField(
        _("done by"), max_length=60, blank=True, help_text=_("A date or a season, as in the plan. May be left empty.")
    )
    what_happened = models.TextField(_("what happened"), blank=True)
    short_term_effect = models.TextField(_("short-term effect"), blank=True)
    long_term_effect = models.TextField(_("long-term effect"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    handed_over_from: list[Municipality]  # set by queries.years_of, for the plan's page

    objects = ActivityQuerySet.as_manager()
    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["year", "position", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Nothing more is done about it."""
        return self.status in Status.over()


class SubStep(models.Model):
    """A step of an activity: what somebody means to do, and whether it is done."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.CharField(_("step"), max_length=200)
    done = models.BooleanField(_("done"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class StatusChange(models.Model):
    """When an activity went from one status to another, who said so and why. Written once, never changed."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="status_changes")
    before = models.CharField(_("before"), max_length=12, choices=Status)
    after = models.CharField(_("after"), max_length=12, choices=Status)
    note = models.CharField(_("why"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("change of status")
        verbose_name_plural = _("changes of status")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_before_display()} → {self.get_after_display()}"
