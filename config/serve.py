"""Web server and workers together, for one machine: the demo and small installations."""

import os
import signal
import subprocess
import sys
import time
from types import FrameType

GRACE_SECONDS = 15
RESTART_SECONDS = 2


def serve(*, port: int, host: str = "127.0.0.1", workers: int = 1) -> None:
    """Run the web server and two workers until Ctrl-C, SIGTERM or the end of one; then end all cleanly.

    The second worker makes proposals for the allocation: a long one holds no letter up, and pages come first.
    Exits with status 1 when the web server or the first worker ended by itself; the second is started again.
    """
    from django.conf import settings

    web = [sys.executable, "-m", "granian", "config.wsgi:application", "--interface", "wsgi"]
    web += ["--host", host, "--port", str(port), "--workers", str(workers), "--log-level", "error"]
    web += ["--blocking-threads", "8", "--backpressure", "64"]
    worker = [sys.executable, "manage.py", "db_worker", "--interval", "1", "--no-startup-delay", "--no-reload"]
    solver = ["nice", "-n", "10", *worker, "--queue-name", "allocation"]
    # A session of their own: Ctrl-C reaches only this process, which then ends them in order.
    env = os.environ | ({} if settings.PRODUCTION else {"BASE_URL": f"http://localhost:{port}"})

    def start(command: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, cwd=settings.BASE_DIR, env=env, start_new_session=True)

    processes = [start(command) for command in (web, worker)]
    solving = start(solver)
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    while not stopping and all(process.poll() is None for process in processes):
        time.sleep(0.2)
        if not stopping and solving.poll() is not None:
            # A computation that outgrew the machine takes nobody with it: the next one finds a worker again.
            time.sleep(RESTART_SECONDS)
            solving = start(solver)
    processes.append(solving)
    for process in processes:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGTERM)
    for process in processes:
        try:
            process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
    if not stopping:
        sys.exit("Torget stopped by itself; see above.")
