"""People who come to look: a name, a company, an address, nothing more."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.programme.models import Event
from events.retention.rules import NOBODY


class VisitorState(models.TextChoices):
    REGISTERED = "registered", pgettext_lazy("state of a visitor", "Registered")
    CANCELLED = "cancelled", pgettext_lazy("state of a visitor", "Cancelled")


class VisitorQuerySet(models.QuerySet):
    def coming(self) -> Self:
        return self.filter(state=VisitorState.REGISTERED)

    def known(self) -> Self:
        """Those of whom it is still known who they are; without an address too, when they have left their name."""
        return self.exclude(email__endswith=NOBODY, name="", company="")


class Visitor(models.Model):
    """One person's free place at one event. ``nonce`` comes with the form: sent twice, it is one sign-up."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="visitors")
    name = models.CharField(_("name"), max_length=120)
    company = models.CharField(_("company or organisation"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(max_length=2, default="sv")
    state = models.CharField(_("state"), max_length=10, choices=VisitorState, default=VisitorState.REGISTERED)
    nonce = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registered_at = models.DateTimeField(_("registered"), default=timezone.now)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)

    objects = VisitorQuerySet.as_manager()
    audit_exclude = {"name", "company", "email", "nonce"}

    class Meta:
        verbose_name = _("visitor")
        verbose_name_plural = _("visitors")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "event",
                condition=Q(state=VisitorState.REGISTERED),
                name="visitor_once_an_event",
                violation_error_message=_("That address is already signed up."),
            )
        ]
        indexes = [models.Index(fields=["event", "state"])]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_name(self) -> str:
        return f"#{self.pk}"

    @property
    def has_address(self) -> bool:
        """Whether mail reaches anybody: not who came without a ticket and gave no address, nor who has been erased."""
        return not self.email.endswith(NOBODY)

    @property
    def is_erased(self) -> bool:
        """Whether it is not, or no longer, known who this was."""
        return not (self.has_address or self.name)
