from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    """What they thought and what came of it."""

    name = "surveys"
    verbose_name = _("Surveys and follow-up")
