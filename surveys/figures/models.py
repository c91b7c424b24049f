"""Figures that somebody else worked out: they are shown as reported, and never mixed with our own."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.programme.models import Event


class ReportedFigure(models.Model):
    """A share that a paper reports about an event. ``answers=None``: how many answered was never published.

    ``finding`` completes the sentence "90 % …": "tyckte att det var ett bra evenemang".
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="reported_figures")
    finding = models.CharField(
        _("what the share is of"),
        max_length=160,
        help_text=_("Completes a sentence that begins with the share: thought it a good event."),
    )
    finding_en = models.CharField(_("the same in English"), max_length=160, blank=True)
    percent = models.DecimalField(
        _("per cent"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    approximate = models.BooleanField(_("the source says “about”"), default=False)
    answers = models.PositiveIntegerField(
        _("number of answers"), null=True, blank=True, help_text=_("Leave empty if the source does not tell.")
    )
    source = models.CharField(
        _("source"), max_length=160, help_text=_("Which paper, and where in it, so that others can find it.")
    )
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, editable=False)
    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("reported figure")
        verbose_name_plural = _("reported figures")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "finding"],
                name="reported_figure_once_an_event",
                violation_error_message=_("That figure is reported already."),
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100),
                name="reported_figure_is_a_share",
                violation_error_message=_("Between 0 and 100 per cent."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.finding_en if self.finding_en and get_language() == "en" else self.finding
