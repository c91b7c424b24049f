from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """What is planned and what happens."""

    name = "events"
    verbose_name = _("Plan and events")

    def ready(self) -> None:
        from events.access.retention import TRAIL, UNPROVEN
        from events.mail.retention import LETTERS
        from events.nights import pieces as nights
        from events.nights.copying import copy_night
        from events.programme import hooks
        from events.retention import rules

        rules.register(TRAIL, order=60)
        rules.register(LETTERS, order=70)
        rules.register(UNPROVEN, order=80)
        hooks.when_copied.register(copy_night)
        hooks.event_page_sections.register(nights.programme_section, order=5)
