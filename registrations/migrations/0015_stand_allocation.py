"""What companies wish of their stands, proposals for who gets which, and offers of stands that became free."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0006_activity_steps_and_status_changes"),
        ("registrations", "0014_tasks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StandWish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("power_w", models.PositiveIntegerField(blank=True, null=True, verbose_name="power that you need")),
                ("corner", models.BooleanField(default=False, verbose_name="a corner")),
                ("entrance", models.BooleanField(default=False, verbose_name="near the entrance")),
                (
                    "apart_from_field",
                    models.BooleanField(default=False, verbose_name="not beside others in our line of business"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "exhibitor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stand_wish",
                        to="registrations.exhibitor",
                    ),
                ),
            ],
            options={
                "verbose_name": "wishes for the stand",
                "verbose_name_plural": "wishes for the stand",
            },
        ),
        migrations.CreateModel(
            name="NeighbourWish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("near", "Beside"), ("apart", "Not beside")], max_length=5)),
                (
                    "exhibitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="neighbour_wishes",
                        to="registrations.exhibitor",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="registrations.exhibitor"
                    ),
                ),
            ],
            options={
                "verbose_name": "wish for a neighbour",
                "verbose_name_plural": "wishes for neighbours",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("exhibitor", "other"),
                        name="neighbour_wish_once",
                        violation_error_message="A company can not be wanted and unwanted beside you.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("exhibitor", models.F("other")), _negated=True),
                        name="neighbour_wish_for_others",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("offered_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("lapsed", "Unanswered"),
                            ("dropped", "The company is no longer there"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "exhibitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stand_offers",
                        to="registrations.exhibitor",
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="offers", to="registrations.stand"
                    ),
                ),
            ],
            options={
                "verbose_name": "offer of a stand",
                "verbose_name_plural": "offers of stands",
                "ordering": ["-offered_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("stand",),
                        name="stand_offer_one_open_a_stand",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("exhibitor",),
                        name="stand_offer_one_open_an_exhibitor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_at__gt", models.F("offered_at"))), name="stand_offer_has_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", ""), ("ended_at__isnull", True)),
                            models.Q(("ended_at__isnull", False), models.Q(("end", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="stand_offer_says_how_it_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("solved", "Proposal"), ("by_hand", "Proposal by hand")],
                        default="solved",
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("seconds", models.PositiveSmallIntegerField(default=60, verbose_name="time limit in seconds")),
                ("seed", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waits to start"),
                            ("running", "Running"),
                            ("done", "Ready"),
                            ("failed", "Interrupted"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("instance", models.JSONField()),
                ("fixed", models.JSONField(blank=True, default=dict)),
                ("solution", models.JSONField(blank=True, null=True)),
                ("moves", models.JSONField(blank=True, default=list)),
                ("measures", models.JSONField(blank=True, default=dict)),
                ("progress", models.JSONField(blank=True, default=dict)),
                ("stop_wanted", models.BooleanField(default=False)),
                (
                    "failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stopped", "It was stopped before there was a first solution."),
                            ("lost", "The computer that worked on it stopped answering."),
                            ("crashed", "Something went wrong in the computation."),
                            ("locks", "What was decided by hand cannot all be kept."),
                            ("unreadable", "The bookings contradict themselves."),
                        ],
                        max_length=20,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("beat_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "base",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="registrations.standproposal",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stand_proposals", to="events.event"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal for the stands",
                "verbose_name_plural": "proposals for the stands",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("event", "number"), name="stand_proposal_number_once_an_event"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=("event",),
                        name="stand_proposal_one_at_a_time",
                        violation_error_message="A proposal is already being made.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("published_at__isnull", True), ("state", "done"), _connector="OR"),
                        name="stand_proposal_published_is_done",
                    ),
                ],
            },
        ),
    ]
