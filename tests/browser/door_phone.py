"""A phone at the door as its tests need it: what it is told, keeps and has shown, and a browser that can be killed."""

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from playwright.sync_api import Locator, Page, Playwright, expect

from registrations.checkin.devices.models import DeviceRole
from registrations.checkin.devices.services import Invitation, invite_device
from registrations.checkin.models import Gate, Scan
from tests import factories
from tests.browser.chromium import FLAGS
from tests.conftest import CHROMIUM

ENGLISH = "localStorage.setItem('torget-door-language', 'en')"
PATIENCE = 20_000  # a fresh browser on a busy machine
CAMERA = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]

# The CSP forbids what wait_for_function does.
CONTROLLED = """new Promise((done) => {
    const look = () => (navigator.serviceWorker.controller ? done() : setTimeout(look, 50));
    look();
})"""

# Every row of every database, with keys; bytes as text, so that what is in them can be looked for.
ROWS = """(async () => {
  const answerOf = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const bytes = (value) => new TextDecoder('latin1').decode(value);
  const plain = (key, value) => ArrayBuffer.isView(value) || value instanceof ArrayBuffer ? bytes(value) : value;
  const found = {};
  for (const { name } of await indexedDB.databases()) {
    const database = await answerOf(indexedDB.open(name));
    for (const table of database.objectStoreNames) {
      const rows = database.transaction(table).objectStore(table);
      const [keys, values] = await Promise.all([answerOf(rows.getAllKeys()), answerOf(rows.getAll())]);
      found[table] = keys.map((key, n) => [key, JSON.parse(JSON.stringify(values[n], plain))]);
    }
    database.close();
  }
  return found;
})()"""

# What else a page can leave behind.
OTHER_STORES = """(async () => {
  const found = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(request.url, await (await cache.match(request)).text());
  }
  return found.join('\\n');
})()"""

# Tells of each verdict in the moment that it is on the screen.
TELL = """addEventListener('DOMContentLoaded', () => {
  const panel = document.querySelector('[data-part=verdict]');
  if (!panel) return;
  const tell = () => {
    if (!panel.hidden && panel.dataset.nonce) window.verdictShown(panel.dataset.nonce, panel.dataset.outcome);
  };
  new MutationObserver(tell).observe(panel, { attributes: true, attributeFilter: ['data-nonce', 'hidden'] });
})"""

# One code after the other through the form that a guard types in, each when the one before is on the screen.
TYPE_ALL = """async (codes) => {
  const form = document.querySelector('[data-part=typed]');
  const panel = document.querySelector('[data-part=verdict]');
  const shown = [];
  for (const code of codes) {
    delete panel.dataset.shownAt;
    form.elements.text.value = code;
    form.requestSubmit();
    while (!panel.dataset.shownAt) await new Promise((resolve) => setTimeout(resolve, 2));
    shown.push([panel.dataset.nonce, panel.dataset.outcome]);
  }
  return shown;
}"""


def invitation(gate: Gate, role: DeviceRole = DeviceRole.DOOR) -> Invitation:
    now = timezone.now()
    ends_at = now + timedelta(hours=8)
    return invite_device(
        gate=gate, name="Veras telefon", role=role, ends_at=ends_at, by=factories.UserFactory(), at=now
    )


def pair(page: Page, gate: Gate, role: DeviceRole = DeviceRole.DOOR) -> Page:
    """The phone in ``page`` becomes a device at ``gate``; its guard has begun and its list is there."""
    page.evaluate(ENGLISH)
    page.goto("about:blank")
    page.goto(invitation(gate, role).url)
    expect(page.get_by_role("heading", name="Connected")).to_be_visible(timeout=PATIENCE)
    begin(page)
    return page


def take_the_door(page: Page) -> None:
    """From the desk's page: this very phone becomes one of the door's, and the guard begins."""
    page.evaluate(ENGLISH)
    page.locator("details:has(form[action*=here]) summary").click()
    page.locator("form[action*=here] button[type=submit]").click()
    page.locator("html[data-page=paired]").wait_for(timeout=PATIENCE)
    begin(page)


def begin(page: Page) -> None:
    ready(page)
    page.locator("[data-part=begin]").click()
    expect(page.locator("[data-part=list-version]")).not_to_have_attribute("data-version", "", timeout=PATIENCE)


def ready(page: Page) -> None:
    page.locator("html[data-ready=true]").wait_for(timeout=PATIENCE)


def kept_by_the_worker(page: Page) -> str:
    """Wait until the worker has kept the app; its version."""
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.evaluate(CONTROLLED)
    (name,) = page.evaluate("caches.keys()")
    return name.removeprefix("torget-door-")


def verdict(page: Page) -> Locator:
    return page.locator("[data-part=verdict]")


def check(page: Page, code: str) -> None:
    page.get_by_role("button", name="Type code").click()
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Check").click()


def scan_all(page: Page, codes: list[str]) -> list[str]:
    """Each code to its verdict on the screen; the outcomes."""
    return [outcome for _, outcome in page.evaluate(TYPE_ALL, codes)]


def outcomes() -> list[str]:
    """What the server thinks of each scan, in the order that they happened."""
    return list(Scan.objects.order_by("happened_at", "pk").values_list("outcome", flat=True))


def expect_queue(page: Page, count: int, *, within: float = 20) -> None:
    expect(page.locator("[data-part=queue]")).to_have_attribute("data-count", str(count), timeout=within * 1000)


def rows(page: Page) -> dict[str, list[list[Any]]]:
    """All that is in IndexedDB: table → [key, value]."""
    return page.evaluate(ROWS)


def nonces(page: Page) -> list[str]:
    return [key for key, _ in rows(page)["records"]]


def everything_kept(page: Page) -> str:
    """All that the browser keeps for the page, as one text."""
    return json.dumps(rows(page), ensure_ascii=False) + page.evaluate(OTHER_STORES)


class Phone:
    """A browser with a profile of its own on disk, that dies when it is told to and starts again with the same one."""

    def __init__(self, playwright: Playwright, url: str, profile: Path):
        self.playwright, self.url, self.profile = playwright, url, profile
        self.shown: dict[str, str] = {}  # each nonce whose verdict was on the screen, and what it said
        self.errors: list[str] = []
        self.kill_after: int | None = None  # kill in the moment that so many verdicts have been on the screen
        self.process: subprocess.Popen[bytes] | None = None
        self.page: Page

    def start(self) -> Page:
        port = self.profile / "DevToolsActivePort"
        port.unlink(missing_ok=True)
        command = [str(CHROMIUM), *FLAGS, *CAMERA, "--headless=new", "--remote-debugging-port=0"]
        command += [f"--user-data-dir={self.profile}", "--window-size=390,844", "about:blank"]
        self.process = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(300):
            if port.exists() and port.read_text().strip():
                break
            time.sleep(0.1)
        address = f"http://127.0.0.1:{port.read_text().split()[0]}"
        self.browser = self.playwright.chromium.connect_over_cdp(address)
        self.context = self.browser.contexts[0]
        self.context.expose_binding("verdictShown", self._hear)
        self.context.add_init_script(TELL)
        self.page = self.context.pages[0]
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        return self.page

    def go(self, *, offline: bool = False) -> Page:
        """Start, and open the door."""
        page = self.start()
        self.context.set_offline(offline)
        page.goto(f"{self.url}/door/")
        return page

    def _hear(self, source: dict[str, Any], nonce: str, outcome: str) -> None:
        self.shown[nonce] = outcome
        if self.kill_after is not None and len(self.shown) >= self.kill_after:
            self.kill()

    def kill(self) -> None:
        """The whole browser, without a warning."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)

    def close(self) -> None:
        """Put away, as people do: the browser ends by itself and writes what it wants to write."""
        if self.process and self.process.poll() is None:
            self.browser.new_browser_cdp_session().send("Browser.close")
            self.process.wait(20)

    def on_disk(self) -> Iterator[tuple[Path, bytes]]:
        """Every file of the profile, as whoever finds the phone would read it."""
        for path in sorted(self.profile.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(self.profile), path.read_bytes()


@contextmanager
def phone_at(playwright: Playwright, url: str, profile: Path) -> Iterator[Phone]:
    phone = Phone(playwright, url, profile)
    profile.mkdir(parents=True, exist_ok=True)
    try:
        yield phone
    finally:
        phone.kill()
    assert phone.errors == []


def unless(pattern: str, complaints: list[str]) -> None:
    """Take out of ``complaints`` what the test itself has brought about."""
    complaints[:] = [text for text in complaints if not re.search(pattern, text)]
