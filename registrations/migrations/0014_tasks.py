"""Tasks of exhibitors with their answers and letters, and the documents that the organiser gives them."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0006_activity_steps_and_status_changes"),
        ("registrations", "0013_discounts_take_something_off"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("profile", "Text for the event's page"),
                            ("logo", "Logo"),
                            ("staff", "Names for the badges"),
                            ("power", "Power in the stand"),
                            ("insurance", "Insurance"),
                            ("own", "A task of your own"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="what is to be done")),
                ("name_en", models.CharField(blank=True, max_length=80, verbose_name="the same in English")),
                (
                    "words",
                    models.TextField(
                        blank=True,
                        help_text="What the company should know to do it.",
                        max_length=600,
                        verbose_name="help text",
                    ),
                ),
                ("words_en", models.TextField(blank=True, max_length=600, verbose_name="help text in English")),
                ("due_on", models.DateField(verbose_name="last day")),
                ("is_on", models.BooleanField(default=True, verbose_name="asked for")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="events.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "task",
                "verbose_name_plural": "tasks",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TaskLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("digest", "Weekly digest"), ("nudge", "Reminder from the organiser")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                ("sent_at", models.DateTimeField(verbose_name="sent")),
                (
                    "exhibitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="task_letters",
                        to="registrations.exhibitor",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "letter about tasks",
                "verbose_name_plural": "letters about tasks",
            },
        ),
        migrations.CreateModel(
            name="Tick",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ticked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "exhibitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="task_ticks",
                        to="registrations.exhibitor",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ticks", to="registrations.task"
                    ),
                ),
                (
                    "ticked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "done task",
                "verbose_name_plural": "done tasks",
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(help_text="Such as “Moving in and out”.", max_length=80, verbose_name="name"),
                ),
                ("file", models.FileField(upload_to="documents/", verbose_name="PDF")),
                ("size", models.PositiveIntegerField()),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="added")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="events.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "name"),
                        name="document_name_once_an_event",
                        violation_error_message="There is a document with that name already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InsuranceAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "is_insured",
                    models.BooleanField(
                        choices=[(True, "Yes"), (False, "No")], verbose_name="Does your insurance hold at the event?"
                    ),
                ),
                (
                    "insurer",
                    models.CharField(blank=True, max_length=80, verbose_name="If yes: which insurance company?"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "exhibitor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="insurance",
                        to="registrations.exhibitor",
                    ),
                ),
            ],
            options={
                "verbose_name": "insurance",
                "verbose_name_plural": "insurances",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_insured", True), models.Q(("insurer", ""), _negated=True)),
                            models.Q(("insurer", ""), ("is_insured", False)),
                            _connector="OR",
                        ),
                        name="insurance_has_an_insurer",
                        violation_error_message="Say which company insures you.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PowerAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "needs_power",
                    models.BooleanField(
                        choices=[(True, "Yes"), (False, "No")], verbose_name="Do you need power in the stand?"
                    ),
                ),
                (
                    "what",
                    models.TextField(
                        blank=True,
                        help_text="Such as a coffee machine, two screens and a robot.",
                        max_length=600,
                        verbose_name="What do you plug in?",
                    ),
                ),
                (
                    "watts",
                    models.PositiveIntegerField(
                        blank=True,
                        default=0,
                        help_text="It says on each machine. Add them up; a laptop is about 100 W, a coffee machine 1 500 W.",
                        validators=[django.core.validators.MaxValueValidator(100000)],
                        verbose_name="How many watts together?",
                    ),
                ),
                (
                    "outlets",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="How many outlets?",
                    ),
                ),
                (
                    "at_night",
                    models.BooleanField(
                        choices=[(True, "Yes"), (False, "No")],
                        default=False,
                        verbose_name="Something must have power at night",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "exhibitor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="power", to="registrations.exhibitor"
                    ),
                ),
            ],
            options={
                "verbose_name": "power in the stand",
                "verbose_name_plural": "power in the stands",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("needs_power", True),
                                ("outlets__gte", 1),
                                ("watts__gte", 1),
                                ("watts__lte", 100000),
                                ("outlets__lte", 100),
                                models.Q(("what", ""), _negated=True),
                            ),
                            models.Q(
                                ("at_night", False), ("needs_power", False), ("outlets", 0), ("watts", 0), ("what", "")
                            ),
                            _connector="OR",
                        ),
                        name="power_is_whole",
                        violation_error_message="Say what you plug in, how many watts and how many outlets.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "own"), _negated=True),
                fields=("event", "kind"),
                name="task_kind_once_an_event",
                violation_error_message="The event has that task already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "own")),
                fields=("event", "name"),
                name="task_name_once_an_event",
                violation_error_message="There is a task with that name already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "own"), models.Q(("name", ""), _negated=True)),
                    models.Q(models.Q(("kind", "own"), _negated=True), ("name", ""), ("name_en", "")),
                    _connector="OR",
                ),
                name="task_own_has_a_name",
                violation_error_message="Say what is to be done.",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskletter",
            constraint=models.UniqueConstraint(fields=("exhibitor", "kind", "on"), name="task_letter_once"),
        ),
        migrations.AddConstraint(
            model_name="tick",
            constraint=models.UniqueConstraint(fields=("task", "exhibitor"), name="task_ticked_once"),
        ),
    ]
