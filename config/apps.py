from django.apps import AppConfig
from django.db.backends.signals import connection_created


class ConfigConfig(AppConfig):
    """The house itself: its commands, its database's Swedish, its task queue."""

    name = "config"

    def ready(self) -> None:
        from config.swedish_sqlite import teach_swedish

        connection_created.connect(teach_swedish)
