"""What an indicator is to reach, its readings, and the words of the follow-up."""

import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0006_activity_steps_and_status_changes"),
        ("surveys", "0003_questionnaires_and_ballots"),
    ]

    operations = [
        migrations.CreateModel(
            name="IndicatorReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.FloatField(null=True, verbose_name="value")),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("n", models.PositiveIntegerField(null=True, verbose_name="answers")),
                ("population", models.PositiveIntegerField(null=True, verbose_name="population")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("definition", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("fingerprint", models.CharField(max_length=16)),
                ("taken_at", models.DateTimeField(verbose_name="taken at")),
            ],
            options={
                "verbose_name": "reading",
                "verbose_name_plural": "readings",
                "ordering": ["taken_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Words",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("operational_plan", "From the operational plan"),
                            ("priority_areas", "Priority areas"),
                            ("decisions", "Decisions and processes"),
                            ("completed", "Completed activities"),
                            ("group", "The group's reflections"),
                            ("results", "What results have the measures given overall?"),
                            ("goals", "Do the measures contribute to the goals?"),
                            ("development", "What potential for development is there?"),
                            ("lessons", "What lessons have been learned?"),
                            ("added_value", "What added value has the cooperation given?"),
                        ],
                        max_length=20,
                        verbose_name="part",
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=10000, verbose_name="text")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "text of the follow-up",
                "verbose_name_plural": "texts of the follow-up",
                "ordering": ["year", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="indicator",
            name="indicator_once_a_count",
        ),
        migrations.AddField(
            model_name="indicator",
            name="baseline",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="baseline"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="definition",
            field=models.TextField(
                blank=True,
                help_text="What is counted, of whom and how, so that next year's figure can be the same.",
                max_length=1000,
                verbose_name="definition",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="direction",
            field=models.CharField(
                choices=[("higher", "Higher is better"), ("lower", "Lower is better")],
                default="higher",
                max_length=6,
                verbose_name="direction",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="dropped",
            field=models.BooleanField(default=False, verbose_name="sentence dropped"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="goals",
            field=models.ManyToManyField(blank=True, related_name="indicators", to="events.goal", verbose_name="goals"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="name",
            field=models.CharField(blank=True, max_length=160, verbose_name="name"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="on_front",
            field=models.BooleanField(
                default=False,
                help_text="Stands first on the directors' page.",
                verbose_name="one of the figures that matter",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="plan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="goal_indicators",
                to="events.activityplan",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="programmes",
            field=models.CharField(
                blank=True, help_text="Apart by spaces, such as IN TE.", max_length=80, verbose_name="programme codes"
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="responsible",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="events.municipality",
                verbose_name="responsible",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="target",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="target"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="typed_from",
            field=models.CharField(blank=True, max_length=200, verbose_name="where it comes from"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="typed_n",
            field=models.PositiveIntegerField(
                blank=True, help_text="Leave empty if it is not known.", null=True, verbose_name="how many it rests on"
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="typed_on",
            field=models.DateField(blank=True, null=True, verbose_name="as of"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="typed_value",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="value"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="unit",
            field=models.CharField(
                blank=True, help_text="Such as days or companies.", max_length=20, verbose_name="unit"
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="written_about",
            field=models.JSONField(
                blank=True, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="year",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(2000),
                    django.core.validators.MaxValueValidator(2100),
                ],
                verbose_name="year",
            ),
        ),
        migrations.AlterField(
            model_name="indicator",
            name="activity",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="indicators",
                to="events.activity",
                verbose_name="activity",
            ),
        ),
        migrations.AlterField(
            model_name="indicator",
            name="event",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="indicators",
                to="events.event",
            ),
        ),
        migrations.AlterField(
            model_name="indicator",
            name="source",
            field=models.CharField(
                choices=[
                    ("question", "A survey question"),
                    ("exhibitors", "Number of exhibitors"),
                    ("attendance", "Number of people who came in"),
                    ("booked", "Pupils applied for"),
                    ("placed", "Pupils with a place"),
                    ("confirmed", "Pupils whose school has confirmed"),
                    ("arrived", "Pupils who came"),
                    ("pupil_cost", "Co-financing per pupil"),
                    ("reported", "A reported figure"),
                    ("money", "Co-financing"),
                    ("applicants", "Applicants to programmes"),
                    ("typed", "Typed by hand"),
                ],
                max_length=12,
                verbose_name="source",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("event__isnull", True), ("source__in", ["applicants", "typed"])),
                    models.Q(
                        models.Q(("source__in", ["applicants", "typed"]), _negated=True), ("event__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="indicator_event_where_it_has_the_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("activity__isnull", False), ("plan__isnull", True)),
                    models.Q(("activity__isnull", True), ("plan__isnull", False)),
                    _connector="OR",
                ),
                name="indicator_in_a_row_or_under_goals",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("typed_value__isnull", True),
                    models.Q(
                        ("source", "typed"), ("typed_on__isnull", False), models.Q(("typed_from", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="indicator_typed_with_day_and_origin",
                violation_error_message="Say which day the value is of and where it comes from.",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source", "applicants"), models.Q(("programmes", ""), _negated=True)),
                    models.Q(models.Q(("source", "applicants"), _negated=True), ("programmes", "")),
                    _connector="OR",
                ),
                name="indicator_programmes_of_applicants",
                violation_error_message="Name the programmes that are applied to.",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.UniqueConstraint(
                condition=models.Q(("event__isnull", False), ("question__isnull", True), ("reported__isnull", True)),
                fields=("activity", "event", "source"),
                name="indicator_once_a_count",
            ),
        ),
        migrations.AddField(
            model_name="indicatorreading",
            name="indicator",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="surveys.indicator"
            ),
        ),
        migrations.AddField(
            model_name="words",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="words", to="events.activityplan"
            ),
        ),
        migrations.AddIndex(
            model_name="indicatorreading",
            index=models.Index(fields=["indicator", "-taken_at"], name="reading_of_indicator_by_time"),
        ),
        migrations.AddConstraint(
            model_name="words",
            constraint=models.UniqueConstraint(fields=("plan", "year", "part"), name="words_once_a_part_and_year"),
        ),
    ]
