"""The database crashes while people answer, with real processes: what was thanked for is in, once."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.bench_surveys import COUNTED
from tests.door.cluster import binaries, own_cluster
from tests.door.server import ROOT, WebServer, web_server
from tests.surveys.phone import Phone, new_receipt

pytestmark = pytest.mark.postgres
CLASSES, PUPILS, DOWN_S, PATIENCE_S = 6, 20, 2, 60


def test_answers_are_in_once_whenever_the_database_crashed(tmp_path: Path) -> None:
    if not binaries():
        pytest.skip("there is no PostgreSQL server to start on this machine")
    with own_cluster() as cluster:
        environment = os.environ | {"DATABASE_URL": cluster.url, "TORGET_MODE": "local", "SECRET_KEY": "only-for-tests"}
        environment |= {"TORGET_VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
        filling = [sys.executable, "-m", "tests.surveys.filling", str(CLASSES), str(PUPILS)]
        made = json.loads(subprocess.run(filling, cwd=ROOT, env=environment, capture_output=True, check=True).stdout)
        half, tries = threading.Semaphore(0), []

        def answer(server: WebServer, address: str, answers: Sequence[Sequence[str]]) -> None:
            """A class's tablet: each pupil's answers are sent until they are thanked for, as the page does by itself."""
            tablet = Phone(server, address)
            for _pupil in range(PUPILS):
                receipt, until = new_receipt(), time.monotonic() + PATIENCE_S
                while not tablet.send(address, answers, receipt):
                    tries.append(receipt)
                    assert time.monotonic() < until
                    time.sleep(0.1)
                half.release()

        with web_server(cluster.url, tmp_path, workers=2) as server, ThreadPoolExecutor(CLASSES) as pool:
            answering = [pool.submit(answer, server, one, made["class_answers"]) for one in made["classes"]]
            for _answer in range(CLASSES * PUPILS // 3):
                assert half.acquire(timeout=PATIENCE_S)
            cluster.crash()
            time.sleep(DOWN_S)
            cluster.start()
            for one in answering:
                one.result()
        with psycopg.connect(cluster.url) as database:
            ballots, receipts, used, _links = database.execute(COUNTED).fetchone() or ()

    assert tries  # somebody was refused, and sent again
    assert ballots == receipts == used == CLASSES * PUPILS
