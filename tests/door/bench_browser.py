"""``python -m tests.door.bench_browser``: how fast a phone without a network answers, and whether it stays so. JSON.

First a film in Chromium's camera, 640×480, one ticket after the other. A verdict's time is counted from the first frame
that shows the code, by the number in the film's frames (films.py), not by what the page believes. Then as many
different tickets in a row as a long evening has, each held up until its verdict is there.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, sync_playwright

from tests.door.server import ROOT, web_server

FILMED, IN_A_ROW, EDGE, WARM = 100, 2000, 200, 50
SCRIPTS = Path(__file__).parent


def measure_browser() -> dict[str, Any]:
    """``film`` and ``in_a_row``; times in milliseconds. The machine's load stands beside them."""
    with tempfile.TemporaryDirectory(prefix="torget-bench-", ignore_cleanup_errors=True) as folder:
        var = Path(folder)
        database = f"sqlite:///{var / 'door.sqlite3'}"
        filled = _fill(database, var)
        with web_server(database, var, workers=1) as server, sync_playwright() as playwright:
            address = f"http://127.0.0.1:{server.port}/door/"
            film = _film(filled["codes"], var)
            # A browser each: what the film leaves behind in the first would slow the second, and not the app.
            with _phone(playwright, var / "first", film) as context:
                filmed = _filmed(context, address, filled)
            with _phone(playwright, var / "second", film) as context:
                return {"film": filmed, "in_a_row": _in_a_row(context, address, filled)}


# --- The film --------------------------------------------------------------------------------------------------------


def _filmed(context: BrowserContext, address: str, filled: dict[str, Any]) -> dict[str, Any]:
    from tests.door.films import FRAMES_A_SECOND, LEAD, ticket_of

    load = os.getloadavg()[0]
    page = context.new_page()
    page.goto(f"{address}#p={filled['secrets'][0]}")
    _begin(page)
    page.evaluate(CONTROLLED)
    context.set_offline(True)
    page.reload()
    page.evaluate((SCRIPTS / "bench_film.js").read_text())
    _begin(page)
    page.wait_for_timeout(1000 * (LEAD + FILMED * 36) / FRAMES_A_SECOND + 1000)
    told = page.evaluate("measured()")
    page.close()

    # When the camera showed each ticket first; a frame that the page skipped counts from its own time.
    first: dict[int, float] = {}
    for number, at in told["frames"]:
        if (shown := ticket_of(number)) and shown[0] < FILMED:
            text, before = shown
            began = at - before * 1000 / FRAMES_A_SECOND
            first[text] = min(first.get(text, began), began)
    ticket = {handle: number for number, handle in enumerate(filled["handles"])}
    # The film begins again at its end: a ticket's first verdict is the one.
    verdicts: dict[int, dict[str, Any]] = {}
    for one in told["verdicts"]:
        verdicts.setdefault(ticket[one["handle"]], one)
    timed = [(number, one) for number, one in verdicts.items() if number in first]
    return {
        "size": told["size"],
        "tickets": FILMED,
        "answered": len(timed),
        "admitted": sum(one["outcome"] == "admitted" for _, one in timed),
        "verdict_ms": _summary([one["shownAt"] - first[number] for number, one in timed]),
        "verdict_by_the_page_ms": _summary([one["shownAt"] - one["seenAt"] for _, one in timed]),
        "decode_and_lookup_ms": _summary([one["decodeMs"] + one["lookupMs"] for _, one in timed]),
        "decode_ms": _summary([one["decodeMs"] for _, one in timed]),
        "lookup_ms": _summary([one["lookupMs"] for _, one in timed]),
        "keep_ms": _summary([one["keepMs"] for _, one in timed]),
        "frames_a_second": round(told["rate"], 1),
        "load": [round(load, 1), round(os.getloadavg()[0], 1)],
    }


# --- Many in a row ---------------------------------------------------------------------------------------------------


def _in_a_row(context: BrowserContext, address: str, filled: dict[str, Any]) -> dict[str, Any]:
    """The camera is a picture that the bench draws, so that each ticket stays until its verdict is there."""
    load = os.getloadavg()[0]
    context.set_offline(False)
    page = context.new_page()
    page.add_init_script((SCRIPTS / "bench_row.js").read_text())
    page.goto(f"{address}#p={filled['secrets'][1]}")
    _begin(page)
    context.set_offline(True)
    page.evaluate("prepareRow()")
    tickets = list(zip(filled["codes"], filled["handles"], strict=True))[FILMED:]
    page.evaluate("tickets => showRow(tickets)", tickets[:WARM])
    chrome = context.new_cdp_session(page)
    # The page's own processor time, whatever else the machine does.
    chrome.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _memory(chrome)
    times: list[float] = []
    spent: list[float] = []
    again = 0
    for start in range(WARM, WARM + IN_A_ROW, EDGE):
        since = _processor_ms(chrome)
        shown = page.evaluate("tickets => showRow(tickets)", tickets[start : start + EDGE])
        spent.append((_processor_ms(chrome) - since) / EDGE)
        times += shown["times"]
        again += shown["again"]
    after = _memory(chrome)
    kept = page.evaluate("keptRecords()")
    page.close()
    first, last = statistics.median(times[:EDGE]), statistics.median(times[-EDGE:])
    return {
        "tickets": len(times),
        "kept": kept - WARM,
        "asked_again": again,
        "verdict_ms": _summary(times),
        "first_200_ms": round(first, 1),
        "last_200_ms": round(last, 1),
        "slower_percent": round((last / first - 1) * 100, 1),
        "processor_ms_each": [round(one, 1) for one in spent],
        "heap_grows_mb": round((after["heap"] - before["heap"]) / 1e6, 2),
        "nodes": [before["nodes"], after["nodes"]],
        "load": [round(load, 1), round(os.getloadavg()[0], 1)],
    }


def _memory(chrome: CDPSession) -> dict[str, int]:
    for _ in range(3):
        chrome.send("HeapProfiler.collectGarbage")
    nodes = chrome.send("Memory.getDOMCounters")["nodes"]
    return {"heap": chrome.send("Runtime.getHeapUsage")["usedSize"], "nodes": nodes}


def _processor_ms(chrome: CDPSession) -> float:
    metrics = {one["name"]: one["value"] for one in chrome.send("Performance.getMetrics")["metrics"]}
    return metrics["TaskDuration"] * 1000


# --- Around them -----------------------------------------------------------------------------------------------------

CONTROLLED = """new Promise((done) => {
    const look = () => (navigator.serviceWorker.controller ? done() : setTimeout(look, 50));
    look();
})"""


def _begin(page: Page) -> None:
    page.locator("html[data-ready=true]").wait_for()
    page.locator("[data-part=begin]").click()
    page.locator("[data-part=list-version][data-version]:not([data-version=''])").wait_for()


@contextmanager
def _phone(playwright: Playwright, folder: Path, film: Path) -> Iterator[BrowserContext]:
    """A browser with its profile on disk: what is kept strictly has to get there."""
    from tests.browser.chromium import FLAGS
    from tests.conftest import CHROMIUM

    flags = [*FLAGS, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    flags.append(f"--use-file-for-fake-video-capture={film}")
    context = playwright.chromium.launch_persistent_context(
        folder / "profile", executable_path=CHROMIUM, args=flags, viewport={"width": 390, "height": 844}
    )
    context.set_default_timeout(60_000)
    yield context
    context.close()


def _film(codes: list[str], var: Path) -> Path:
    from tests.door.films import ticket_film

    return ticket_film([f"HTTPS://TORGET.EXAMPLE/T/{code}" for code in codes[:FILMED]], var / "tickets.mjpeg")


def _fill(database: str, var: Path) -> dict[str, Any]:
    """A door of its own, made by another process: this one may have settings and a database already."""
    environment = os.environ | {
        "TORGET_MODE": "local",
        "SECRET_KEY": "only-for-tests",
        "DATABASE_URL": database,
        "TORGET_VAR_DIR": str(var),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "-m", "tests.door.bench_browser", "fill", str(FILMED + WARM + IN_A_ROW)]
    return json.loads(subprocess.check_output(command, cwd=ROOT, env=environment))


def _print_filled(tickets: int) -> None:
    from tests.door import filling  # sets Django up

    filling.call_command("migrate", verbosity=0, interactive=False)
    filled = filling.fill(tickets)
    from registrations.checkin.models import Gate
    from tests.browser.door_phone import invitation

    gate = Gate.objects.order_by("pk")[0]
    sys.stdout.write(json.dumps(filled | {"secrets": [invitation(gate).secret for _ in range(2)]}))


def _summary(times: list[float]) -> dict[str, float]:
    times = sorted(times)
    return {
        "p50": round(statistics.median(times), 1),
        "p95": round(times[int(len(times) * 0.95)], 1),
        "worst": round(times[-1], 1),
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["fill"]:
        _print_filled(int(sys.argv[2]))
    else:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
        import django

        django.setup()
        sys.stdout.write(json.dumps(measure_browser(), indent=2) + "\n")
