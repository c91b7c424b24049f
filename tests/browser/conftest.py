"""Chromium for the browser tests: pages signed in as somebody, a camera that shows a film, axe, and the worker.

The CSP stays on: axe is evaluated by the debugger, not by the page. What the console complains of fails the test.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright

from events.access.models import User
from tests.conftest import CHROMIUM

# Playwright's own loop runs in this thread; the tests' queries are as synchronous as ever.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK = (390, 844), (1280, 900)
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test, on a database that the server's threads can see."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def camera_browser(playwright: Playwright) -> Iterator[Callable[[Path], Browser]]:
    """``camera_browser(film)``: a Chromium whose camera shows ``film`` (an .mjpeg that loops)."""
    opened: list[Browser] = []

    def launch(film: Path) -> Browser:
        camera = [
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        ]
        opened.append(playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *camera]))
        return opened[-1]

    yield launch
    for browser in opened:
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the pages' consoles complained of; a test that expects something takes it out."""
    return []


@pytest.fixture
def open_page(chromium: Browser, live_server, complaints) -> Iterator[Callable[..., Page]]:
    """``open_page("/path/", user=…, size=PHONE)``: a page of a person of their own."""
    contexts: list[BrowserContext] = []

    def open_as(
        path: str,
        *,
        user: User | None = None,
        size: tuple[int, int] = DESK,
        browser: Browser | None = None,
        language: str = "",
        **options,
    ) -> Page:
        viewport = {"width": size[0], "height": size[1]}
        context = (browser or chromium).new_context(base_url=live_server.url, viewport=viewport, **options)
        contexts.append(context)
        if language:
            context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}])
        if user is not None:
            sign_in(context, user, live_server.url)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert complaints == []


def is_complaint(message: ConsoleMessage) -> bool:
    """Errors, but for our own answers to what people did: the console calls each 409, 410 and 422 one."""
    answered = re.search(r"responded with a status of (409|410|422)", message.text)
    return message.type == "error" and not answered


def sign_in(context: BrowserContext, user: User, url: str) -> None:
    """Give the browser a session of ``user``, as the code by e-mail would."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}])


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """``axe(page)``: WCAG 2.2 AA and good practice hold on the page as it is now."""

    def check(page: Page) -> None:
        page.evaluate(AXE)
        found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
        faults = [
            f"{fault['id']}: {node['target']} {node['failureSummary']}"
            for fault in found["violations"]
            for node in fault["nodes"]
        ]
        assert faults == [], f"axe on {page.url}"

    return check


@pytest.fixture
def no_sideways() -> Callable[[Page], None]:
    """``no_sideways(page)``: nothing sticks out to the right."""

    def check(page: Page) -> None:
        wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide[0] <= wide[1], f"{page.url} scrolls sideways"

    return check


@pytest.fixture
def work() -> Callable[[], None]:
    """``work()``: the worker does what waits, tasks that made tasks included."""

    def run() -> None:
        call_command("db_worker", batch=True, interval=0.01, startup_delay=False, reload=False, verbosity=0)

    return run
