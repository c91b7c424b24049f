"""What the door's records contradict each other in, for the desk to settle."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.access.models import User
from events.programme.models import Event
from registrations.checkin.models import Scan
from registrations.tickets.models import Ticket


class ConflictKind(models.TextChoices):
    TWICE = "twice", pgettext_lazy("conflict at the door", "Let in twice")
    OVER = "over", pgettext_lazy("conflict at the door", "More than the class is for")
    NOT_VALID = "not_valid", pgettext_lazy("conflict at the door", "Let in with a ticket that is not valid")
    FULL = "full", pgettext_lazy("conflict at the door", "More people in than the fire limit")


class ConflictState(models.TextChoices):
    OPEN = "open", pgettext_lazy("state of a conflict", "To settle")
    SETTLED = "settled", pgettext_lazy("state of a conflict", "Settled")
    DISSOLVED = "dissolved", pgettext_lazy("state of a conflict", "Solved by itself")


class Conflict(models.Model):
    """``scans`` are the records that do not go together; they stay as they are. ``ticket`` is none for FULL."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="conflicts")
    ticket = models.ForeignKey(Ticket, models.CASCADE, null=True, related_name="conflicts")
    kind = models.CharField(_("kind"), max_length=10, choices=ConflictKind)
    state = models.CharField(_("state"), max_length=10, choices=ConflictState, default=ConflictState.OPEN)
    scans = models.ManyToManyField(Scan, related_name="conflicts")
    opened_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "kind"], condition=Q(state=ConflictState.OPEN), name="conflict_open_once_a_ticket"
            ),
            models.UniqueConstraint(
                fields=["event", "kind"],
                condition=Q(state=ConflictState.OPEN, ticket__isnull=True),
                name="conflict_open_once_an_event",
            ),
        ]
        indexes = [models.Index(fields=["event", "state"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"
