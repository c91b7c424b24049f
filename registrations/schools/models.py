"""The register of school units."""

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.look.states import Look, register
from events.municipalities.models import Municipality
from events.querysets import AlphabeticalQuerySet


class SchoolStatus(models.TextChoices):
    """As the national register of school units has it: AKTIV, UPPHORT, VILANDE, PLANERAD."""

    ACTIVE = "active", pgettext_lazy("status of a school", "Active")
    CLOSED = "closed", pgettext_lazy("status of a school", "Closed")
    RESTING = "resting", pgettext_lazy("status of a school", "Resting")
    PLANNED = "planned", pgettext_lazy("status of a school", "Planned")


register({"resting": Look("mind", "pause-circle"), "planned": Look("info", "calendar-plus")})


class SchoolQuerySet(AlphabeticalQuerySet):
    def bookable(self) -> Self:
        """Those that exist now and lie in one of our municipalities."""
        return self.filter(status=SchoolStatus.ACTIVE, municipality__isnull=False)


class School(models.Model):
    """A school unit, known by its eight-digit code whatever it is called this year.

    ``types`` are the register's letters with spaces between ("GR GY"). ``municipality`` is one of our twelve.
    ``successor`` is the school that took over when this one was merged.
    """

    code = models.CharField(
        _("school unit code"),
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^\d{8}$", _("Eight digits."))],
    )
    name = models.CharField(_("name"), max_length=160)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="schools", verbose_name=_("municipality")
    )
    types = models.CharField(_("school types"), max_length=60, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=SchoolStatus, default=SchoolStatus.ACTIVE)
    principal = models.CharField(_("principal organiser"), max_length=160, blank=True)
    successor = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="predecessors", verbose_name=_("taken over by")
    )
    added_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(_("last seen in the register"), default=timezone.now)

    objects = SchoolQuerySet.as_manager()
    audit_exclude = {"added_at", "seen_at"}

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")

    def __str__(self) -> str:
        return self.name

    @property
    def has_upper_secondary(self) -> bool:
        return bool({"GY", "GYAN"} & set(self.types.split()))

    @property
    def has_compulsory(self) -> bool:
        return bool({"GR", "GRAN", "SP", "SAM"} & set(self.types.split()))


class SchoolChange(models.Model):
    """What a school was called, or whose it was, before an import said otherwise. Kept as long as the school."""

    school = models.ForeignKey(School, models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    field = models.CharField(max_length=20)
    before = models.CharField(max_length=160, blank=True)
    after = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("change of a school")
        verbose_name_plural = _("changes of schools")
        ordering = ["-at", "pk"]

    def __str__(self) -> str:
        return f"{self.school_id} {self.field}"
