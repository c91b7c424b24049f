"""People, what they may do where, and the trail of what they did."""

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from events.programme.models import Event


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str = "", **fields: object) -> "User":
        """A person who signs in with a code by e-mail; there is no password to leak."""
        user = self.model(email=email.strip().lower(), name=name, **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who signs in. The address is the identity; roles are rows of Grant and Membership."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, blank=True, default="")
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    audit_exclude = {"password", "last_login"}

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_whatever_the_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    @cached_property
    def held_grants(self) -> list["Grant"]:
        """The user's grants, read once a request. ``grant_role`` and ``revoke_role`` make it anew."""
        return list(self.grants.all())


class Role(models.TextChoices):
    """What somebody is to an event, or to an area and then to all its plans and events."""

    ORGANISER = "organiser", pgettext_lazy("role", "Organiser")
    EDITOR = "editor", pgettext_lazy("role", "Editor")
    TREASURER = "treasurer", pgettext_lazy("role", "Treasurer")
    DOOR = "door", pgettext_lazy("role", "Door staff")
    READER = "reader", pgettext_lazy("role", "Reader")


class GrantQuerySet(models.QuerySet):
    def covering(self, event: "Event") -> Self:
        """Grants on ``event`` itself or on its area."""
        return self.filter(Q(event=event) | Q(area=event.area_id))


class Grant(models.Model):
    """``user`` has ``role`` on one event, or on an area with all that belongs to it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=10, choices=Role)
    area = models.ForeignKey("events.Area", models.CASCADE, null=True, blank=True, related_name="grants")
    event = models.ForeignKey("events.Event", models.CASCADE, null=True, blank=True, related_name="grants")
    granted_at = models.DateTimeField(default=timezone.now)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.CheckConstraint(
                condition=Q(area__isnull=True, event__isnull=False) | Q(area__isnull=False, event__isnull=True),
                name="grant_on_an_area_or_an_event",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "event"],
                condition=Q(event__isnull=False),
                name="grant_once_an_event",
                violation_error_message=_("That person already has the role."),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "area"],
                condition=Q(area__isnull=False),
                name="grant_once_an_area",
                violation_error_message=_("That person already has the role."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role}"


class AuditQuerySet(models.QuerySet):
    def about(self, *objects: models.Model) -> Self:
        """Entries on any of ``objects``, newest first, with their actors."""
        wanted = Q(pk__in=[])
        for thing in objects:
            wanted |= Q(content_type=ContentType.objects.get_for_model(thing), object_pk=str(thing.pk))
        return self.filter(wanted).select_related("actor", "content_type").order_by("-at", "-pk")


class AuditEntry(models.Model):
    """Who did what to which object, when, and each changed field before and after. Written by services, never changed.

    ``changes`` is ``{field: [before, after]}`` with values as JSON; a created object has ``None`` before.
    """

    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("who"))
    verb = models.CharField(_("what"), max_length=60)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_pk = models.CharField(max_length=40)
    object_name = models.CharField(max_length=200)
    event = models.ForeignKey("events.Event", models.CASCADE, null=True, related_name="+")
    changes = models.JSONField(encoder=DjangoJSONEncoder, default=dict)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_pk", "-at"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_name}"
