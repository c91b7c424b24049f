from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0006_figure_tokens")]

    operations = [
        migrations.AddField(
            model_name="survey",
            name="questions_version",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
