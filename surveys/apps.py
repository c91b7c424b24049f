from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    """What they thought and what came of it."""

    name = "surveys"
    verbose_name = _("Surveys and follow-up")

    def ready(self) -> None:
        from events.programme import hooks
        from events.retention import rules
        from surveys.answers.retention import INVITED
        from surveys.followup import pieces

        hooks.overview_numbers.register(pieces.overview_numbers, order=40)
        hooks.later_stages.register(pieces.later_stages, order=10)
        hooks.activity_sections.register(pieces.activity_section, order=10)
        rules.register(INVITED, order=40)
