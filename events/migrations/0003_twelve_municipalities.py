"""The twelve municipalities of MalmöLundregionen with their codes from Statistics Sweden (SCB)."""

from django.db import migrations

MUNICIPALITIES = {
    "1230": "Staffanstorp",
    "1231": "Burlöv",
    "1233": "Vellinge",
    "1261": "Kävlinge",
    "1262": "Lomma",
    "1263": "Svedala",
    "1264": "Skurup",
    "1267": "Höör",
    "1280": "Malmö",
    "1281": "Lund",
    "1285": "Eslöv",
    "1287": "Trelleborg",
}


def add(apps, schema_editor):
    Municipality = apps.get_model("events", "Municipality")
    Municipality.objects.bulk_create(Municipality(code=code, name=name) for code, name in MUNICIPALITIES.items())


def remove(apps, schema_editor):
    apps.get_model("events", "Municipality").objects.filter(code__in=MUNICIPALITIES).delete()


class Migration(migrations.Migration):
    dependencies = [("events", "0002_swedish_order_and_cache")]

    operations = [migrations.RunPython(add, remove)]
