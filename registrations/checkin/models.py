"""The door: its rules, its gates, every scan that was ever made, and what they add up to."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.access.models import User
from events.programme.models import Event
from registrations.checkin.verdict import Outcome
from registrations.tickets.models import Ticket

OPENS_BEFORE = timedelta(hours=3)
CLOSES_AFTER = timedelta(hours=2)


class DoorSettings(models.Model):
    """What the door of one event goes by. ``list_version`` grows with every change of a ticket or of the door.

    ``listed_at`` is when the list was last compared with the tickets; ``fire_limit`` counts people inside.
    """

    event = models.OneToOneField(Event, models.CASCADE, related_name="door_settings")
    opens_at = models.DateTimeField(
        _("the doors open"), null=True, blank=True, help_text=_("Empty: three hours before the event starts.")
    )
    closes_at = models.DateTimeField(
        _("the doors close"), null=True, blank=True, help_text=_("Empty: two hours after the event ends.")
    )
    early_minutes = models.PositiveSmallIntegerField(
        _("minutes before its admission that a class may come in"), default=20, validators=[MaxValueValidator(600)]
    )
    late_minutes = models.PositiveSmallIntegerField(
        _("minutes after its admission from which a class is late"), default=30, validators=[MaxValueValidator(600)]
    )
    reentry = models.BooleanField(
        _("who has been in may come back"), default=False, help_text=_("With the same ticket, as often as they like.")
    )
    fire_limit = models.PositiveIntegerField(
        _("people inside at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("The fire limit of the premises. Empty: the door does not count against one."),
    )
    list_version = models.PositiveIntegerField(default=0, editable=False)
    listed_at = models.DateTimeField(null=True, blank=True, editable=False)
    header_digest = models.CharField(max_length=32, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    audit_exclude = {"version", "list_version", "listed_at", "header_digest"}

    class Meta:
        verbose_name = _("rules of the door")
        verbose_name_plural = _("rules of doors")
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="door_closes_after_it_opens",
                violation_error_message=_("The doors must close after they open."),
            ),
            models.CheckConstraint(
                condition=Q(fire_limit__isnull=True) | Q(fire_limit__gte=1), name="door_fire_limit_positive"
            ),
        ]

    def __str__(self) -> str:
        return str(self.event)

    @property
    def opening(self) -> datetime:
        """When the doors open, aware."""
        return self.opens_at or self.event.starts_at - OPENS_BEFORE

    @property
    def closing(self) -> datetime:
        """When the doors close, aware."""
        return self.closes_at or self.event.ends_at + CLOSES_AFTER


class Gate(models.Model):
    """A way in, by the name on its sign. ``kinds`` are the kinds of tickets that it takes; empty: all."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="gates")
    name = models.CharField(_("name"), max_length=60)
    kinds = models.JSONField(_("tickets that may come in here"), default=list, blank=True)

    class Meta:
        verbose_name = _("gate")
        verbose_name_plural = _("gates")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="gate_name_once_an_event")]

    def __str__(self) -> str:
        return self.name


class Act(models.TextChoices):
    """What a record says was done."""

    ENTER = "enter", pgettext_lazy("what was done at the door", "On the way in")
    LEAVE = "leave", pgettext_lazy("what was done at the door", "On the way out")
    CORRECT = "correct", pgettext_lazy("what was done at the door", "Other number")
    UNDO = "undo", pgettext_lazy("what was done at the door", "Undone")
    WALK_IN = "walk_in", pgettext_lazy("what was done at the door", "Without a ticket")


class ScanQuerySet(models.QuerySet):
    def admissions(self) -> Self:
        """Those that the server, too, found right when it received them. Who is in says ``Presence``."""
        return self.filter(outcome=Outcome.ADMITTED)


class Scan(models.Model):
    """One record of the door. Never dropped, whatever it was a scan of, nor changed: only ``text`` is erased in time.

    ``nonce`` is the device's own: the same record sent again is the same row. ``ref`` is the nonce of the record that
    this one corrects or undoes. ``device_at`` is the device's clock, ``received_at`` ours, ``clock_offset_ms`` the
    measured difference (ours minus theirs) and ``clock_error_ms`` how far off that may be, where known;
    ``happened_at`` is the corrected time. ``shown`` is what the guard saw, ``let_in`` what the guard did, ``outcome``
    what the server found when the record arrived.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="scans")
    nonce = models.UUIDField(default=uuid.uuid4, unique=True)
    act = models.CharField(max_length=8, choices=Act, default=Act.ENTER)
    ref = models.UUIDField(null=True)
    ticket = models.ForeignKey(Ticket, models.SET_NULL, null=True, related_name="scans")
    text = models.CharField(max_length=200, blank=True)  # what led to no ticket, for as long as the rule says
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="scans")
    device = models.ForeignKey("Device", models.PROTECT, null=True, related_name="scans")
    scanned_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    device_at = models.DateTimeField()
    clock_offset_ms = models.BigIntegerField(null=True)
    clock_error_ms = models.PositiveIntegerField(null=True)
    happened_at = models.DateTimeField(default=timezone.now)
    received_at = models.DateTimeField(default=timezone.now)
    headcount = models.PositiveSmallIntegerField(default=1)
    shown = models.CharField(max_length=12, blank=True)
    let_in = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    list_version = models.PositiveIntegerField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        indexes = [
            models.Index(fields=["ticket", "outcome"]),
            models.Index(fields=["event", "happened_at"]),
            models.Index(fields=["ref"], condition=Q(ref__isnull=False), name="scan_ref"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.received_at:%Y-%m-%d %H:%M}"


class PresenceQuerySet(models.QuerySet["Presence"]):
    def arrived(self) -> Self:
        """Those of whom somebody has been let in, and it was no mistake."""
        return self.filter(came__gte=1)


class Presence(models.Model):
    """What a ticket's records add up to (``standing.py``), written with them: ``inside`` now, ``came`` at the most.

    ``changed_at`` is when the row was last written, by our clock: the phones' lists go by it.
    """

    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="presence")
    event = models.ForeignKey(Event, models.CASCADE, related_name="presences")
    inside = models.PositiveSmallIntegerField(default=0)
    came = models.PositiveSmallIntegerField(default=0)
    first_at = models.DateTimeField(_("came"), null=True)
    gate = models.ForeignKey(Gate, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        indexes = [models.Index(fields=["event", "changed_at"])]

    def __str__(self) -> str:
        return f"{self.inside}/{self.came}"
