"""A class may be meant to stand beside another booking's class of the same name: its teacher has said so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registrations", "0002_schools_and_allocation")]

    operations = [
        migrations.AddField(
            model_name="schoolclass",
            name="beside_twin",
            field=models.BooleanField(
                default=False,
                editable=False,
                verbose_name="meant to stand beside another booking's class of the same name",
            ),
        ),
    ]
