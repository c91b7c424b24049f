from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    """Who comes."""

    name = "registrations"
    verbose_name = _("Registrations")

    def ready(self) -> None:
        from registrations.organisations import rules  # noqa: F401 — registers who has which role
