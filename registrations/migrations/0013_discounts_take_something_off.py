"""A discount without percentage and amount is refused, also where the other is NULL."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0006_activity_steps_and_status_changes"),
        ("registrations", "0012_packages_orders_and_invoices"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="discount",
            name="discount_per_cent_or_amount",
        ),
        migrations.AddConstraint(
            model_name="discount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount_ore__gte", 1), ("amount_ore__isnull", False), ("percent__isnull", True)),
                    models.Q(
                        ("amount_ore__isnull", True),
                        ("percent__gte", 1),
                        ("percent__isnull", False),
                        ("percent__lte", 100),
                    ),
                    _connector="OR",
                ),
                name="discount_per_cent_or_amount",
                violation_error_message="Give either a percentage (1–100) or an amount.",
            ),
        ),
    ]
