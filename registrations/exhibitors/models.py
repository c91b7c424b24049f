"""A company's application to one event, from the first draft to the stand."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.access.models import User
from events.programme.models import Event
from registrations.exhibitors.states import State
from registrations.organisations.models import MembershipState, Organisation


class ExhibitorQuerySet(models.QuerySet):
    def for_event(self, event: Event) -> Self:
        return self.filter(event=event)

    def holding_a_place(self) -> Self:
        """Those whose state keeps a place from others."""
        return self.filter(state__in=State.holding())

    def sent(self) -> Self:
        """Everything that the organiser should see: a draft is the company's own, also when it is thrown away."""
        return self.exclude(state=State.DRAFT).filter(applied_at__isnull=False)

    def of(self, user: User) -> Self:
        """Those of the companies that ``user`` acts for."""
        mine = {"organisation__memberships__user": user, "organisation__memberships__state": MembershipState.ACTIVE}
        return self.filter(**mine)


class Exhibitor(models.Model):
    """One company at one event. The profile is the event's own: next year's may say something else."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="exhibitors")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="exhibitors")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    profile = models.TextField(
        _("about the company"),
        max_length=600,
        blank=True,
        help_text=_("Two or three sentences for the event's page: what you do and whom you want to meet."),
    )
    field = models.CharField(
        _("line of business"), max_length=60, blank=True, help_text=_("In a word or two, such as food or automation.")
    )
    website = models.URLField(_("website"), max_length=200, blank=True)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact person's e-mail"), blank=True)
    contact_phone = models.CharField(_("contact person's phone"), max_length=30, blank=True)
    wishes = models.TextField(
        _("wishes for the stand"),
        max_length=600,
        blank=True,
        help_text=_("Power, neighbours, access: whatever we should know."),
    )
    started_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ExhibitorQuerySet.as_manager()
    audit_exclude = {"version", "started_at"}

    class Meta:
        verbose_name = _("exhibitor")
        verbose_name_plural = _("exhibitors")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "organisation"],
                name="exhibitor_once_an_event",
                violation_error_message=_("The company already has an application to this event."),
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT) | Q(state=State.WITHDRAWN) | Q(applied_at__isnull=False),
                name="exhibitor_sent_has_a_date",
            ),
        ]
        indexes = [models.Index(fields=["event", "state"])]

    def __str__(self) -> str:
        return self.organisation.name


class StandStaff(models.Model):
    """Somebody who will stand in the exhibitor's stand and gets a badge."""

    exhibitor = models.ForeignKey(Exhibitor, models.CASCADE, related_name="staff")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("The badge is sent here. Leave empty and it goes to the contact person.")
    )

    audit_exclude = {"name", "email"}

    class Meta:
        verbose_name = _("stand staff")
        verbose_name_plural = _("stand staff")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_name(self) -> str:
        return f"#{self.pk}"

    @property
    def event_id(self) -> int:
        return self.exhibitor.event_id
