"""The twelve municipalities, the cooperation's areas, and who takes part in which, year by year."""

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.querysets import AlphabeticalQuerySet


class Municipality(models.Model):
    """A municipality, known by its code from Statistics Sweden (four digits, text: leading zeros exist)."""

    code = models.CharField(
        _("code"), max_length=4, primary_key=True, validators=[RegexValidator(r"^\d{4}$", _("Four digits."))]
    )
    name = models.CharField(_("name"), max_length=60, unique=True)

    objects = AlphabeticalQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    def __str__(self) -> str:
        return self.name


class AreaQuerySet(AlphabeticalQuerySet):
    pass


class Area(models.Model):
    """A priority area of the cooperation, such as business; plans, events and roles belong to one."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")

    def __str__(self) -> str:
        return self.name


class ParticipationQuerySet(models.QuerySet):
    def for_year(self, area: Area, year: int) -> Self:
        return self.filter(area=area, year=year)


class Participation(models.Model):
    """A municipality takes part in an area during a year. Leaving is not having next year's row."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="participations")
    area = models.ForeignKey(Area, models.PROTECT, related_name="participations")
    year = models.PositiveSmallIntegerField(_("year"))

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "area", "year"],
                name="participation_once_a_year",
                violation_error_message=_("The municipality already takes part that year."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.area_id} {self.year}"


class MunicipalCount(models.Model):
    """How many live in a municipality, and how many of them are of the age that leaves school for upper secondary.

    ``None`` where nobody has told. ``source`` says where the numbers come from; it stands beside them on the pages.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="counts")
    year = models.PositiveSmallIntegerField(_("year"))
    population = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    cohort = models.PositiveIntegerField(_("pupils in the age group"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("count of a municipality")
        verbose_name_plural = _("counts of municipalities")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year"],
                name="municipal_count_once_a_year",
                violation_error_message=_("That year is told already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.year}"
