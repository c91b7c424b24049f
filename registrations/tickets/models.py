"""Tickets: what gets somebody through the door."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.programme.models import Event
from registrations.bookings.models import SchoolClass
from registrations.exhibitors.models import Exhibitor, StandStaff
from registrations.tickets.codes import handle_of, new_code
from registrations.visitors.models import Visitor


class TicketState(models.TextChoices):
    VALID = "valid", pgettext_lazy("state of a ticket", "Valid")
    CANCELLED = "cancelled", pgettext_lazy("state of a ticket", "Cancelled")
    BLOCKED = "blocked", pgettext_lazy("state of a ticket", "Blocked")


class HandleField(models.CharField):
    """The handle of the row's code (``codes.handle_of``): worked out whenever the row is written, never typed."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        handle = handle_of(model_instance.code)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, handle)
        return handle


class TicketQuerySet(models.QuerySet):
    def valid(self) -> Self:
        return self.filter(state=TicketState.VALID)

    def with_holders(self) -> Self:
        """Ready to show whose they are, in one query."""
        return self.select_related(
            "event", "visitor", "staff", "exhibitor__organisation", "school_class__booking__school"
        )

    def locked_for_the_door(self) -> models.QuerySet:
        """What a scan must know, as (key, event, handle, kind, state, headcount, class); rows locked.

        One table and no objects: it is asked with every scan.
        """
        columns = ("pk", "event_id", "handle", "kind", "state", "headcount", "school_class_id")
        return self.select_for_update(no_key=True).values_list(*columns)


class Ticket(models.Model):
    """One code for one holder at one event. ``headcount`` is how many it lets in (a class: its pupils).

    A badge keeps its ``exhibitor`` when the person has left the stand: that the company was there stays true.
    """

    class Kind(models.TextChoices):
        EXHIBITOR = "exhibitor", pgettext_lazy("kind of ticket", "Exhibitor")
        VISITOR = "visitor", pgettext_lazy("kind of ticket", "Visitor")
        CLASS = "class", pgettext_lazy("kind of ticket", "Class")

    event = models.ForeignKey(Event, models.PROTECT, related_name="tickets")
    code = models.CharField(_("code"), max_length=16, unique=True, default=new_code, editable=False)
    handle = HandleField(max_length=12, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    visitor = models.OneToOneField(Visitor, models.CASCADE, null=True, blank=True, related_name="ticket")
    staff = models.OneToOneField(StandStaff, models.SET_NULL, null=True, blank=True, related_name="ticket")
    exhibitor = models.ForeignKey(Exhibitor, models.PROTECT, null=True, blank=True, related_name="tickets")
    school_class = models.OneToOneField(SchoolClass, models.CASCADE, null=True, blank=True, related_name="ticket")
    headcount = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=TicketState, default=TicketState.VALID)
    issued_at = models.DateTimeField(default=timezone.now)

    objects = TicketQuerySet.as_manager()
    audit_exclude = {"code", "handle"}

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        constraints = [
            models.CheckConstraint(
                condition=Q(school_class__isnull=True, visitor__isnull=True)
                | Q(school_class__isnull=True, staff__isnull=True, exhibitor__isnull=True)
                | Q(visitor__isnull=True, staff__isnull=True, exhibitor__isnull=True),
                name="ticket_has_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(staff__isnull=True) | Q(exhibitor__isnull=False), name="ticket_badge_has_an_exhibitor"
            ),
            models.CheckConstraint(
                condition=~Q(state="valid")
                | Q(visitor__isnull=False)
                | Q(staff__isnull=False)
                | Q(school_class__isnull=False),
                name="ticket_valid_has_a_holder",
            ),
            models.CheckConstraint(condition=Q(headcount__gte=1), name="ticket_headcount_positive"),
        ]
        indexes = [models.Index(fields=["event", "state"])]

    def __str__(self) -> str:
        return f"{self.holder_name} ({self.get_kind_display()})"

    @property
    def audit_name(self) -> str:
        return f"#{self.pk}"

    @property
    def holder_name(self) -> str:
        if self.school_class:
            return self.school_class.label
        holder = self.visitor or self.staff
        return holder.name if holder else ""

    @property
    def holder_company(self) -> str:
        """The company or school behind the holder."""
        if self.school_class:
            return self.school_class.booking.school.name
        if self.visitor:
            return self.visitor.company
        return self.exhibitor.organisation.name if self.exhibitor else ""
