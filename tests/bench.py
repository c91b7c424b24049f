"""``make bench``: measures on a throw-away database and prints JSON. Tests never time; this does nothing else.

Ten times the demo's fair (1 340 exhibitors) by default; BENCH_SCALE changes it, DATABASE_URL the database.
"""

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

SCALE = int(os.environ.get("BENCH_SCALE", "10"))
ROUNDS = 7


def milliseconds(act: Callable[[], Any], rounds: int = ROUNDS) -> dict[str, float]:
    """Median and worst of ``rounds``, after one to warm up."""
    act()
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return {"median_ms": round(statistics.median(taken), 1), "worst_ms": round(max(taken), 1)}


def page(client: Client, address: str) -> dict[str, float]:
    """One page: how long it takes and how many queries it asks."""
    asked: list[str] = []

    def count(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        answer = client.get(address)
    if answer.status_code != 200:
        sys.exit(f"{address} answers {answer.status_code}")
    measured = milliseconds(lambda: client.get(address))
    return {**measured, "queries": len(asked), "kB": round(len(answer.content) / 1000, 1)}


def pages() -> dict[str, dict[str, float]]:
    from config.demo.events import coming_fair
    from events.access.models import User
    from events.plan.models import ActivityPlan

    client = Client()
    client.force_login(
        User.objects.get(email="karin.dunberg@torget.example"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    plan = ActivityPlan.objects.get()
    addresses = {
        "start": reverse("events:start"),
        "public event": reverse("events:event", args=["b2b-2019"]),
        "overview": reverse("events:event-overview", args=[coming_fair().slug]),
        "applications": reverse("registrations:exhibitor-list", args=["b2b-2019"]),
        "applications, a word": reverse("registrations:exhibitor-list", args=["b2b-2019"]) + "?q=malmö&sort=name",
        "figures": reverse("surveys:event-figures", args=["b2b-2019"]),
        "plan": reverse("events:plan", args=[plan.pk]),
        "follow-up": reverse("surveys:followup", args=[plan.pk, 2019]),
    }
    return {name: page(client, address) for name, address in addresses.items()}


def badges() -> dict[str, float]:
    """The whole fair's badges as one PDF."""
    from events.programme.models import Event
    from registrations.tickets.badges import badge_sheets, badge_tickets

    event = Event.objects.get(slug="b2b-2019")
    tickets = list(badge_tickets(event)[:1000])
    start = time.perf_counter()
    content = badge_sheets(event, tickets)
    return {"badges": len(tickets), "seconds": round(time.perf_counter() - start, 2), "kB": len(content) // 1000}


def class_sheets() -> dict[str, float]:
    """The sheets of sixty classes as one PDF: 34 stations, four admissions. Cold: nothing is left of another run."""
    from registrations.papers.documents import class_sheets_pdf
    from registrations.papers.queries import placed_classes
    from tests.registrations.papers.evening import make_full_evening

    night = make_full_evening(60)
    start = time.perf_counter()
    content = class_sheets_pdf(night, placed_classes(night), timezone.now())
    return {"sheets": 60, "seconds": round(time.perf_counter() - start, 2), "kB": len(content) // 1000}


def story() -> float:
    from config.demo import story

    start = time.perf_counter()
    story.tell(today=timezone.localdate(), scale=SCALE)
    return round(time.perf_counter() - start, 1)


def allocations() -> dict[str, Any]:
    """The allocation's solver, which needs no database."""
    from tests.bench_allocation import allocation

    return allocation()


def stand_allocations() -> dict[str, Any]:
    """The same for a fair's stands."""
    from tests.bench_allocation import stand_allocation

    return stand_allocation()


def doors() -> dict[str, Any]:
    """The door: its server with real processes, what its reader reads, its app in a browser."""
    from tests.bench_door import door
    from tests.conftest import CHROMIUM

    if not CHROMIUM:
        return {"server": door(), "skipped": "there is no Chromium to measure the reader and the app with"}
    from playwright.sync_api import Error

    from tests.door.bench_browser import measure_browser
    from tests.door.bench_frames import measure_frames

    measured: dict[str, Any] = {"server": door(), "frames": measure_frames()}
    try:
        return measured | {"app": measure_browser()}
    except Error as error:  # a browser that gave up says so among the numbers; the tests hold it to its promises
        return measured | {"app": {"failed": str(error)}}


def submissions() -> dict[str, Any]:
    """Answers that come in, with real processes."""
    from tests.bench_surveys import surveys

    return surveys()


def orders() -> dict[str, Any]:
    """Applications sent with an order, with real processes."""
    from tests.bench_orders import orders as measure_orders

    return measure_orders()


def figures() -> dict[str, Any]:
    """The figures of an event with 100 000 answers."""
    from tests.bench_figures import figures as measure_figures

    return measure_figures()


def papers_of_followup() -> dict[str, float]:
    """The follow-up as Word and PDF."""
    from tests.bench_followup import followup_papers

    return followup_papers()


def invoices() -> dict[str, float]:
    """The papers of a fair, each with its PDF."""
    from tests.bench_money import invoices as measure_invoices

    return measure_invoices()


def main() -> None:
    setup_test_environment()
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        told = story()
        result = {
            "database": connection.vendor,
            "scale": SCALE,
            "story_seconds": told,
            "pages": pages(),
            "badges": badges(),
            "allocation": allocations(),
            "stands": stand_allocations(),
            "class_sheets": class_sheets(),
            "invoices": invoices(),
            "follow_up_papers": papers_of_followup(),
            "door": doors(),
            "submissions": submissions(),
            "orders": orders(),
            "figures": figures(),
            "peak_memory_MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    finally:
        runner.teardown_databases(databases)
    print(json.dumps(result, indent=2, ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    main()
