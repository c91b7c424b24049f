"""Chromium for the browser tests: pages signed in as somebody, a camera that shows a film, axe, the worker, and a door.

The CSP stays on: axe is evaluated by the debugger, not by the page. What the console complains of fails the test.
"""

import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, expect, sync_playwright

from events.access.models import User
from events.programme.models import Event
from registrations.checkin.devices.models import DeviceRole
from registrations.checkin.devices.services import Invitation
from registrations.checkin.models import Gate
from registrations.tickets.models import Ticket
from tests import factories
from tests.browser.chromium import FLAGS
from tests.browser.door_phone import ENGLISH, invitation
from tests.browser.door_phone import begin as start
from tests.conftest import CHROMIUM
from tests.door_factories import open_door

# Playwright's own loop runs in this thread; the tests' queries are as synchronous as ever.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

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
        page.set_default_navigation_timeout(30_000)  # a fresh browser on a busy machine
        page.on("console", lambda message: complaints.append(described(message)) if is_complaint(message) else None)
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


def described(message: ConsoleMessage) -> str:
    """What the console said, and of which address."""
    return f"{message.text} ({message.location.get('url', '')})"


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


@pytest.fixture
def fair(live_server, settings) -> Event:
    """A fair whose door is open."""
    settings.BASE_URL = live_server.url
    event = factories.EventFactory(slug="massan", name="Företagsmässan")
    open_door(event)
    return event


@pytest.fixture
def gate(fair) -> Gate:
    return factories.GateFactory(event=fair, name="Norra entrén")


@pytest.fixture
def ticket(fair) -> Ticket:
    return factories.TicketFactory(visitor__event=fair, visitor__name="Åsa Öberg", visitor__company="Bageriet AB")


@pytest.fixture
def invite(gate) -> Callable[..., Invitation]:
    """``invite(role)``: a phone may become a device at the gate."""
    return partial(invitation, gate)


@pytest.fixture
def at_the_door(open_page, invite) -> Callable[..., Page]:
    """``at_the_door(browser=…)``: a phone that is paired and whose guard has begun; its list is there."""

    def go(*, role: DeviceRole = DeviceRole.DOOR, size: tuple[int, int] = PHONE, begin: bool = True, **options) -> Page:
        page = open_page("/door/", size=size, **options)
        page.evaluate(ENGLISH)
        page.goto("about:blank")
        page.goto(invite(role).url)
        expect(page.get_by_role("heading", name="Connected")).to_be_visible()
        if begin:
            start(page)
        return page

    return go
