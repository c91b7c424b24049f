"""Where it happens."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.querysets import AlphabeticalQuerySet


class Venue(models.Model):
    """A place that receives events, with what a visitor must know to get in."""

    name = models.CharField(_("name"), max_length=120)
    street = models.CharField(_("street address"), max_length=120)
    postal_code = models.CharField(_("postal code"), max_length=6)
    city = models.CharField(_("city"), max_length=60)
    accessibility = models.TextField(
        _("accessibility of the place"),
        blank=True,
        help_text=_(
            "Entrance, lift, hearing loop, quiet room, accessible toilet, parking: what a visitor needs to know."
        ),
    )

    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AlphabeticalQuerySet.as_manager()
    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        constraints = [
            models.UniqueConstraint(
                fields=["name", "city"],
                name="venue_name_once_in_a_city",
                violation_error_message=_("There is a venue with that name in that town already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.city}"
