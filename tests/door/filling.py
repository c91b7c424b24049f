"""A door with many tickets, for benchmarks and for tests with real processes: ``python -m tests.door.filling TICKETS``.

Prints the tokens of its phones and the handles of its tickets as JSON. Runs in a process of its own, on the database
in ``DATABASE_URL``.
"""

import json
import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

PHONES = 40
FIRST = ["Åsa", "Örjan", "Karin", "Mohammed", "Li", "Björn", "Fatima", "Per-Erik", "Astrid", "Josefine"]
LAST = ["Lindström", "Öberg", "Haddad", "Nilsson", "Bergqvist", "Ek", "Wallin-Åkesson", "Nguyen", "Sjö", "Dahl"]
COMPANIES = ["Bageriet AB", "Skånska Verktyg", "Lunds kommun", "IUC Syd", "Mekano i Malmö AB", "Trelleborgs Svets"]


def fill(tickets: int) -> dict[str, list[str]]:
    """An event with ``tickets`` visitors' tickets and PHONES paired phones; handles and codes in order."""
    from registrations.checkin.devices.models import Device
    from registrations.checkin.devices.tokens import hash_of
    from registrations.checkin.models import Gate
    from registrations.tickets.models import Ticket
    from registrations.visitors.models import Visitor
    from tests.door_factories import open_door
    from tests.factories import EventFactory

    event = EventFactory(slug=f"door-{tickets}")
    open_door(event)
    gates = [Gate.objects.create(event=event, name=f"Gate {n}") for n in range(4)]
    tokens = [f"phone-{tickets}-{n}-".ljust(43, "x") for n in range(PHONES)]
    now = timezone.now()
    Device.objects.bulk_create(
        Device(
            event=event,
            gate=gates[n % len(gates)],
            name=f"Phone {n}",
            role="desk" if n == 0 else "door",
            token_hash=hash_of(token),
            paired_at=now,
            ends_at=now + timedelta(days=1),
        )
        for n, token in enumerate(tokens)
    )
    visitors = Visitor.objects.bulk_create(
        [
            Visitor(
                event=event,
                name=f"{FIRST[n % 10]} {LAST[n // 10 % 10]}",
                company=COMPANIES[n % 6],
                email=f"visitor{n}@torget.example",
            )
            for n in range(tickets)
        ],
        batch_size=2000,
    )
    made = Ticket.objects.bulk_create(
        [Ticket(event=event, kind=Ticket.Kind.VISITOR, visitor=visitor) for visitor in visitors], batch_size=2000
    )
    return {
        "tokens": tokens,
        "handles": [ticket.handle for ticket in made],
        "codes": [ticket.code for ticket in made],
        "gates": [gate.pk for gate in gates],
        "event": [event.slug],
    }


def main() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    print(json.dumps([fill(int(tickets)) for tickets in sys.argv[1:]]))  # noqa: T201


if __name__ == "__main__":
    main()
