"""Phones that stand at a gate, and the invitations by which they come to."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.access.models import User
from events.programme.models import Event
from registrations.checkin.models import Gate


class DeviceRole(models.TextChoices):
    """What a device may do. All of them scan."""

    DOOR = "door", pgettext_lazy("role of a device", "Door")
    DESK = "desk", pgettext_lazy("role of a device", "Desk")
    KIOSK = "kiosk", pgettext_lazy("role of a device", "Kiosk")


class DeviceQuerySet(models.QuerySet["Device"]):
    def working(self, at: datetime) -> Self:
        """Those that may scan at aware time ``at``."""
        return self.filter(revoked_at__isnull=True, ends_at__gt=at)


class Device(models.Model):
    """A phone of one event and gate. Only a hash of its token is stored.

    ``contact_at`` and what follows are what the phone said when we last heard of it: ``None`` where it did not tell.
    ``clock_offset_ms`` is how far our clock is ahead of its; ``battery`` is percent.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="devices")
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="devices", verbose_name=_("gate"))
    name = models.CharField(_("name"), max_length=60, help_text=_("Whose phone it is, or where it stands."))
    role = models.CharField(_("role"), max_length=5, choices=DeviceRole, default=DeviceRole.DOOR)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    paired_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    paired_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(null=True, blank=True)
    contact_at = models.DateTimeField(null=True, blank=True)
    queue = models.PositiveIntegerField(null=True, blank=True)
    list_version = models.PositiveIntegerField(null=True, blank=True)
    list_at = models.DateTimeField(null=True, blank=True)
    clock_offset_ms = models.BigIntegerField(null=True, blank=True)
    clock_error_ms = models.PositiveIntegerField(null=True, blank=True)
    battery = models.PositiveSmallIntegerField(null=True, blank=True)
    app = models.CharField(max_length=20, blank=True)

    objects = DeviceQuerySet.as_manager()
    audit_exclude = {
        "token_hash",
        "contact_at",
        "queue",
        "list_version",
        "list_at",
        "clock_offset_ms",
        "clock_error_ms",
        "battery",
        "app",
    }

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["event", "ends_at"])]

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"

    def works(self, at: datetime) -> bool:
        return self.revoked_at is None and at < self.ends_at


class Pairing(models.Model):
    """An invitation for one phone: works once, and not for long. Only a hash of its secret is stored."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="pairings")
    gate = models.ForeignKey(Gate, models.CASCADE, related_name="+", verbose_name=_("gate"))
    name = models.CharField(_("name"), max_length=60)
    role = models.CharField(_("role"), max_length=5, choices=DeviceRole, default=DeviceRole.DOOR)
    ends_at = models.DateTimeField(_("works until"))
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    device = models.OneToOneField(Device, models.CASCADE, null=True, blank=True, related_name="pairing")

    class Meta:
        verbose_name = _("pairing")
        verbose_name_plural = _("pairings")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("made_at")), name="pairing_lives_a_while")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
