"""The halls of a fair, the stands in them, and who has which stand.

Lengths are whole centimetres from the hall's upper left corner as it is drawn: x to the right, y downwards.
"""

from datetime import datetime
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.access.models import User
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor

LONGEST_CM = 100_000
NARROWEST_CM = 50


class Hall(models.Model):
    """One room that is drawn as one picture. ``plan`` is what lies behind the stands, cleaned (``uploads.py``)."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="halls")
    name = models.CharField(_("name of the hall"), max_length=80)
    width_cm = models.PositiveIntegerField(_("width"))
    depth_cm = models.PositiveIntegerField(_("depth"))
    entrance_x_cm = models.PositiveIntegerField(null=True, blank=True)
    entrance_y_cm = models.PositiveIntegerField(null=True, blank=True)
    plan = models.FileField(_("plan of the hall"), upload_to="plans/", blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("hall")
        verbose_name_plural = _("halls")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "name"],
                name="hall_name_once_an_event",
                violation_error_message=_("There is a hall with that name already."),
            ),
            models.CheckConstraint(
                condition=Q(width_cm__gte=100, width_cm__lte=LONGEST_CM, depth_cm__gte=100, depth_cm__lte=LONGEST_CM),
                name="hall_has_a_size",
                violation_error_message=_("A hall is between 1 and 1 000 m wide and deep."),
            ),
            models.CheckConstraint(
                condition=Q(entrance_x_cm__isnull=True, entrance_y_cm__isnull=True)
                | Q(entrance_x_cm__lte=F("width_cm"), entrance_y_cm__lte=F("depth_cm")),
                name="hall_entrance_inside",
                violation_error_message=_("The entrance lies outside the hall."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def entrance(self) -> tuple[int, int]:
        """Where people come in; unless it is said, in the middle of the lower side."""
        if self.entrance_x_cm is None or self.entrance_y_cm is None:
            return self.width_cm // 2, self.depth_cm
        return self.entrance_x_cm, self.entrance_y_cm


class StandQuerySet(models.QuerySet["Stand"]):
    def for_event(self, event: Event) -> Self:
        return self.filter(event=event)

    def in_order(self) -> Self:
        """Hall by hall, row by row."""
        return self.order_by("hall__position", "hall", "row", "col", "number")

    def free(self, at: datetime) -> Self:
        """Those that an exhibitor may have: not blocked, nobody's, and held by nobody at aware time ``at``."""
        return self.filter(blocked_at__isnull=True, placing__isnull=True).exclude(hold__until_at__gt=at)


class Stand(models.Model):
    """One numbered place on the floor. ``row`` and ``col`` are its place in the drawing, from 1.

    ``value`` is the position's worth 0–100 as the organiser has set it; ``None``: it follows from the drawing.
    ``hall_width_cm`` and ``hall_depth_cm`` repeat the hall's, so that the database itself keeps the stand inside.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="stands")
    hall = models.ForeignKey(Hall, models.CASCADE, related_name="stands", verbose_name=_("hall"))
    number = models.CharField(_("number of the stand"), max_length=12)
    x_cm = models.PositiveIntegerField(_("from the left"))
    y_cm = models.PositiveIntegerField(_("from the top"))
    width_cm = models.PositiveIntegerField(_("width"))
    depth_cm = models.PositiveIntegerField(_("depth"))
    hall_width_cm = models.PositiveIntegerField(editable=False)
    hall_depth_cm = models.PositiveIntegerField(editable=False)
    row = models.PositiveSmallIntegerField(_("row"), default=1)
    col = models.PositiveSmallIntegerField(_("place in the row"), default=1)
    power_w = models.PositiveIntegerField(_("power"), default=0)
    blocked_at = models.DateTimeField(_("blocked since"), null=True, blank=True)
    blocked_reason = models.CharField(_("why it is blocked"), max_length=200, blank=True)
    value = models.PositiveSmallIntegerField(
        _("worth of the position"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = StandQuerySet.as_manager()
    audit_exclude = {"version", "hall_width_cm", "hall_depth_cm"}

    class Meta:
        verbose_name = _("stand")
        verbose_name_plural = _("stands")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"],
                name="stand_number_once_an_event",
                violation_error_message=_("There is a stand with that number already."),
            ),
            models.CheckConstraint(
                condition=Q(width_cm__gte=NARROWEST_CM, depth_cm__gte=NARROWEST_CM),
                name="stand_has_a_size",
                violation_error_message=_("A stand is at least half a metre wide and deep."),
            ),
            models.CheckConstraint(
                condition=Q(
                    x_cm__gte=0,
                    y_cm__gte=0,
                    hall_width_cm__gte=F("x_cm") + F("width_cm"),
                    hall_depth_cm__gte=F("y_cm") + F("depth_cm"),
                ),
                name="stand_inside_the_hall",
                violation_error_message=_("The stand would stand outside the hall."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__lte=100),
                name="stand_value_0_to_100",
                violation_error_message=_("The worth of a position is between 0 and 100."),
            ),
            models.CheckConstraint(
                condition=Q(blocked_at__isnull=False) | Q(blocked_reason=""), name="stand_reason_only_if_blocked"
            ),
        ]
        indexes = [models.Index(fields=["hall", "row", "col"])]

    def __str__(self) -> str:
        return self.number

    def placing_of(self) -> "models.QuerySet[StandPlacing]":
        """Its placing, if somebody has it."""
        return StandPlacing.objects.filter(stand=self)

    def hold_of(self) -> "models.QuerySet[StandHold]":
        """What keeps it for somebody, also when the time is over."""
        return StandHold.objects.filter(stand=self)


class StandHold(models.Model):
    """A stand kept for a company while it makes up its mind. One that is over counts as none; nothing has to clear it."""

    stand = models.OneToOneField(Stand, models.CASCADE, related_name="hold")
    exhibitor = models.ForeignKey(Exhibitor, models.CASCADE, related_name="stand_holds")
    until_at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("held stand")
        verbose_name_plural = _("held stands")

    def __str__(self) -> str:
        return self.stand.number

    def holds(self, at: datetime) -> bool:
        """Whether it still keeps others away at aware time ``at``."""
        return at < self.until_at


class PlacingState(models.TextChoices):
    OFFERED = "offered", pgettext_lazy("state of a stand", "Offered")
    CONFIRMED = "confirmed", pgettext_lazy("state of a stand", "Confirmed")


class StandPlacing(models.Model):
    """Which exhibitor has which stand. ``told_at``: since when the company knows; ``None``: only the organiser does."""

    stand = models.OneToOneField(Stand, models.PROTECT, related_name="placing")
    exhibitor = models.OneToOneField(Exhibitor, models.PROTECT, related_name="placing")
    state = models.CharField(_("state"), max_length=10, choices=PlacingState, default=PlacingState.OFFERED)
    placed_at = models.DateTimeField(default=timezone.now)
    placed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)

    audit_exclude = {"placed_at", "placed_by"}

    class Meta:
        verbose_name = _("placing")
        verbose_name_plural = _("placings")

    def __str__(self) -> str:
        return self.stand.number

    @property
    def event_id(self) -> int:
        return self.stand.event_id


class StandSettings(models.Model):
    """How a fair gives out its stands. Companies choose until ``choice_open_until_at``; ``None``: they do not choose.

    ``told_at``: when the companies were told of their stands; what is changed by hand after it is written to them.
    """

    event = models.OneToOneField(Event, models.CASCADE, related_name="stand_settings")
    choice_open_until_at = models.DateTimeField(
        _("companies choose their stand until"),
        null=True,
        blank=True,
        help_text=_("Leave empty while companies are not to choose for themselves."),
    )
    hold_minutes = models.PositiveSmallIntegerField(
        _("minutes that a stand is held"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("How long a company has to confirm the stand that it has clicked."),
    )
    is_public = models.BooleanField(_("everybody may see the plan"), default=True)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("settings of the hall")
        verbose_name_plural = _("settings of the hall")
        constraints = [
            models.CheckConstraint(
                condition=Q(hold_minutes__gte=1, hold_minutes__lte=120),
                name="stand_hold_minutes",
                violation_error_message=_("A stand is held between 1 and 120 minutes."),
            )
        ]

    def __str__(self) -> str:
        return str(self.event)

    def choice_is_open(self, at: datetime) -> bool:
        """Whether companies may choose and change their stand at aware time ``at``."""
        return self.choice_open_until_at is not None and at < self.choice_open_until_at
