"""Try-out stations and company visits: what a host lets pupils do."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from events.nights.models import Field, Night, Wave, Zone
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State


class StationKind(models.TextChoices):
    TRY_OUT = "try_out", pgettext_lazy("kind of station", "Try-out station")
    VISIT = "visit", pgettext_lazy("kind of station", "Company visit")


class StationQuerySet(models.QuerySet["Station"]):
    def for_night(self, night: Night) -> Self:
        return self.filter(night=night)

    def running(self) -> Self:
        """Those that receive pupils: not cancelled, and their host has a place (or the organiser hosts them)."""
        return self.filter(cancelled_at__isnull=True).filter(Q(host__isnull=True) | Q(host__state__in=State.holding()))

    def described(self) -> Self:
        """With field, zone and closed rounds at hand."""
        return self.select_related("field", "zone").prefetch_related("closed_rounds")

    def placed(self) -> Self:
        """Those that the organiser has given a zone, so that pupils can be sent there."""
        return self.filter(zone__isnull=False)


class Station(models.Model):
    """One station at one night. ``capacity`` is pupils at a time, ``duration`` rounds.

    ``host`` is the company's application, or ``None`` for a station of the organiser's own. The host describes it;
    ``zone`` and ``number`` are the organiser's to give.
    """

    night = models.ForeignKey(Night, models.PROTECT, related_name="stations")
    host = models.ForeignKey(Exhibitor, models.PROTECT, null=True, blank=True, related_name="stations")
    kind = models.CharField(_("kind"), max_length=10, choices=StationKind, default=StationKind.TRY_OUT)
    name = models.CharField(
        _("name of the station"), max_length=80, help_text=_("What pupils do there, such as Weld your own key ring.")
    )
    name_en = models.CharField(_("the name in English"), max_length=80, blank=True)
    text = models.TextField(
        _("what pupils do there"),
        max_length=600,
        blank=True,
        help_text=_("Two or three sentences to a fifteen-year-old."),
    )
    field = models.ForeignKey(
        Field, models.PROTECT, null=True, blank=True, related_name="stations", verbose_name=_("field")
    )
    zone = models.ForeignKey(
        Zone, models.PROTECT, null=True, blank=True, related_name="stations", verbose_name=_("zone")
    )
    number = models.PositiveSmallIntegerField(_("number on the map"), null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(
        _("pupils at a time"), default=10, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    duration = models.PositiveSmallIntegerField(
        _("rounds it takes"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(8)],
        help_text=_("A company visit usually takes two or more."),
    )
    youngest_grade = models.PositiveSmallIntegerField(
        _("youngest grade"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(13)],
        help_text=_("Leave empty if everybody may come. Upper secondary school goes on counting: 10, 11, 12."),
    )
    accessible = models.BooleanField(_("can be reached and tried from a wheelchair"), default=True)
    power = models.CharField(
        _("power"), max_length=120, blank=True, help_text=_("Such as 2 × 230 V, 16 A three-phase.")
    )
    space = models.CharField(_("space"), max_length=120, blank=True, help_text=_("Such as 4 × 3 m, high ceiling."))
    protective_gear = models.CharField(
        _("protective gear"), max_length=200, blank=True, help_text=_("What pupils must wear, and who brings it.")
    )
    other_needs = models.TextField(_("anything else we should arrange"), max_length=400, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = StationQuerySet.as_manager()
    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("station")
        verbose_name_plural = _("stations")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["night", "number"],
                name="station_number_once_a_night",
                violation_error_message=_("Another station has that number."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1),
                name="station_capacity_positive",
                violation_error_message=_("At least one pupil at a time."),
            ),
            models.CheckConstraint(condition=Q(duration__gte=1), name="station_duration_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}" if self.number else self.name

    @property
    def title(self) -> str:
        """The name in the reader's language."""
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def event_id(self) -> int:
        return self.night.event_id

    @property
    def host_name(self) -> str:
        """The company's name, or an empty text for the organiser's own station."""
        return self.host.organisation.name if self.host else ""


class ClosedRound(models.Model):
    """A round in which a station receives nobody."""

    station = models.ForeignKey(Station, models.CASCADE, related_name="closed_rounds")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="+")
    round = models.PositiveSmallIntegerField(_("round"))

    class Meta:
        verbose_name = _("closed round")
        verbose_name_plural = _("closed rounds")
        ordering = ["wave__starts_at", "round"]
        constraints = [models.UniqueConstraint(fields=["station", "wave", "round"], name="closed_round_once")]

    def __str__(self) -> str:
        return f"{self.station_id} {self.wave_id} {self.round}"
