from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """What is planned and what happens."""

    name = "events"
    verbose_name = _("Plan and events")
