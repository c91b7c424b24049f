"""PostgreSQL learns to sort as Swedes do (SQLite learns it at each connection), and the cache gets its table."""

from django.contrib.postgres.operations import CreateCollation
from django.core.management import call_command
from django.db import migrations


def create_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [
        CreateCollation("swedish", provider="icu", locale="sv-x-icu"),
        migrations.RunPython(create_cache_table, migrations.RunPython.noop, elidable=True),
    ]
