"""A thousand pupils and their teachers send their answers: real processes on PostgreSQL, two web workers and the task worker.

Part of ``make bench``.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.door.server import ROOT, WebServer, postgres_answers, postgres_database, web_server
from tests.surveys.phone import Phone

CLASSES, PUPILS = 50, 40
WARM = 200
AT_ONCE = 50
COUNTED = """select (select count(*) from surveys_sealedballot) + (select count(*) from surveys_ballot),
    (select count(*) from surveys_receipt), (select coalesce(sum(used), 0) from surveys_classcode),
    (select count(*) from surveys_invitation where used)"""

Sending = tuple[str, Sequence[Sequence[str]]]


def sent_at_once(server: WebServer, sendings: list[Sending]) -> dict[str, float]:
    """All ``sendings``, AT_ONCE people at the same time."""

    def somebody(place: int) -> list[float]:
        mine, taken = sendings[place::AT_ONCE], []
        phone = Phone(server, mine[0][0])
        for address, answers in mine:
            start = time.perf_counter()
            if not phone.send(address, answers):
                sys.exit(f"answers to {address} were not thanked for")
            taken.append((time.perf_counter() - start) * 1000)
        return taken

    with ThreadPoolExecutor(AT_ONCE) as pool:
        used, start = server.processor_seconds(), time.perf_counter()
        taken = sorted(one for many in pool.map(somebody, range(AT_ONCE)) for one in many)
        seconds = time.perf_counter() - start
    return {
        "submissions": len(taken),
        "per_second": round(len(taken) / seconds),
        "p50_ms": round(statistics.median(taken), 1),
        "p99_ms": round(taken[int(len(taken) * 0.99)], 1),
        "processor_ms": round((server.processor_seconds() - used) * 1000 / len(taken), 2),
    }


@contextmanager
def task_worker(environment: dict[str, str]) -> Iterator[None]:
    """The worker that opens ballots, as docs/operations.md starts it."""
    command = ["nice", "-n", "5", sys.executable, "manage.py", "db_worker"]
    command += ["--interval", "1", "--no-startup-delay", "--no-reload"]
    quiet = subprocess.DEVNULL
    worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(60)


def surveys() -> dict[str, Any]:
    """Answers with class codes, then through links; how many were lost or doubled. Or why nothing could be measured."""
    if not postgres_answers():
        return {"skipped": "there is no PostgreSQL to measure with (POSTGRES_URL)"}
    with tempfile.TemporaryDirectory() as var, postgres_database("torget_bench_surveys") as url:
        environment = os.environ | {"DATABASE_URL": url, "TORGET_MODE": "local", "TORGET_VAR_DIR": var}
        environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": "only-for-tests"}
        filling = [sys.executable, "-m", "tests.surveys.filling", str(CLASSES), str(PUPILS)]
        told = subprocess.run(filling, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        made = json.loads(told.stdout)
        by_class = [(address, made["class_answers"]) for _pupil in range(PUPILS) for address in made["classes"]]
        by_link = [(address, made["link_answers"]) for address in made["links"]]
        with web_server(url, Path(var), workers=2) as server, task_worker(environment):
            sent_at_once(server, [by_class.pop() for _answer in range(WARM)])
            measured = {"class_codes": sent_at_once(server, by_class), "links": sent_at_once(server, by_link)}
        with psycopg.connect(url) as database:
            ballots, receipts, with_code, with_link = database.execute(COUNTED).fetchone() or ()
    sent = WARM + len(by_class) + len(by_link)
    return measured | {
        "lost": sent - ballots,
        "doubled": max(0, ballots - receipts),
        "spent": with_code + with_link,
    }


if __name__ == "__main__":
    print(json.dumps(surveys(), indent=2))  # noqa: T201
