"""Real processes in bad weather: forty phones, two web workers that are killed, a database that crashes.

In the end the phones and the server agree on every record, and no ticket was let in twice by the server.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import psycopg
import pytest

from tests.door.cluster import binaries, own_cluster
from tests.door.server import ROOT, web_server
from tests.node import node_or_skip

pytestmark = pytest.mark.postgres
TICKETS, STORM_S, CALM_S = 400, 30, 90


def test_phones_and_server_agree_after_the_storm(tmp_path: Path) -> None:
    node = node_or_skip()
    if not binaries():
        pytest.skip("there is no PostgreSQL server to start on this machine")
    with own_cluster() as cluster:
        environment = os.environ | {"DATABASE_URL": cluster.url, "TORGET_MODE": "local", "SECRET_KEY": "only-for-tests"}
        environment |= {"TORGET_VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
        filling = [sys.executable, "-m", "tests.door.filling", str(TICKETS)]
        filled = subprocess.run(filling, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        (told,) = json.loads(filled.stdout)
        with web_server(cluster.url, tmp_path, workers=2) as server:
            asked = told | {
                "base": f"http://127.0.0.1:{server.port}/api/door/",
                "seconds": STORM_S,
                "calmSeconds": CALM_S,
                "seed": 7,
                "result": str(tmp_path / "result.json"),
            }
            with subprocess.Popen(
                [node, str(ROOT / "tests/door/storm.mjs"), json.dumps(asked)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            ) as phones:
                assert phones.stdout
                assert phones.stdout.readline() == "ready\n"
                time.sleep(STORM_S * 0.3)
                cluster.crash()
                time.sleep(3)
                cluster.start()
                time.sleep(STORM_S * 0.2)
                server.stop(signal.SIGKILL)
                time.sleep(4)
                server.start()
                _out, problems = phones.communicate(timeout=STORM_S + CALM_S + 60)
            assert phones.returncode == 0, problems
        seen = json.loads((tmp_path / "result.json").read_text())
        with psycopg.connect(cluster.url) as database:
            stored = database.execute("SELECT nonce::text, outcome, ticket_id FROM registrations_scan").fetchall()
            inside = database.execute("SELECT sum(inside) FROM registrations_presence").fetchone()
            came = database.execute("SELECT sum(came) FROM registrations_presence").fetchone()

    assert all(seen["count"][weather] > 0 for weather in ("unsent", "lost", "twice", "html", "kills")), seen["count"]
    assert len(seen["shown"]) > TICKETS
    nonces = {nonce for nonce, _outcome, _ticket in stored}
    # Every verdict that was shown has its record at the server; and the server has none that no phone made.
    assert {one["nonce"] for one in seen["shown"]} <= nonces
    assert len(stored) == len(nonces)
    # The server counted each ticket once, however many gates let it in while they could not talk.
    admitted = Counter(ticket for _nonce, outcome, ticket in stored if outcome == "admitted")
    assert set(admitted.values()) == {1}
    assert came == (len(admitted),)
    # And everybody knows the same in the end.
    assert [phone["queue"] for phone in seen["know"]] == [0] * len(seen["know"])
    assert {phone["inside"] for phone in seen["know"]} == set(inside or ())
