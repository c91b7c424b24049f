"""Each ticket gets its handle, and what the door has seen so far becomes records with a standing."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from django.db import migrations
from django.db.models import F, Min, Sum

BATCH = 1000


def fill_handles(apps, schema_editor):
    """As ``registrations.tickets.codes.handle_of``, frozen here as it was."""
    ticket = apps.get_model("registrations", "Ticket")
    rows = []
    for row in ticket.objects.only("code").iterator(BATCH):
        row.handle = urlsafe_b64encode(sha256(f"torget:handle:{row.code}".encode()).digest()[:9]).decode()
        rows.append(row)
        if len(rows) == BATCH:
            ticket.objects.bulk_update(rows, ["handle"])
            rows = []
    ticket.objects.bulk_update(rows, ["handle"], batch_size=BATCH)


def count_presences(apps, schema_editor):
    """Until now a ticket was let in once, and a scan was judged where it was received."""
    scan, presence = apps.get_model("registrations", "Scan"), apps.get_model("registrations", "Presence")
    scan.objects.update(happened_at=F("received_at"), shown=F("outcome"))
    admitted = scan.objects.filter(outcome="admitted")
    admitted.update(let_in=True)
    rows = admitted.filter(ticket__isnull=False).values("ticket", "event", "gate").order_by()
    counted = rows.annotate(heads=Sum("headcount"), first=Min("received_at"))
    presence.objects.bulk_create(
        [
            presence(
                ticket_id=row["ticket"],
                event_id=row["event"],
                gate_id=row["gate"],
                inside=row["heads"],
                came=row["heads"],
                first_at=row["first"],
                changed_at=row["first"],
            )
            for row in counted
        ],
        batch_size=BATCH,
    )


class Migration(migrations.Migration):
    dependencies = [("registrations", "0008_the_door")]
    operations = [
        migrations.RunPython(fill_handles, migrations.RunPython.noop),
        migrations.RunPython(count_presences, migrations.RunPython.noop),
    ]
