"""Companies (and later schools), and the people who act for them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.access.models import User
from events.municipalities.models import Municipality
from events.programme.models import Event
from events.querysets import AlphabeticalQuerySet


class OrganisationQuerySet(AlphabeticalQuerySet):
    def of(self, user: User) -> Self:
        """Those that ``user`` acts for."""
        acting = Membership.objects.filter(user=user, state=MembershipState.ACTIVE)
        return self.filter(pk__in=acting.values("organisation"))


class Organisation(models.Model):
    """A company, known by its organisation number whatever the spelling of its name.

    ``organisation_number`` is ten digits without dash, or ``None`` for those that have no Swedish number of their own
    (a foreign company; a sole trader, whose number is a personal identity number and is never stored).
    """

    name = models.CharField(_("company name"), max_length=160)
    organisation_number = models.CharField(
        _("organisation number"),
        max_length=10,
        null=True,
        blank=True,
        unique=True,
        error_messages={"unique": _("The company is already here: search for the number to find it.")},
    )
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("municipality"),
        help_text=_("Where the company is active in our twelve municipalities. Leave empty if it is elsewhere."),
    )
    street = models.CharField(_("street address"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    country = models.CharField(_("country"), max_length=2, default="SE")
    website = models.URLField(_("website"), max_length=200, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OrganisationQuerySet.as_manager()
    audit_exclude = {"added_at", "version"}

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation_number__isnull=True) | ~Q(organisation_number=""),
                name="organisation_number_absent_or_real",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def number(self) -> str:
        """The number as Swedes write it (559012-3456), or an empty text."""
        digits = self.organisation_number or ""
        return f"{digits[:6]}-{digits[6:]}" if digits else ""

    def has_owner(self) -> bool:
        return self.memberships.active().filter(role=MembershipRole.OWNER).exists()


class MembershipRole(models.TextChoices):
    OWNER = "owner", pgettext_lazy("role in a company", "Owner")
    MEMBER = "member", pgettext_lazy("role in a company", "Colleague")


class MembershipState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("state of a membership", "Waiting for an answer")
    ACTIVE = "active", pgettext_lazy("state of a membership", "Active")
    TURNED_DOWN = "turned_down", pgettext_lazy("state of a membership", "Turned down")


class MembershipQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(state=MembershipState.ACTIVE)

    def asked(self) -> Self:
        return self.filter(state=MembershipState.ASKED)

    def to_adopt(self, event: Event) -> Self:
        """Questions put at ``event`` about companies that nobody owns yet."""
        owned = Membership.objects.active().filter(role=MembershipRole.OWNER).values("organisation")
        rows = self.asked().filter(event=event).exclude(organisation__in=owned)
        return rows.select_related("user", "organisation", "event").order_by("asked_at")


class Membership(models.Model):
    """Somebody acts for an organisation, or has asked its owner to."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=MembershipRole, default=MembershipRole.MEMBER)
    state = models.CharField(_("state"), max_length=12, choices=MembershipState, default=MembershipState.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    # Where the question was put: its organisers answer for a company that has no owner yet.
    event = models.ForeignKey(Event, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["-role", "asked_at"]  # owners first
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                name="membership_once_a_person",
                violation_error_message=_("That person is already with the company."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"
