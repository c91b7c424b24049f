import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import registrations.tickets.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("events", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Gate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="gates", to="events.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "gate",
                "verbose_name_plural": "gates",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, verbose_name="company name")),
                (
                    "organisation_number",
                    models.CharField(
                        blank=True,
                        error_messages={"unique": "The company is already here: search for the number to find it."},
                        max_length=10,
                        null=True,
                        unique=True,
                        verbose_name="organisation number",
                    ),
                ),
                ("street", models.CharField(blank=True, max_length=120, verbose_name="street address")),
                ("postal_code", models.CharField(blank=True, max_length=10, verbose_name="postal code")),
                ("city", models.CharField(blank=True, max_length=60, verbose_name="city")),
                ("country", models.CharField(default="SE", max_length=2, verbose_name="country")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        help_text="Where the company is active in our twelve municipalities. Leave empty if it is elsewhere.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="events.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "company",
                "verbose_name_plural": "companies",
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("owner", "Owner"), ("member", "Colleague")],
                        default="member",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waiting for an answer"),
                            ("active", "Active"),
                            ("turned_down", "Turned down"),
                        ],
                        default="asked",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="events.event",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="registrations.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ["-role", "asked_at"],
            },
        ),
        migrations.CreateModel(
            name="Exhibitor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Not sent yet"),
                            ("applied", "Waiting for a decision"),
                            ("accepted", "Accepted"),
                            ("waiting", "On the waiting list"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "profile",
                    models.TextField(
                        blank=True,
                        help_text="Two or three sentences for the event's page: what you do and whom you want to meet.",
                        max_length=600,
                        verbose_name="about the company",
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        help_text="In a word or two, such as food or automation.",
                        max_length=60,
                        verbose_name="line of business",
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("logo", models.ImageField(blank=True, upload_to="logos/", verbose_name="logo")),
                ("contact_name", models.CharField(blank=True, max_length=120, verbose_name="contact person")),
                (
                    "contact_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="contact person's e-mail"),
                ),
                ("contact_phone", models.CharField(blank=True, max_length=30, verbose_name="contact person's phone")),
                (
                    "wishes",
                    models.TextField(
                        blank=True,
                        help_text="Power, neighbours, access: whatever we should know.",
                        max_length=600,
                        verbose_name="wishes for the stand",
                    ),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="applied")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="exhibitors", to="events.event"
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exhibitors",
                        to="registrations.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "exhibitor",
                "verbose_name_plural": "exhibitors",
            },
        ),
        migrations.CreateModel(
            name="StandStaff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "email",
                    models.EmailField(
                        blank=True,
                        help_text="The badge is sent here. Leave empty and it goes to the contact person.",
                        max_length=254,
                        verbose_name="e-mail",
                    ),
                ),
                (
                    "exhibitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="staff", to="registrations.exhibitor"
                    ),
                ),
            ],
            options={
                "verbose_name": "stand staff",
                "verbose_name_plural": "stand staff",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=registrations.tickets.codes.new_code,
                        editable=False,
                        max_length=16,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("exhibitor", "Exhibitor"), ("visitor", "Visitor")], max_length=10, verbose_name="kind"
                    ),
                ),
                ("headcount", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[("valid", "Valid"), ("cancelled", "Cancelled")],
                        default="valid",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tickets", to="events.event"
                    ),
                ),
                (
                    "exhibitor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to="registrations.exhibitor",
                    ),
                ),
                (
                    "staff",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="ticket",
                        to="registrations.standstaff",
                    ),
                ),
            ],
            options={
                "verbose_name": "ticket",
                "verbose_name_plural": "tickets",
            },
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nonce", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("text", models.CharField(blank=True, max_length=200)),
                ("device_at", models.DateTimeField()),
                ("clock_offset_ms", models.IntegerField(null=True)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("headcount", models.PositiveSmallIntegerField(default=1)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("admitted", "Welcome in"),
                            ("already_in", "Already in"),
                            ("cancelled", "Cancelled"),
                            ("wrong_event", "Another event"),
                            ("unknown", "Unknown code"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scans", to="events.event"
                    ),
                ),
                (
                    "gate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scans", to="registrations.gate"
                    ),
                ),
                (
                    "scanned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="scans",
                        to="registrations.ticket",
                    ),
                ),
            ],
            options={
                "verbose_name": "scan",
                "verbose_name_plural": "scans",
            },
        ),
        migrations.CreateModel(
            name="Visitor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("company", models.CharField(blank=True, max_length=160, verbose_name="company or organisation")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("language", models.CharField(default="sv", max_length=2)),
                (
                    "state",
                    models.CharField(
                        choices=[("registered", "Registered"), ("cancelled", "Cancelled")],
                        default="registered",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("nonce", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("registered_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="registered")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="cancelled")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visitors", to="events.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "visitor",
                "verbose_name_plural": "visitors",
            },
        ),
        migrations.AddField(
            model_name="ticket",
            name="visitor",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ticket",
                to="registrations.visitor",
            ),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.UniqueConstraint(fields=("event", "name"), name="gate_name_once_an_event"),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("organisation_number__isnull", True),
                    models.Q(("organisation_number", ""), _negated=True),
                    _connector="OR",
                ),
                name="organisation_number_absent_or_real",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("organisation", "user"),
                name="membership_once_a_person",
                violation_error_message="That person is already with the company.",
            ),
        ),
        migrations.AddIndex(
            model_name="exhibitor",
            index=models.Index(fields=["event", "state"], name="registratio_event_i_1341fc_idx"),
        ),
        migrations.AddConstraint(
            model_name="exhibitor",
            constraint=models.UniqueConstraint(
                fields=("event", "organisation"),
                name="exhibitor_once_an_event",
                violation_error_message="The company already has an application to this event.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exhibitor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"), ("state", "withdrawn"), ("applied_at__isnull", False), _connector="OR"
                ),
                name="exhibitor_sent_has_a_date",
            ),
        ),
        migrations.AddIndex(
            model_name="scan",
            index=models.Index(fields=["ticket", "outcome"], name="registratio_ticket__254fcc_idx"),
        ),
        migrations.AddIndex(
            model_name="scan",
            index=models.Index(fields=["event", "outcome"], name="registratio_event_i_f39064_idx"),
        ),
        migrations.AddConstraint(
            model_name="scan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "admitted")), fields=("ticket",), name="scan_admits_a_ticket_once"
            ),
        ),
        migrations.AddIndex(
            model_name="visitor",
            index=models.Index(fields=["event", "state"], name="registratio_event_i_adc1d3_idx"),
        ),
        migrations.AddConstraint(
            model_name="visitor",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                models.F("event"),
                condition=models.Q(("state", "registered")),
                name="visitor_once_an_event",
                violation_error_message="That address is already signed up.",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["event", "state"], name="registratio_event_i_7d51e3_idx"),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("visitor__isnull", True),
                    models.Q(("exhibitor__isnull", True), ("staff__isnull", True)),
                    _connector="OR",
                ),
                name="ticket_has_one_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(("staff__isnull", True), ("exhibitor__isnull", False), _connector="OR"),
                name="ticket_badge_has_an_exhibitor",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "valid"), _negated=True),
                    ("visitor__isnull", False),
                    ("staff__isnull", False),
                    _connector="OR",
                ),
                name="ticket_valid_has_a_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(("headcount__gte", 1)), name="ticket_headcount_positive"
            ),
        ),
    ]
