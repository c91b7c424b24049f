"""How many applied to an upper secondary programme, by municipality and year. Counts only; nobody's name."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.municipalities.models import Municipality


class ApplicantsQuerySet(models.QuerySet["Applicants"]):
    def to_programmes(self, codes: list[str]) -> Self:
        return self.filter(programme__in=codes)


class Applicants(models.Model):
    """``count`` applied from ``municipality`` to ``programme`` in ``year``; ``None``: the source tells no number.

    ``year`` is the year of the application, in whose autumn the education begins.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="applicants")
    year = models.PositiveSmallIntegerField(_("year"))
    programme = models.CharField(_("programme"), max_length=8)
    count = models.PositiveIntegerField(_("applicants"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=160)
    imported_at = models.DateTimeField()

    objects = ApplicantsQuerySet.as_manager()

    class Meta:
        verbose_name = _("applicants")
        verbose_name_plural = _("applicants")
        ordering = ["programme", "year", "municipality"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year", "programme"], name="applicants_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.municipality_id} {self.year}"
