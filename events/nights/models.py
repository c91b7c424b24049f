"""An evening for pupils: when they come in, how the rounds run, where the stations stand, and by which rules.

The field (industry today, agriculture tomorrow) is in the event's name and in its list of fields; nothing here knows it.
"""

from datetime import datetime, timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from events.programme.models import Event, EventState

MAX_ROUNDS = 20


class ShareBasis(models.TextChoices):
    """What a municipality's fair share of the places is proportional to."""

    POPULATION = "population", pgettext_lazy("basis of the shares", "Inhabitants")
    COHORT = "cohort", pgettext_lazy("basis of the shares", "Pupils in the age group")
    EQUAL = "equal", pgettext_lazy("basis of the shares", "The same for every municipality")


class FirstAim(models.TextChoices):
    """Which of the two fairness aims comes before the other."""

    SCHOOLS = "schools", pgettext_lazy("what comes first", "As many schools as possible get at least one place")
    MUNICIPALITIES = (
        "municipalities",
        pgettext_lazy("what comes first", "The municipality furthest from its share comes first"),
    )


class Night(models.Model):
    """What an event of kind NIGHT has besides. ``places`` counts pupils in all; times are minutes."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="night")
    places = models.PositiveIntegerField(
        _("places for pupils"), validators=[MinValueValidator(1, _("At least one place."))]
    )
    youngest_grade = models.PositiveSmallIntegerField(
        _("youngest grade"),
        default=9,
        validators=[MinValueValidator(1), MaxValueValidator(13)],
        help_text=_("Upper secondary school goes on counting: its first year is grade 10."),
    )
    oldest_grade = models.PositiveSmallIntegerField(
        _("oldest grade"), default=12, validators=[MinValueValidator(1), MaxValueValidator(13)]
    )
    bookings_open_at = models.DateTimeField(_("schools may book from"))
    bookings_close_at = models.DateTimeField(_("schools may book and change until"))
    answers_on = models.DateField(
        _("schools are told on"), help_text=_("The day by which every school knows: it stands on the public page.")
    )
    visits_per_team = models.PositiveSmallIntegerField(
        _("stations for each pupil"), default=4, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    team_size = models.PositiveSmallIntegerField(
        _("pupils in a team at most"),
        default=9,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("A class is divided into teams of nearly the same size that go round the stations."),
    )
    welcome_minutes = models.PositiveSmallIntegerField(
        _("minutes from admission to the first round"), default=10, validators=[MaxValueValidator(120)]
    )
    round_minutes = models.PositiveSmallIntegerField(
        _("minutes in a round"), default=15, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    transition_minutes = models.PositiveSmallIntegerField(
        _("minutes between two rounds"), default=5, validators=[MaxValueValidator(120)]
    )
    share_basis = models.CharField(
        _("what a municipality's share follows"), max_length=12, choices=ShareBasis, default=ShareBasis.POPULATION
    )
    first_aim = models.CharField(_("what comes first"), max_length=14, choices=FirstAim, default=FirstAim.SCHOOLS)
    desk_phone = models.CharField(
        _("phone to the desk"), max_length=30, blank=True, help_text=_("Printed on every class's sheet.")
    )
    co_financing = models.PositiveIntegerField(
        _("co-financing in kronor"), null=True, blank=True, help_text=_("For the cost per pupil in the follow-up.")
    )
    programme_codes = models.CharField(
        _("programmes that the evening is about"),
        max_length=40,
        blank=True,
        default="IN",
        help_text=_(
            "Codes of upper secondary programmes with spaces between, such as IN for industry: the follow-up shows "
            "how many applied to them."
        ),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("evening for pupils")
        verbose_name_plural = _("evenings for pupils")
        constraints = [
            models.CheckConstraint(
                condition=Q(bookings_close_at__gt=F("bookings_open_at")),
                name="night_booking_window",
                violation_error_message=_("Booking must close after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(oldest_grade__gte=F("youngest_grade")),
                name="night_grades_in_order",
                violation_error_message=_("The oldest grade must not be below the youngest."),
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="night_places_positive"),
            models.CheckConstraint(condition=Q(team_size__gte=1), name="night_team_size_positive"),
        ]

    def __str__(self) -> str:
        return str(self.event)

    @property
    def grades(self) -> range:
        return range(self.youngest_grade, self.oldest_grade + 1)

    def bookings_are_open(self, at: datetime) -> bool:
        """Whether schools may book, change and cancel as they like at aware time ``at``."""
        return self.event.state == EventState.PUBLISHED and self.bookings_open_at <= at < self.bookings_close_at

    def step(self) -> timedelta:
        """From the start of a round to the start of the next."""
        return timedelta(minutes=self.round_minutes + self.transition_minutes)


class WaveQuerySet(models.QuerySet["Wave"]):
    def in_order(self) -> Self:
        return self.order_by("starts_at", "pk")


class Wave(models.Model):
    """An admission time: ``capacity`` pupils come in at ``starts_at`` and go round for ``rounds`` rounds."""

    night = models.ForeignKey(Night, models.CASCADE, related_name="waves")
    name = models.CharField(_("name"), max_length=40)
    starts_at = models.DateTimeField(_("admission"))
    capacity = models.PositiveIntegerField(_("pupils at most"))
    rounds = models.PositiveSmallIntegerField(
        _("rounds"), validators=[MinValueValidator(1), MaxValueValidator(MAX_ROUNDS)]
    )

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("admission")
        verbose_name_plural = _("admissions")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["night", "name"],
                name="wave_name_once_a_night",
                violation_error_message=_("Another admission has that name."),
            ),
            models.CheckConstraint(condition=Q(rounds__gte=1, rounds__lte=MAX_ROUNDS), name="wave_rounds_sensible"),
        ]

    def __str__(self) -> str:
        return self.name

    def round_starts_at(self, number: int) -> datetime:
        """When round ``number`` (from 1) begins, aware."""
        first = self.starts_at + timedelta(minutes=self.night.welcome_minutes)
        return first + (number - 1) * self.night.step()

    def round_ends_at(self, number: int) -> datetime:
        return self.round_starts_at(number) + timedelta(minutes=self.night.round_minutes)

    @property
    def ends_at(self) -> datetime:
        return self.round_ends_at(self.rounds)


class Zone(models.Model):
    """A part of the place, such as a hall or a yard, between which pupils walk."""

    night = models.ForeignKey(Night, models.CASCADE, related_name="zones")
    name = models.CharField(_("name"), max_length=40)
    directions = models.CharField(
        _("how to find it"), max_length=200, blank=True, help_text=_("Printed on the class's sheet.")
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["night", "name"],
                name="zone_name_once_a_night",
                violation_error_message=_("Another zone has that name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Walk(models.Model):
    """Minutes on foot between two zones, or within one; the way back is as long. Without a row it is 0.

    ``one`` is the zone with the lower primary key, so that a pair has one row.
    """

    one = models.ForeignKey(Zone, models.CASCADE, related_name="+")
    other = models.ForeignKey(Zone, models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MaxValueValidator(180)])

    class Meta:
        verbose_name = _("walk")
        verbose_name_plural = _("walks")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="walk_once_a_pair"),
            models.CheckConstraint(condition=Q(one_id__lte=F("other_id")), name="walk_lower_zone_first"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id}–{self.other_id}: {self.minutes}"


class Field(models.Model):
    """A line of work that stations belong to and pupils wish for: electricity, food, robots."""

    night = models.ForeignKey(Night, models.CASCADE, related_name="fields")
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("field")
        verbose_name_plural = _("fields")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["night", "name"],
                name="field_name_once_a_night",
                violation_error_message=_("That field is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name
