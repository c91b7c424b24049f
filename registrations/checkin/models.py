"""The door: gates, and every scan that was ever made at one."""

import uuid
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.access.models import User
from events.programme.models import Event
from registrations.checkin.verdict import Outcome
from registrations.tickets.models import Ticket


class Gate(models.Model):
    """A way in, by the name on its sign."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="gates")
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("gate")
        verbose_name_plural = _("gates")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="gate_name_once_an_event")]

    def __str__(self) -> str:
        return self.name


class ScanQuerySet(models.QuerySet):
    def admissions(self) -> Self:
        return self.filter(outcome=Outcome.ADMITTED)


class Scan(models.Model):
    """One look at one code. Never dropped, whatever it was a scan of, nor changed: only ``text`` is erased in time.

    ``nonce`` is the device's own: the same scan sent again is the same row. ``device_at`` is the device's clock,
    ``received_at`` ours, ``clock_offset_ms`` the measured difference (ours minus theirs), where known.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="scans")
    nonce = models.UUIDField(default=uuid.uuid4, unique=True)
    ticket = models.ForeignKey(Ticket, models.SET_NULL, null=True, related_name="scans")
    text = models.CharField(max_length=200, blank=True)  # what led to no ticket, for as long as the rule says
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="scans")
    scanned_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    device_at = models.DateTimeField()
    clock_offset_ms = models.IntegerField(null=True)
    received_at = models.DateTimeField(default=timezone.now)
    headcount = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=12, choices=Outcome)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        indexes = [models.Index(fields=["ticket", "outcome"]), models.Index(fields=["event", "outcome"])]
        constraints = [
            # The last line of defence behind the lock: a person's ticket lets in once.
            models.UniqueConstraint(
                fields=["ticket"], condition=models.Q(outcome="admitted"), name="scan_admits_a_ticket_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.received_at:%Y-%m-%d %H:%M}"
