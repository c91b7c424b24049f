"""The log of what has been erased."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Erasure(models.Model):
    """One run of one rule that erased something: which, when and how many. Of whom is what was erased."""

    rule = models.CharField(_("rule"), max_length=40)
    at = models.DateTimeField(_("when"))
    count = models.PositiveIntegerField(_("how many"))

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.rule} {self.at:%Y-%m-%d}: {self.count}"
