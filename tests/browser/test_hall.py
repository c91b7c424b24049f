"""The hall by hand: two companies press the same stand, and the organiser moves stands with the mouse and with keys."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from events.access.models import Role
from registrations.stands.models import Stand, StandPlacing, StandSettings
from tests import factories
from tests.browser.conftest import PHONE
from tests.registrations.stands.make import a_company, a_row
from tests.stand_factories import HallFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hall(db):
    """20 × 15 m with A1–A6 along the upper wall, at a fair in three weeks; companies choose."""
    now = timezone.now()
    starts = now + timedelta(days=20)
    event = factories.EventFactory(
        starts_at=starts,
        ends_at=starts + timedelta(hours=7),
        registration_opens_at=now - timedelta(days=5),
        registration_closes_at=now + timedelta(days=5),
    )
    hall = HallFactory(event=event, name="Hall A")
    a_row(hall)
    StandSettings.objects.create(event=event, choice_open_until_at=starts)
    return hall


def somebody_at(hall, name: str):
    """(exhibitor, a user who acts for it)."""
    exhibitor = a_company(hall.event, name)
    return exhibitor, factories.MembershipFactory(organisation=exhibitor.organisation).user


def spot(page: Page, number: str):
    return page.locator("[data-stand]").filter(has=page.locator(f".spot-number:text-is('{number}')"))


def test_second_company_is_shown_the_neighbours_of_the_stand_it_pressed(hall, open_page, axe, no_sideways):
    anka, leila = somebody_at(hall, "Anka AB")
    bofink, bo = somebody_at(hall, "Bofink AB")
    first = open_page(f"/exhibitors/{anka.pk}/stand/", user=leila, size=PHONE, language="en")
    second = open_page(f"/exhibitors/{bofink.pk}/stand/", user=bo, language="en")

    spot(first, "A3").click()
    expect(first.get_by_role("button", name="Take stand A3")).to_be_visible()
    axe(first)
    no_sideways(first)
    second.locator("form[data-hold]").filter(has_text="A3").get_by_role("button").click()

    near = second.get_by_role("alert").or_(second.locator(".notice")).first
    expect(near).to_contain_text("Stand A3 was taken a moment ago.")
    axe(second)
    second.get_by_role("button", name=re.compile("^A2")).click()
    second.get_by_role("button", name="Take stand A2").click()
    expect(second.locator("#own-stand").locator("..")).to_contain_text("A2")
    first.get_by_role("button", name="Take stand A3").click()
    expect(first.locator("#own-stand").locator("..")).to_contain_text("A3")
    placed = StandPlacing.objects.values_list("stand__number", "exhibitor__organisation__name")
    assert set(placed) == {("A3", "Anka AB"), ("A2", "Bofink AB")}


def test_what_others_do_is_seen_without_loading_the_page_again(hall, open_page):
    anka, leila = somebody_at(hall, "Anka AB")
    bofink, bo = somebody_at(hall, "Bofink AB")
    page = open_page(f"/exhibitors/{anka.pk}/stand/", user=leila, language="en")
    expect(spot(page, "A4")).to_have_class(re.compile("spot-free"))

    other = open_page(f"/exhibitors/{bofink.pk}/stand/", user=bo, language="en")
    spot(other, "A4").click()
    expect(other.get_by_role("button", name="Take stand A4")).to_be_visible()

    expect(spot(page, "A4")).to_have_class(re.compile("spot-taken"), timeout=15_000)
    expect(page.locator("form[data-hold]").filter(has_text="A4")).to_be_hidden()


@pytest.fixture
def desk(hall, open_page):
    organiser = factories.UserFactory(name="Olle")
    factories.grant(organiser, Role.ORGANISER, event=hall.event)
    return open_page(f"/e/{hall.event.slug}/manage/hall/", user=organiser, language="en")


def place_of(number: str) -> tuple[int, int]:
    return Stand.objects.values_list("x_cm", "y_cm").get(number=number)


def test_stand_is_dragged_with_the_mouse_and_put_back(hall, desk, axe):
    desk.get_by_role("button", name="Move stands").click()
    box = spot(desk, "A1").locator("rect").bounding_box()
    down = box["height"] * 2  # 6 m

    desk.mouse.move(box["x"] + 20, box["y"] + 30)
    desk.mouse.down()
    desk.mouse.move(box["x"] + 20, box["y"] + 30 + down / 2)
    desk.mouse.move(box["x"] + 20, box["y"] + 30 + down)
    desk.mouse.up()

    said = desk.locator("[data-floor-said]")
    expect(said).to_have_text("Stand A1 is moved.")
    x, y = place_of("A1")
    assert (x, abs(y - 600) <= 20) == (0, True)
    axe(desk)
    desk.get_by_role("button", name="Undo").click()
    expect(desk.get_by_role("button", name="Undo")).to_be_hidden()
    assert place_of("A1") == (0, 0)


def test_stand_is_moved_with_the_keyboard_alone(hall, desk):
    desk.get_by_role("button", name="Move stands").focus()
    desk.keyboard.press("Space")
    spot(desk, "A1").focus()
    for _ in range(4):
        desk.keyboard.press("Shift+ArrowDown")
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-floor-said]")).to_have_text("Stand A1 is moved.")
    assert place_of("A1") == (0, 400)

    # To the right it would stand on nothing; up again it would stand on A2: the server says no, and it stays.
    desk.keyboard.press("Shift+ArrowRight")
    for _ in range(4):
        desk.keyboard.press("Shift+ArrowUp")
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-floor-said]")).to_have_text("Stand A1 would stand on stand A2.")
    assert place_of("A1") == (0, 400)
    expect(spot(desk, "A1")).to_have_attribute("transform", "translate(0 400)")


def test_arrows_walk_the_floor_and_enter_opens_the_stand(hall, desk):
    spot(desk, "A1").focus()
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("ArrowRight")
    expect(spot(desk, "A3")).to_be_focused()
    desk.keyboard.press("Enter")

    expect(desk.get_by_role("heading", name="Stand A3")).to_be_visible()
