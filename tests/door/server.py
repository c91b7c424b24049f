"""A real web server with real processes on a database of its own, for what cannot be shown inside one process."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]
POSTGRES_URL = os.environ.get("POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")


def postgres_answers() -> bool:
    try:
        psycopg.connect(POSTGRES_URL, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def postgres_database(name: str) -> Iterator[str]:
    """A fresh, empty PostgreSQL database called ``name``; its URL."""
    with psycopg.connect(POSTGRES_URL, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]
        server.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    try:
        yield urlunsplit(urlsplit(POSTGRES_URL)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(POSTGRES_URL, autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class WebServer:
    """granian with ``workers`` processes, as production runs it."""

    def __init__(self, environment: dict[str, str], port: int, workers: int):
        self.environment, self.port, self.workers = environment, port, workers
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "granian", "config.wsgi:application", "--interface", "wsgi"]
        command += ["--host", "127.0.0.1", "--port", str(self.port), "--workers", str(self.workers)]
        command += ["--blocking-threads", "4", "--backpressure", "64", "--log-level", "error"]
        log = (Path(self.environment["TORGET_VAR_DIR"]) / "server.log").open("ab")
        with log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, start_new_session=True, stdout=log, stderr=log
            )
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("the web server does not start")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, how)
            self.process.wait(20)

    def processor_seconds(self) -> float:
        """What the server's processes have used so far, workers that still run included."""
        assert self.process
        ticks = sum(sum(_ticks(pid)) for pid in _family(self.process.pid))
        return ticks / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid] + [one for child in children for one in _family(int(child))]


def _ticks(pid: int) -> tuple[int, int]:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]), int(fields[12])


@contextmanager
def web_server(database_url: str, var: Path, *, workers: int = 2) -> Iterator[WebServer]:
    """A server on ``database_url`` with its files under ``var``; ended when the block is left."""
    environment = os.environ | {
        "TORGET_MODE": "local",
        "SECRET_KEY": "only-for-tests",
        "DATABASE_URL": database_url,
        "TORGET_VAR_DIR": str(var),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    for name in ("TORGET_DEMO", "TORGET_TEST_DIR", "REDIS_URL"):
        environment.pop(name, None)
    server = WebServer(environment, free_port(), workers)
    server.start()
    try:
        yield server
    finally:
        server.stop()
