"""A code in front of the camera: once while it is there, and again when it has been away."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from registrations.tickets.addresses import ticket_url
from registrations.tickets.models import Ticket
from tests import factories
from tests.browser.conftest import PHONE
from tests.browser.door_phone import expect_queue, outcomes, pair, rows, verdict
from tests.door.films import FRAMES_A_SECOND, looping_film
from tests.door_factories import open_door

# Nothing of the page goes on meanwhile.
STAND_STILL = "(ms) => { const end = performance.now() + ms; while (performance.now() < end); }"
HIDE = """(hidden) => {
  Object.defineProperty(document, 'hidden', { get: () => hidden, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}"""


@pytest.fixture
def fair(live_server, settings):
    settings.BASE_URL = live_server.url
    event = factories.EventFactory(slug="massan", name="Företagsmässan")
    open_door(event)
    return event


@pytest.fixture
def ticket(fair) -> Ticket:
    return factories.TicketFactory(visitor__event=fair)


@pytest.fixture
def watching(open_page, fair, camera_browser, tmp_path) -> Callable[..., Page]:
    """``watching((text, seconds), …)``: a phone whose camera shows each text, or nothing, for so long, over and over."""
    gate = factories.GateFactory(event=fair, name="Norra entrén")

    def go(*parts: tuple[str | None, float]) -> Page:
        frames = [(text, round(seconds * FRAMES_A_SECOND)) for text, seconds in parts]
        film: Path = looping_film(frames, tmp_path / "film.mjpeg")
        return pair(open_page("/door/", size=PHONE, browser=camera_browser(film)), gate)

    return go


def test_code_that_stays_in_view_fires_once_even_when_the_phone_stands_still(watching, ticket):
    page = watching((ticket_url(ticket), 1))
    expect(verdict(page)).to_have_attribute("data-outcome", "admitted")

    page.wait_for_timeout(3500)
    page.evaluate(STAND_STILL, 3500)
    page.wait_for_timeout(2000)

    expect_queue(page, 0)
    assert outcomes() == ["admitted"]


def test_two_codes_that_alternate_fire_once_each(watching, fair):
    tickets = factories.TicketFactory.create_batch(2, visitor__event=fair)
    page = watching(*[(ticket_url(ticket), 0.3) for ticket in tickets])
    expect(page.locator("[data-part=inside]")).to_have_text("2")

    page.wait_for_timeout(6000)

    expect_queue(page, 0)
    assert outcomes() == ["admitted", "admitted"]


def test_code_that_was_away_is_looked_at_again(watching, ticket):
    page = watching((ticket_url(ticket), 1), (None, 5))
    expect(verdict(page)).to_have_attribute("data-outcome", "admitted")

    expect(verdict(page)).to_have_attribute("data-outcome", "already_in", timeout=15_000)

    expect_queue(page, 0)
    assert outcomes()[:2] == ["admitted", "already_in"]
    # Once each time that it came.
    times = sorted(record["at"] for _, record in rows(page)["records"])
    assert all(later - earlier > 3000 for earlier, later in pairwise(times))


def test_code_is_looked_at_again_when_the_camera_is(watching, ticket):
    page = watching((ticket_url(ticket), 1))
    expect(verdict(page)).to_have_attribute("data-outcome", "admitted")

    # Looking away is leaving: whoever turns to the phone again is told what is in front of it.
    page.evaluate(HIDE, True)
    page.evaluate(HIDE, False)

    expect(verdict(page)).to_have_attribute("data-outcome", "already_in")
    expect_queue(page, 0)
    assert outcomes() == ["admitted", "already_in"]
