"""A badge keeps its company when the person has left the stand."""

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    """Badges whose person is still there; whoever was removed before cannot be told any more."""
    Ticket = apps.get_model("registrations", "Ticket")
    StandStaff = apps.get_model("registrations", "StandStaff")
    company = StandStaff.objects.filter(pk=models.OuterRef("staff")).values("exhibitor")
    Ticket.objects.filter(staff__isnull=False).update(exhibitor=models.Subquery(company))


class Migration(migrations.Migration):
    dependencies = [("registrations", "0003_companies_versions")]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="exhibitor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tickets",
                to="registrations.exhibitor",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="ticket", name="ticket_has_one_holder"),
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
    ]
