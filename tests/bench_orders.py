"""Companies that send their application with an order: real processes on PostgreSQL, two web workers. Part of ``make bench``.

First at a fair whose organiser decides, then 400 for a hundred places, first come, first served, each pressing twice.
"""

import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from tests.door.server import ROOT, WebServer, postgres_answers, postgres_database, web_server
from tests.line import Line

WARM, SENT, BUYERS, PLACES = 80, 800, 400, 100
AT_ONCE, CROWD = 8, 16
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
COUNTED = """select (select count(*) from registrations_order where event_id = %(event)s and state = 'confirmed'),
    (select count(distinct exhibitor_id) from registrations_order where event_id = %(event)s and state = 'confirmed'),
    (select count(*) from registrations_order where event_id = %(event)s and state = 'draft'),
    (select count(*) from registrations_ticket where event_id = %(event)s)"""

Buyer = dict[str, str]


def press(line: Line, buyer: Buyer, agreed: int) -> str:
    """``sent``, ``sold_out``, or the status of another answer. The page is in English, so that its words can be told."""
    mark = secrets.token_hex(16)
    cookies = f"Cookie: csrftoken={mark}; sessionid={buyer['session']}; torget_language=en\r\n"
    body = urlencode({"csrfmiddlewaretoken": mark, "agreed": agreed}).encode()
    status, content = line.ask(f"POST {buyer['address']}", body, cookies + FORM)
    if status == 302 and b"/send/" not in line.top and b"/accounts/" not in line.top:
        return "sent"
    return "sold_out" if status == 409 and b"is sold out" in content else str(status)


def pressed_at_once(
    server: WebServer, buyers: Sequence[Buyer], agreed: int, people: int
) -> tuple[list[str], dict[str, float]]:
    """All ``buyers`` in order, ``people`` at the same time: what each was told, and how fast it went."""

    def somebody(place: int) -> list[tuple[int, str, float]]:
        line, told = Line(server.port), []
        for number in range(place, len(buyers), people):
            start = time.perf_counter()
            answer = press(line, buyers[number], agreed)
            told.append((number, answer, (time.perf_counter() - start) * 1000))
        return told

    with ThreadPoolExecutor(people) as pool:
        used, start = server.processor_seconds(), time.perf_counter()
        told = sorted(one for many in pool.map(somebody, range(people)) for one in many)
        seconds = time.perf_counter() - start
    taken = sorted(milliseconds for _number, _answer, milliseconds in told)
    return [answer for _number, answer, _milliseconds in told], {
        "pressed": len(told),
        "per_second": round(len(told) / seconds),
        "p50_ms": round(statistics.median(taken), 1),
        "p99_ms": round(taken[int(len(taken) * 0.99)], 1),
        "processor_ms": round((server.processor_seconds() - used) * 1000 / len(told), 2),
    }


def sent_at_once(server: WebServer, buyers: list[Buyer], agreed: int) -> dict[str, float]:
    """Each of ``buyers`` sends once, AT_ONCE at the same time; every one must be received."""
    answers, measured = pressed_at_once(server, buyers, agreed, AT_ONCE)
    if set(answers) != {"sent"}:
        sys.exit(f"applications were answered with {Counter(answers)}")
    return measured


def bought_out(server: WebServer, fair: dict[str, Any], url: str) -> dict[str, float]:
    """CROWD at the same time, each pressing twice: PLACES are sold, all others are told, nobody is sold two."""
    twice = [buyer for buyer in fair["buyers"] for _press in range(2)]
    answers, measured = pressed_at_once(server, twice, fair["agreed"], CROWD)
    pairs = Counter(zip(answers[::2], answers[1::2], strict=True))
    with psycopg.connect(url) as database:
        sold, buyers, drafts, badges = database.execute(COUNTED, {"event": fair["event"]}).fetchone() or ()
    wanted = {("sent", "sent"): PLACES, ("sold_out", "sold_out"): BUYERS - PLACES}
    if pairs != wanted or (sold, buyers, drafts, badges) != (PLACES, PLACES, BUYERS - PLACES, PLACES):
        sys.exit(f"{sold} sold to {buyers}, {drafts} unsold, {badges} badges; the buyers were told {pairs}")
    return measured | {"sold": sold, "sold_out": pairs["sold_out", "sold_out"], "doubled": sold - buyers}


def orders() -> dict[str, Any]:
    """Both fairs, or why nothing could be measured."""
    if not postgres_answers():
        return {"skipped": "there is no PostgreSQL to measure with (POSTGRES_URL)"}
    with tempfile.TemporaryDirectory() as var, postgres_database("torget_bench_orders") as url:
        environment = os.environ | {"DATABASE_URL": url, "TORGET_MODE": "local", "TORGET_VAR_DIR": var}
        environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": "only-for-tests"}
        filling = [sys.executable, "-m", "tests.registrations.orders.filling"]
        filling += [str(WARM + SENT), str(BUYERS), str(PLACES)]
        told = subprocess.run(filling, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        decided, at_once = json.loads(told.stdout)
        with web_server(url, Path(var), workers=2) as server:
            sent_at_once(server, decided["buyers"][:WARM], decided["agreed"])
            sent = sent_at_once(server, decided["buyers"][WARM:], decided["agreed"])
            return {"sent": sent, "first_come": bought_out(server, at_once, url)}


if __name__ == "__main__":
    print(json.dumps(orders(), indent=2))  # noqa: T201
