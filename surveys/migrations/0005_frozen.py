"""Frozen follow-ups, their corrections and links; triggers keep the first two as they were written."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from events.guards import guards, unguards

KEPT = {"FrozenFollowup": "frozen_by_id", "Correction": "by_id"}


def put_up(apps, schema_editor):
    for name, person in KEPT.items():
        meta = apps.get_model("surveys", name)._meta
        columns = [field.column for field in meta.concrete_fields]
        for statement in guards(schema_editor.connection.vendor, meta.db_table, columns, person):
            schema_editor.execute(statement, params=None)


def take_down(apps, schema_editor):
    for name in KEPT:
        for statement in unguards(schema_editor.connection.vendor, apps.get_model("surveys", name)._meta.db_table):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0006_activity_steps_and_status_changes"),
        ("surveys", "0004_followup"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FrozenFollowup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "meeting",
                    models.CharField(
                        help_text="As it shall stand on the paper, such as “The directors' group”.",
                        max_length=160,
                        verbose_name="meeting",
                    ),
                ),
                ("meeting_on", models.DateField(verbose_name="day of the meeting")),
                ("frozen_at", models.DateTimeField(verbose_name="frozen")),
                ("format", models.CharField(max_length=30)),
                ("contents", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "frozen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="frozen by",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="frozen_followups",
                        to="events.activityplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "frozen follow-up",
                "verbose_name_plural": "frozen follow-ups",
                "ordering": ["plan", "year", "number"],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("figure", models.PositiveBigIntegerField(blank=True, null=True)),
                ("what", models.TextField(max_length=600, verbose_name="what is right")),
                ("why", models.TextField(max_length=600, verbose_name="why")),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "frozen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="surveys.frozenfollowup",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction",
                "verbose_name_plural": "corrections",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ShareLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "whom",
                    models.CharField(
                        help_text="A group rather than a person, such as “The directors' group”.",
                        max_length=120,
                        verbose_name="for whom",
                    ),
                ),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_at", models.DateTimeField(verbose_name="made")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                ("last_used_on", models.DateField(blank=True, null=True, verbose_name="last used")),
                (
                    "frozen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="surveys.frozenfollowup"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
            ],
            options={
                "verbose_name": "share link",
                "verbose_name_plural": "share links",
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="frozenfollowup",
            constraint=models.UniqueConstraint(
                fields=("plan", "year", "number"), name="frozen_number_once_a_plan_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="frozenfollowup",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="frozen_numbers_from_one"),
        ),
        migrations.RunPython(put_up, take_down),
    ]
