"""A fair about to be bought out, for benchmarks: ``python -m tests.registrations.orders.filling OFFERED AT_ONCE PLACES``.

OFFERED companies wait to send their order to a fair whose organiser decides, AT_ONCE to one that sells PLACES of its
package to the first who come. Prints the session and the address of each, and what it costs, as JSON. Runs in a process
of its own, on the database in ``DATABASE_URL``.
"""

import json
import os
import sys
from datetime import timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

SIGNED_IN_BY = "allauth.account.auth_backends.AuthenticationBackend"


def fill(buyers: int, *, at_once: bool, limit: int | None) -> dict[str, Any]:
    """A fair with one package, ``limit`` of it, and ``buyers`` companies whose draft lacks nothing."""
    from registrations.exhibitors.models import Exhibitor, StandStaff
    from registrations.exhibitors.states import State
    from registrations.orders.models import Order, Terms
    from registrations.orders.queries import price_now
    from tests.factories import EventFactory, MembershipFactory
    from tests.order_factories import ADDRESS, a_package

    now = timezone.now()
    event = EventFactory(
        capacity=10 * buyers,
        starts_at=now + timedelta(days=30),
        ends_at=now + timedelta(days=30, hours=7),
        registration_opens_at=now - timedelta(days=1),
        registration_closes_at=now + timedelta(days=10),
    )
    Terms.objects.create(event=event, sells_at_once=at_once)
    package = a_package(event, limit=limit)
    owners = MembershipFactory.create_batch(buyers)
    exhibitors = Exhibitor.objects.bulk_create(
        Exhibitor(
            event=event,
            organisation=one.organisation,
            state=State.DRAFT,
            profile="Vi bygger maskiner för bagerier.",
            field="Maskiner",
            contact_name=one.user.name,
            contact_email=one.user.email,
            contact_phone="070-174 06 05",
            started_by=one.user,
        )
        for one in owners
    )
    StandStaff.objects.bulk_create(StandStaff(exhibitor=one, name="Kim Ek") for one in exhibitors)
    orders = Order.objects.bulk_create(
        Order(event=event, exhibitor=one, package=package, **ADDRESS) for one in exhibitors
    )
    price = price_now(orders[0], now)
    return {
        "buyers": [
            {"session": session_of(owner.user), "address": reverse("registrations:exhibitor-send", args=[one.pk])}
            for owner, one in zip(owners, exhibitors, strict=True)
        ],
        "agreed": price.totals.payable_ore if price else 0,
        "event": event.pk,
    }


def session_of(user: Any) -> str:
    """The key of a session in which ``user`` is signed in, as the code by e-mail would make it."""
    session = SessionStore()
    session.update(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: SIGNED_IN_BY,
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
    )
    session.create()
    return str(session.session_key)


def main() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    offered, at_once, places = map(int, sys.argv[1:])
    told = [fill(offered, at_once=False, limit=None), fill(at_once, at_once=True, limit=places)]
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main()
