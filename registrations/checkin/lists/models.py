"""The door's list: one sealed line a ticket."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.programme.models import Event
from registrations.tickets.models import Ticket


class ListEntry(models.Model):
    """A ticket as the phones have it: under its handle, sealed with a key that only its code gives.

    ``digest`` is of what was sealed, so that a change is found by comparing. ``version`` is the list's when the entry
    last changed. A ticket that is gone leaves its entry with an empty ``seal``, so that the phones hear of it.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="list_entries")
    ticket = models.OneToOneField(Ticket, models.SET_NULL, null=True, related_name="list_entry")
    handle = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=32)
    seal = models.TextField()
    version = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("line of the door's list")
        verbose_name_plural = _("lines of the door's list")
        indexes = [models.Index(fields=["event", "version"])]

    def __str__(self) -> str:
        return self.handle
