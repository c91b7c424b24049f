"""Forms that have made something, so that the same form sent again makes nothing more."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SentForm(models.Model):
    """A form that was sent, by the token it was drawn with, and the page that it led to. Kept for a day."""

    token = models.UUIDField(primary_key=True)
    led_to = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")

    def __str__(self) -> str:
        return str(self.token)
