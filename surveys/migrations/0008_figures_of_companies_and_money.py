"""Companies that come back and where they are from, what was invoiced, and the cost per exhibitor as indicators."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0006_activity_steps_and_status_changes"),
        ("surveys", "0007_questions_version"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="indicator",
            name="indicator_typed_with_day_and_origin",
        ),
        migrations.AlterField(
            model_name="indicator",
            name="source",
            field=models.CharField(
                choices=[
                    ("question", "A survey question"),
                    ("exhibitors", "Number of exhibitors"),
                    ("returning", "Exhibitors who come back"),
                    ("municipalities", "Exhibitors' municipalities"),
                    ("income", "Income without VAT"),
                    ("exhibitor_cost", "Cost per exhibitor"),
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
                max_length=20,
                verbose_name="source",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("typed_value__isnull", True),
                    models.Q(
                        ("source__in", ["typed", "exhibitor_cost"]),
                        ("typed_on__isnull", False),
                        models.Q(("typed_from", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="indicator_typed_with_day_and_origin",
                violation_error_message="Say which day the value is of and where it comes from.",
            ),
        ),
    ]
