"""Events: the fair, the night, the course, and whoever stands behind them."""

from datetime import datetime
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from events.holding import held_row
from events.municipalities.models import Area, Municipality
from events.plan.models import Activity
from events.venue.models import Venue


class Issuer(models.Model):
    """Who issues the invoices of an event and is the controller of its personal data.

    The cooperation is no legal person, so it is always a named municipality or partner.
    """

    name = models.CharField(_("name"), max_length=120, unique=True)
    organisation_number = models.CharField(_("organisation number"), max_length=11, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="issuers")
    contact_email = models.EmailField(_("e-mail for questions about personal data"), blank=True)

    class Meta:
        verbose_name = _("issuer")
        verbose_name_plural = _("issuers")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class EventState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("state of an event", "Draft")
    PUBLISHED = "published", pgettext_lazy("state of an event", "Published")
    CANCELLED = "cancelled", pgettext_lazy("state of an event", "Cancelled")


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> Self:
        """Those that a stranger may know of: a cancelled event still answers, and says so."""
        return self.exclude(state=EventState.DRAFT)

    def coming(self, at: datetime) -> Self:
        return self.filter(ends_at__gte=at).order_by("starts_at")

    def past(self, at: datetime) -> Self:
        return self.filter(ends_at__lt=at).order_by("-starts_at")

    def locked(self, pk: int) -> "Event":
        """The event's row, locked until the transaction ends: whoever hands out places takes it first."""
        event: Event = self.select_for_update(of=("self",), no_key=True).get(pk=pk)
        return event

    def held(self, pk: int) -> "Event":
        """The event's row, kept as it is until the transaction ends: ``locked`` waits, and is waited for.

        Any number may hold it at the same time: those who take no place from each other need not wait for one another.
        """
        held = held_row(self, pk)
        if held is None:
            raise Event.DoesNotExist
        return held


class Event(models.Model):
    """One fair, night or course. Times are stored in UTC and shown in Europe/Stockholm.

    ``capacity`` counts exhibitors, ``visitor_capacity`` visitors (``None``: no limit).
    """

    class Kind(models.TextChoices):
        FAIR = "fair", _("Fair")
        NIGHT = "night", _("Evening for pupils")
        COURSE = "course", _("Course")

    State = EventState

    area = models.ForeignKey(Area, models.PROTECT, related_name="events", verbose_name=_("area"))
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("activity in the plan")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.FAIR)
    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("The last part of the page's address, such as b2b-2027.")
    )
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    summary = models.CharField(_("one sentence about the event"), max_length=300)
    summary_en = models.CharField(_("the sentence in English"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="events", verbose_name=_("venue"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    registration_opens_at = models.DateTimeField(_("registration opens"))
    registration_closes_at = models.DateTimeField(_("registration closes"))
    capacity = models.PositiveIntegerField(
        _("places for exhibitors"), validators=[MinValueValidator(1, _("At least one place."))]
    )
    visitor_capacity = models.PositiveIntegerField(
        _("places for visitors"), null=True, blank=True, help_text=_("Leave empty when there is no limit.")
    )
    issuer = models.ForeignKey(
        Issuer,
        models.PROTECT,
        related_name="events",
        verbose_name=_("issuer"),
        help_text=_("Issues the invoices and is the controller of the personal data."),
    )
    contact_email = models.EmailField(_("e-mail for questions"))
    state = models.CharField(_("state"), max_length=10, choices=EventState, default=EventState.DRAFT)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EventQuerySet.as_manager()
    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="event_ends_after_start",
                violation_error_message=_("The event must end after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(registration_closes_at__gt=F("registration_opens_at")),
                name="event_registration_window",
                violation_error_message=_("Registration must close after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(registration_opens_at__lt=F("ends_at")),
                name="event_registration_before_end",
                violation_error_message=_("Registration must open before the event ends."),
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="event_capacity_positive"),
        ]
        indexes = [models.Index(fields=["state", "ends_at"])]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """The name in the reader's language."""
        return self._in_language(self.name, self.name_en)

    @property
    def lead(self) -> str:
        """The sentence about the event in the reader's language."""
        return self._in_language(self.summary, self.summary_en)

    @staticmethod
    def _in_language(swedish: str, english: str) -> str:
        return english if english and get_language() == "en" else swedish

    @property
    def is_public(self) -> bool:
        return self.state != EventState.DRAFT

    def registration_is_open(self, at: datetime) -> bool:
        """Whether companies may apply at aware time ``at``."""
        window = self.registration_opens_at <= at < self.registration_closes_at
        return self.state == EventState.PUBLISHED and window

    def visitors_may_sign_up(self, at: datetime) -> bool:
        """Visitors may sign up from the day registration opens until the event ends."""
        return self.state == EventState.PUBLISHED and self.registration_opens_at <= at < self.ends_at

    def is_over(self, at: datetime) -> bool:
        return at >= self.ends_at

    def takes_decisions(self, at: datetime) -> bool:
        """Whether places may still be given and taken back: what was at a past event stays as it was."""
        return not self.is_over(at) and self.state != EventState.CANCELLED

    @property
    def takes_exhibitors(self) -> bool:
        """Companies show themselves at a fair and at an evening for pupils; to a course they send people."""
        return self.kind != Event.Kind.COURSE

    @property
    def takes_stands(self) -> bool:
        """A fair has numbered stands on a floor; an evening for pupils has stations."""
        return self.kind == Event.Kind.FAIR

    @property
    def takes_visitors(self) -> bool:
        """People sign up to see a fair; pupils come to an evening with their class, without names."""
        return self.kind == Event.Kind.FAIR

    @property
    def takes_schools(self) -> bool:
        """Schools book places for their classes at an evening for pupils."""
        return self.kind == Event.Kind.NIGHT
