"""Papers that the organiser gives to an event's exhibitors."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.access.models import User
from events.programme.models import Event


class DocumentQuerySet(models.QuerySet):
    def for_event(self, event: Event) -> Self:
        return self.filter(event=event)


class Document(models.Model):
    """A PDF for everybody who has a place at ``event``. ``size`` is in bytes."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="documents")
    name = models.CharField(_("name"), max_length=80, help_text=_("Such as “Moving in and out”."))
    file = models.FileField(_("PDF"), upload_to="documents/")
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = DocumentQuerySet.as_manager()
    audit_exclude = {"added_at", "added_by"}

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "name"],
                name="document_name_once_an_event",
                violation_error_message=_("There is a document with that name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
