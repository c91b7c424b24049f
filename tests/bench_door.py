"""The door's server under load: real processes on PostgreSQL, two web workers. Part of ``make bench``."""

import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.door.server import ROOT, WebServer, postgres_answers, postgres_database, web_server
from tests.line import Line

SMALL, LIST, LARGE = 1_000, 10_000, 100_000
AT_ONCE, SCANS, BATCH = 8, 2400, 500


def line_of(server: WebServer, token: str) -> Line:
    return Line(server.port, f"Authorization: Bearer {token}\r\n")


def record(handle: str) -> dict[str, Any]:
    return {
        "nonce": str(uuid.uuid4()),
        "act": "enter",
        "handle": handle,
        "device_at": datetime.now(UTC).isoformat(),
        "clock_offset_ms": 12,
        "clock_error_ms": 30,
        "headcount": 1,
        "shown": "admitted",
        "let_in": True,
        "list_version": 1,
    }


def scans_at_once(server: WebServer, door: dict[str, list[str]], handles: list[str]) -> dict[str, float]:
    """``handles`` one in a request, AT_ONCE phones at the same time."""
    bodies = [json.dumps({"scans": [record(handle)]}).encode() for handle in handles]

    def guard(place: int) -> list[float]:
        line, taken = line_of(server, door["tokens"][place]), []
        for body in bodies[place::AT_ONCE]:
            start = time.perf_counter()
            status, answer = line.ask("POST /api/door/scans", body)
            taken.append((time.perf_counter() - start) * 1000)
            if status != 200 or b'"admitted"' not in answer:
                sys.exit(f"a scan was answered with {status}: {answer[:200]!r}")
        return taken

    used, start = server.processor_seconds(), time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        taken = sorted(one for many in pool.map(guard, range(AT_ONCE)) for one in many)
    seconds = time.perf_counter() - start
    return {
        "scans": len(taken),
        "per_second": round(len(taken) / seconds),
        "p50_ms": round(statistics.median(taken), 1),
        "p99_ms": round(taken[int(len(taken) * 0.99)], 1),
        "processor_ms_per_scan": round((server.processor_seconds() - used) * 1000 / len(taken), 2),
    }


def one_batch(server: WebServer, door: dict[str, list[str]], handles: list[str]) -> float:
    """Seconds for BATCH records in one request."""
    line, body = line_of(server, door["tokens"][0]), json.dumps({"scans": [record(one) for one in handles]}).encode()
    start = time.perf_counter()
    status, answer = line.ask("POST /api/door/scans", body)
    taken = time.perf_counter() - start
    if status != 200 or answer.count(b'"admitted"') != len(handles):
        sys.exit(f"a batch was answered with {status}: {answer[:200]!r}")
    return round(taken, 3)


def list_times(server: WebServer, door: dict[str, list[str]]) -> dict[str, float]:
    """The whole list, first and again, and what has changed since: seconds, and kB as they go over the line."""
    line, packed = line_of(server, door["tokens"][1]), "Accept-Encoding: gzip\r\n"

    def get(query: str) -> tuple[float, bytes]:
        start = time.perf_counter()
        status, content = line.ask(f"GET /api/door/list{query}", None, packed)
        if status != 200:
            sys.exit(f"the list was answered with {status}")
        return time.perf_counter() - start, content

    sealing, _content = get("")
    whole, content = get("")
    answer = json.loads(gzip.decompress(content))
    line.ask("POST /api/door/scans", json.dumps({"scans": [record(one) for one in door["handles"][-20:]]}).encode())
    deltas = sorted(get(f"?since={answer['version']}&cursor={answer['cursor']}")[0] for _ in range(9))
    return {
        "tickets": len(answer["entries"]),
        "sealing_s": round(sealing, 3),
        "whole_s": round(whole, 3),
        "whole_kB": round(len(content) / 1000),
        "delta_ms": round(statistics.median(deltas) * 1000, 1),
    }


def door() -> dict[str, Any]:
    """Everything, or why nothing could be measured."""
    if not postgres_answers():
        return {"skipped": "there is no PostgreSQL to measure with (POSTGRES_URL)"}
    with tempfile.TemporaryDirectory() as var, postgres_database("torget_bench_door") as url:
        environment = os.environ | {"DATABASE_URL": url, "TORGET_MODE": "local", "TORGET_VAR_DIR": var}
        environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": "only-for-tests"}
        filling = [sys.executable, "-m", "tests.door.filling", str(SMALL + SCANS), str(LIST), str(LARGE)]
        told = subprocess.run(filling, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        small, middle, large = json.loads(told.stdout)
        with web_server(url, Path(var), workers=2) as server:
            lists = [list_times(server, one) for one in (small, middle, large)]
            scans_at_once(server, small, small["handles"][:400])  # warm
            scans_at_once(server, large, large["handles"][:400])
            few = scans_at_once(server, small, small["handles"][400 : 400 + SCANS])
            many = scans_at_once(server, large, large["handles"][400 : 400 + SCANS])
            batch = one_batch(server, large, large["handles"][-600:-100])
    return {
        "scans": few,
        "scans_with_100_000_tickets": many,
        "batch_of_500_s": batch,
        "lists": lists,
        "flat": round(many["processor_ms_per_scan"] / few["processor_ms_per_scan"], 2),
    }


if __name__ == "__main__":
    print(json.dumps(door(), indent=2))  # noqa: T201
