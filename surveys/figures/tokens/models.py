"""Tokens with which other systems read figures. Only a hash of each is stored."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.access.models import User
from events.municipalities.models import Area
from events.programme.models import Event


class FigureTokenQuerySet(models.QuerySet["FigureToken"]):
    def reaching(self, event: Event) -> Self:
        """Those that read the figures of ``event``: its own, and those of its whole area."""
        return self.filter(Q(event=event) | Q(area=event.area_id))


class FigureToken(models.Model):
    """A way for a program to read the figures of one event, or of all events of an area, and nothing else."""

    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="figure_tokens")
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="figure_tokens")
    name = models.CharField(_("name"), max_length=60, help_text=_("Which system reads the figures, and whose it is."))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    ends_on = models.DateField(_("last day"))
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used_on = models.DateField(_("last used"), null=True, blank=True)

    objects = FigureTokenQuerySet.as_manager()
    audit_exclude = {"token_hash", "last_used_on"}

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=True) ^ Q(area__isnull=True), name="figure_token_for_an_event_or_an_area"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def works(self, day: date) -> bool:
        """Whether it opens anything on ``day`` (in Stockholm); the last day is one of them."""
        return self.revoked_at is None and day <= self.ends_on

    def reads(self, event: Event) -> bool:
        return self.event_id == event.pk if self.event_id else self.area_id == event.area_id
