"""A school's booking of an evening: its classes as labels and counts, their wishes, and the people who share it."""

from datetime import date, timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.access.models import User
from events.nights.models import Field, Night, Wave
from registrations.bookings.states import BookingState, ClassState
from registrations.schools.models import School
from registrations.stations.models import Station

MAX_PUPILS = 200


class BookingQuerySet(models.QuerySet["Booking"]):
    def for_night(self, night: Night) -> Self:
        return self.filter(night=night)

    def sent(self) -> Self:
        """Everything that the organiser should see: a draft is the school's own, also when it is thrown away."""
        return self.filter(sent_at__isnull=False)

    def of(self, user: User) -> Self:
        return self.filter(people__user=user)


class Booking(models.Model):
    """One person's booking for one school at one night, shared with colleagues. A school may have several.

    ``removed_at`` is when somebody was last taken out of it: invitations sent before then no longer work.
    """

    night = models.ForeignKey(Night, models.PROTECT, related_name="bookings")
    school = models.ForeignKey(School, models.PROTECT, related_name="bookings", verbose_name=_("school"))
    state = models.CharField(_("state"), max_length=10, choices=BookingState, default=BookingState.DRAFT)
    contact_name = models.CharField(_("your name"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_phone = models.CharField(
        _("phone on the evening"), max_length=30, blank=True, help_text=_("So that we reach you if the bus is late.")
    )
    started_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = BookingQuerySet.as_manager()
    audit_exclude = {"version", "started_at", "removed_at", "contact_name", "contact_email", "contact_phone"}

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=BookingState.SENT) | Q(sent_at__isnull=False), name="booking_sent_has_a_date"
            )
        ]
        indexes = [models.Index(fields=["night", "state"])]

    def __str__(self) -> str:
        return f"{self.school}"

    @property
    def event_id(self) -> int:
        return self.night.event_id


class BookingRole(models.TextChoices):
    OWNER = "owner", pgettext_lazy("role in a booking", "Responsible")
    MEMBER = "member", pgettext_lazy("role in a booking", "Colleague")


class BookingPerson(models.Model):
    """Somebody who shares a booking. ``asked_at`` without ``joined_at``: has asked to, and waits for an answer."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="people")
    user = models.ForeignKey(User, models.CASCADE, related_name="booking_people")
    role = models.CharField(_("role"), max_length=10, choices=BookingRole, default=BookingRole.MEMBER)
    asked_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("person in a booking")
        verbose_name_plural = _("people in a booking")
        ordering = ["-role", "pk"]  # the owner first
        constraints = [models.UniqueConstraint(fields=["booking", "user"], name="booking_person_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.booking}"


class SubstituteLink(models.Model):
    """A link that lets a substitute stand in without signing in. Only a hash of it is stored; it can be revoked."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="substitute_links")
    name = models.CharField(_("who gets the link"), max_length=120)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    audit_exclude = {"token_hash", "name", "used_at"}

    class Meta:
        verbose_name = _("substitute's link")
        verbose_name_plural = _("substitutes' links")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def audit_name(self) -> str:
        return f"#{self.pk}"

    @property
    def last_day(self) -> date:
        """The last day (Stockholm) on which the link works; it ends at the midnight after."""
        return timezone.localtime(self.expires_at - timedelta(seconds=1)).date()


class SchoolClassQuerySet(models.QuerySet["SchoolClass"]):
    def for_night(self, night: Night) -> Self:
        return self.filter(booking__night=night)

    def sent(self) -> Self:
        """Those whose booking the organiser has received."""
        return self.filter(booking__sent_at__isnull=False)

    def wanting(self) -> Self:
        """Those that take part in an allocation: sent, and neither cancelled nor given back."""
        return self.filter(booking__state=BookingState.SENT, state__in=ClassState.wanting())

    def holding(self) -> Self:
        """Those that have a place."""
        return self.filter(state__in=ClassState.holding())


class SchoolClass(models.Model):
    """A class, or a part of one, that comes whole or not at all. No names: a label and counts.

    ``needs`` and ``diets`` map a kind (``needs.Need``, ``needs.Diet``) to how many pupils. ``score`` (0–100) is the
    organiser's reading of ``reason``. ``wave`` is where the class was placed; ``possible_waves`` when it can come.
    ``outcome`` is what the last publishing said: ``{"code": …, "numbers": {…}, "cost": {…}}``.
    Classes with the same ``bus`` in a municipality come in the same wave.
    ``needs_changed_at`` is when the school last said other access needs than its hosts had been told.
    ``merged_into`` is the class that this one turned out to be, when two colleagues had booked it; it is cancelled then.
    """

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="classes")
    label = models.CharField(_("class"), max_length=20, help_text=_("As you call it, such as 9A or TE2b."))
    grade = models.PositiveSmallIntegerField(_("grade"))
    pupils = models.PositiveSmallIntegerField(
        _("pupils"), validators=[MinValueValidator(1), MaxValueValidator(MAX_PUPILS)]
    )
    adults = models.PositiveSmallIntegerField(_("adults"), default=2, validators=[MaxValueValidator(40)])
    needs = models.JSONField(default=dict, blank=True)
    diets = models.JSONField(default=dict, blank=True)
    possible_waves = models.ManyToManyField(Wave, blank=True, related_name="+", verbose_name=_("times that work"))
    reason = models.TextField(
        _("why you want to come"),
        max_length=1000,
        blank=True,
        help_text=_("What the evening would mean for the class. The organiser reads it and weighs it in."),
    )
    bus = models.CharField(_("bus"), max_length=20, blank=True)
    beside_twin = models.BooleanField(
        _("meant to stand beside another booking's class of the same name"), default=False, editable=False
    )
    score = models.PositiveSmallIntegerField(_("points for the reason"), null=True, blank=True)
    score_note = models.CharField(_("note on the points"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ClassState, default=ClassState.APPLIED)
    wave = models.ForeignKey(Wave, models.PROTECT, null=True, blank=True, related_name="classes")
    outcome = models.JSONField(null=True, blank=True)
    told_at = models.DateTimeField(_("told"), null=True, blank=True)
    answer_by_at = models.DateTimeField(_("answer by"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    needs_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SchoolClassQuerySet.as_manager()
    audit_exclude = {"version", "needs", "diets", "outcome", "reminded_at", "needs_changed_at", "reason", "score_note"}

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering = ["grade", "label", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pupils__gte=1, pupils__lte=MAX_PUPILS),
                name="school_class_pupils_sensible",
                violation_error_message=_("Between 1 and 200 pupils."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=ClassState.holding(), wave__isnull=False)
                | (~Q(state__in=ClassState.holding()) & Q(wave__isnull=True)),
                name="school_class_place_has_a_wave",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__lte=100),
                name="school_class_score_sensible",
                violation_error_message=_("Between 0 and 100 points."),
            ),
        ]
        indexes = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return self.label

    @property
    def event_id(self) -> int:
        return self.booking.night.event_id

    @property
    def wheelchairs(self) -> int:
        return int(self.needs.get("wheelchair", 0))


class Wish(models.Model):
    """One wish of a class, ``rank`` 1 the dearest: a station, or a field (then any of its stations)."""

    school_class = models.ForeignKey(SchoolClass, models.CASCADE, related_name="wishes")
    rank = models.PositiveSmallIntegerField()
    station = models.ForeignKey(Station, models.CASCADE, null=True, blank=True, related_name="wishes")
    field = models.ForeignKey(Field, models.CASCADE, null=True, blank=True, related_name="wishes")

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["school_class", "rank"], name="wish_rank_once"),
            models.UniqueConstraint(fields=["school_class", "station"], name="wish_station_once"),
            models.UniqueConstraint(fields=["school_class", "field"], name="wish_field_once"),
            models.CheckConstraint(
                condition=Q(station__isnull=True, field__isnull=False) | Q(station__isnull=False, field__isnull=True),
                name="wish_is_for_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}: {self.station or self.field}"


class RequestKind(models.TextChoices):
    NUMBERS = "numbers", pgettext_lazy("kind of request", "Other numbers")
    WAVE = "wave", pgettext_lazy("kind of request", "Another time")
    NEW_CLASS = "new_class", pgettext_lazy("kind of request", "One more class")
    OTHER = "other", pgettext_lazy("kind of request", "Something else")


class ChangeRequest(models.Model):
    """What a school asks for after the deadline. The organiser answers, in words."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="requests")
    school_class = models.ForeignKey(SchoolClass, models.CASCADE, null=True, blank=True, related_name="requests")
    kind = models.CharField(_("what it is about"), max_length=10, choices=RequestKind)
    text = models.TextField(_("what you would like"), max_length=1000)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    granted = models.BooleanField(null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    audit_exclude = {"text", "answer"}

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(granted__isnull=True, answered_at__isnull=True)
                | Q(granted__isnull=False, answered_at__isnull=False),
                name="change_request_answered_has_a_date",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.booking}"

    @property
    def event_id(self) -> int:
        return self.booking.night.event_id
