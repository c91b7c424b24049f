"""The live board in Chromium: it renews itself, is honest when it cannot, and can be read."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from events.access.models import Role
from events.memory import forget_everything
from tests import factories
from tests.browser.conftest import DESK, PHONE
from tests.door_factories import record_of, send
from tests.registrations.checkin.board.evening import evening

WALL = (1920, 1080)


@pytest.fixture
def night():
    return evening(timezone.now() - timedelta(minutes=40))


@pytest.fixture
def board(night, open_page):
    """``board(query, size)``: the board as its organiser sees it."""
    user = factories.UserFactory()
    factories.grant(user, Role.ORGANISER, event=night.event)

    def show(query: str = "", size: tuple[int, int] = DESK, **options) -> Page:
        return open_page(f"/e/{night.event.slug}/door/board/{query}", user=user, size=size, language="en", **options)

    return show


def come_in(night) -> None:
    """9D comes at last: 18 pupils."""
    now = timezone.now()
    send(night.event, record_of(night.tickets["9D"], at=now, headcount=18), at=now)
    forget_everything()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("query", "size"), [("", DESK), ("", PHONE), ("?wall=1", WALL)])
def test_board_can_be_read_by_everybody(board, axe, no_sideways, query, size, scheme):
    page = board(query, size, color_scheme=scheme)

    expect(page.locator("[data-board-headline]")).to_contain_text("90")
    axe(page)
    no_sideways(page)


def test_wall_fits_on_its_screen_and_its_number_is_large(board):
    page = board("?wall=1", WALL)

    height = page.evaluate("document.documentElement.scrollHeight")
    number = page.locator(".board-inside-count").bounding_box()
    assert height <= WALL[1]
    assert number["height"] > 200


def test_numbers_renew_themselves_and_keep_the_place_of_the_keyboard(board, night):
    page = board()
    page.evaluate("document.body.dataset.same = 'yes'")
    conflicts = page.locator("#board-conflicts")
    conflicts.focus()

    come_in(night)

    expect(page.locator(".board-inside-count")).to_have_text("108")
    expect(page.locator("#board-late")).to_have_count(0)
    expect(conflicts).to_be_focused()
    assert page.evaluate("document.body.dataset.same") == "yes"  # without a reload


def test_without_a_net_the_board_is_quiet_and_says_how_old_it_is(board, night, complaints):
    page = board()
    page.clock.install()
    page.reload()
    expect(page.locator("[data-board-old]")).to_be_hidden()
    updated = page.locator("[data-board-updated]").text_content()
    page.context.set_offline(True)

    page.clock.run_for(15_000)
    expect(page.locator("[data-board-old]")).to_be_hidden()
    page.clock.run_for(20_000)

    expect(page.locator("[data-board-old]")).to_contain_text(f"the numbers are from {updated}")
    expect(page.locator("#messages")).to_be_empty()
    page.context.set_offline(False)
    come_in(night)
    page.clock.run_for(9_000)
    expect(page.locator(".board-inside-count")).to_have_text("108")
    page.clock.run_for(1_000)
    expect(page.locator("[data-board-old]")).to_be_hidden()
    complaints[:] = [text for text in complaints if "ERR_INTERNET_DISCONNECTED" not in text and "htmx:" not in text]


def test_a_page_to_sign_in_with_takes_no_numbers_away(board):
    page = board()

    with page.expect_response(lambda response: "/accounts/" in response.url):
        page.context.clear_cookies()
    page.wait_for_timeout(300)

    expect(page.locator(".board-inside-count")).to_have_text("90")


def test_headline_is_said_once_a_minute_at_most(board, night):
    page = board()
    page.clock.install()
    page.reload()
    said = page.locator("[data-board-said]")
    come_in(night)

    page.clock.run_for(8_000)
    expect(page.locator(".board-inside-count")).to_have_text("108")
    expect(said).to_be_empty()
    for _ in range(15):
        page.clock.run_for(4_000)
        page.wait_for_timeout(60)

    expect(said).to_have_text("108 in now")
