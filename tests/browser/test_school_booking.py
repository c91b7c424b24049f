"""A teacher's way, on a phone: from the evening's page to the receipt, with a code by e-mail; the wishes by keyboard alone.

The pages are walked in English, whose words are the code's own; the Swedish ones are checked by the catalogue.
"""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from registrations.bookings.models import Booking, BookingPerson, SchoolClass
from registrations.bookings.states import BookingState, ClassState
from registrations.bookings.wishes import order_of
from tests import night_factories as nf
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_the_whole_way import sign_in_by_code
from tests.factories import UserFactory
from tests.registrations.bookings.real_clock import evening


@pytest.fixture
def night():
    night = evening(event__slug="natten", event__name="Industrinatten")
    nf.WaveFactory(night=night, name="Tidigt", starts_at=night.event.starts_at)
    nf.WaveFactory(night=night, name="Sent", starts_at=night.event.starts_at + timedelta(hours=2))
    robots, food = nf.FieldFactory(night=night, name="Robotar"), nf.FieldFactory(night=night, name="Livsmedel")
    nf.StationFactory(night=night, field=robots, name="Styr en arm")
    nf.StationFactory(night=night, field=food, name="Baka", accessible=False)
    nf.StationFactory(night=night, field=food, name="Destillera", youngest_grade=11)
    nf.SchoolFactory(name="Vikingaskolan")
    nf.SchoolFactory(name="Parkskolan")
    return night


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Go on", exact=True).click()


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def saved(page: Page) -> None:
    expect(page.locator("#saved .saved")).to_contain_text("Saved")


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_from_the_evenings_page_to_the_receipt(size, night, open_page, axe, no_sideways, work):
    page = open_page("/e/natten/", size=size, language="en")

    def look() -> None:
        axe(page)
        no_sideways(page)

    page.get_by_role("link", name="Book places for your class").click()
    sign_in_by_code(page, "lena@skola.example")
    heading(page, "Which school?")
    look()
    page.get_by_label("Name of the school").press_sequentially("viking")
    expect(page.get_by_role("button", name="Vikingaskolan")).to_be_visible()
    look()
    page.get_by_role("button", name="Vikingaskolan").click()

    heading(page, "Which classes?")
    look()
    page.get_by_label("Class", exact=True).fill("9A")
    page.get_by_label("Pupils", exact=True).fill("tjugo")
    go_on(page)
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Pupils", exact=True)).to_have_value("tjugo")
    look()
    page.get_by_label("Pupils", exact=True).fill("24")
    page.get_by_role("button", name="Add one more class").click()
    expect(page.get_by_label("Pupils", exact=True)).to_be_focused()
    expect(page.get_by_label("Class", exact=True)).to_have_value("9B")
    page.get_by_label("Pupils", exact=True).fill("22")
    go_on(page)

    heading(page, "Anything we should prepare for?")
    page.get_by_text("Has anyone in 9A").click()
    page.get_by_role("button", name="Wheelchair: One more").first.click()
    saved(page)
    page.get_by_text("Has anyone in 9B").click()
    look()
    go_on(page)

    heading(page, "What would you like to try?")
    look()
    wish_by_keyboard(page)
    saved(page)
    look()
    go_on(page)

    heading(page, "Why do you want to come?")
    page.get_by_label("Why you want to come").fill("Klassen vill se hur det ser ut i verkligheten.")
    expect(page.locator(".counter")).to_have_text("46 / 1000")
    look()
    go_on(page)

    heading(page, "Whom do we reach?")
    page.get_by_label("Your name").fill("Lena Lärare")
    page.get_by_label("Phone on the evening").fill("070-123 45 67")
    page.get_by_label("The classes come with the same bus").check()
    look()
    go_on(page)

    heading(page, "Is everything right?")
    look()
    page.get_by_role("button", name="Send the booking").click()
    expect(page.get_by_role("heading", name="Nothing to do right now")).to_be_visible()
    look()

    booking = Booking.objects.get()
    one, other = booking.classes.order_by("pk")
    assert booking.state == BookingState.SENT
    assert [(c.label, c.pupils, c.needs, c.bus) for c in (one, other)] == [
        ("9A", 24, {"wheelchair": 1}, f"B{booking.pk}"),
        ("9B", 22, {}, f"B{booking.pk}"),
    ]
    robots, food = night.fields.order_by("pk")
    assert order_of(one) == order_of(other) == [f"f{food.pk}", f"f{robots.pk}"]
    assert other.reason.startswith("Klassen vill")
    work()
    receipt = [message for message in mail.outbox if "9A" in message.body]
    assert [message.to for message in receipt] == [["lena@skola.example"]]


def wish_by_keyboard(page: Page) -> None:
    """Food first, then robots, after having changed one's mind about robots: Tab and the space bar alone."""
    robots = page.get_by_role("button", name=re.compile("Robotar"))
    food = page.get_by_role("button", name=re.compile("Livsmedel"))
    robots.focus()
    page.keyboard.press("Space")
    expect(robots).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-said]")).to_have_text("Robotar: wish 1")
    page.keyboard.press("Space")
    expect(robots).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Tab")
    expect(food).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(robots).to_contain_text("wish 2")
    expect(food).to_contain_text("wish 1")


@pytest.fixture
def draft(night):
    teacher = UserFactory(email="lena@skola.example", name="Lena Lärare")
    booking = nf.BookingFactory(night=night, state=BookingState.DRAFT, sent_at=None, owner=teacher)
    nf.SchoolClassFactory(booking=booking, label="9A", reason="")
    return booking


def test_a_draft_is_kept_when_one_walks_away_and_taken_up_elsewhere(draft, open_page):
    teacher = draft.people.get().user
    phone = open_page(f"/bookings/{draft.pk}/reason/", user=teacher, size=PHONE, language="en")
    phone.get_by_label("Why you want to come").fill("Halva texten")
    saved(phone)
    phone.close()

    desk = open_page(f"/bookings/{draft.pk}/reason/", user=teacher, language="en")

    expect(desk.get_by_label("Why you want to come")).to_have_value("Halva texten")


def test_two_tabs_lose_nobodys_text(draft, open_page, axe):
    teacher, colleague = draft.people.get().user, UserFactory()
    BookingPerson.objects.create(booking=draft, user=colleague, joined_at=timezone.now())
    one = open_page(f"/bookings/{draft.pk}/reason/", user=teacher, size=PHONE, language="en")
    other = open_page(f"/bookings/{draft.pk}/reason/", user=colleague, size=PHONE, language="en")

    one.get_by_label("Why you want to come").fill("Först.")
    saved(one)
    other.get_by_label("Why you want to come").fill("Sedan.")
    expect(other.locator("#saved")).to_contain_text("Först.")
    expect(other.get_by_label("Why you want to come")).to_have_value("Sedan.")
    axe(other)
    go_on(other)
    expect(other.locator("main")).to_contain_text("Först.")
    expect(other.get_by_label("Why you want to come")).to_have_value("Sedan.")
    assert SchoolClass.objects.get().reason == "Först."
    go_on(other)
    heading(other, "Whom do we reach?")
    assert SchoolClass.objects.get().reason == "Sedan."


def test_typing_and_going_on_at_once_is_no_quarrel_with_oneself(draft, open_page):
    page = open_page(f"/bookings/{draft.pk}/reason/", user=draft.people.get().user, size=PHONE, language="en")
    text = page.get_by_label("Why you want to come")

    text.press_sequentially("Vi vill ", delay=5)
    page.wait_for_timeout(1000)
    text.press_sequentially("komma.", delay=5)
    go_on(page)

    heading(page, "Whom do we reach?")
    assert SchoolClass.objects.get().reason == "Vi vill komma."


def test_the_booking_without_scripts(night, open_page):
    teacher = UserFactory(email="lena@skola.example", name="Lena Lärare")
    page = open_page("/e/natten/book/", user=teacher, size=PHONE, language="en", java_script_enabled=False)

    page.get_by_label("Name of the school").fill("viking")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Vikingaskolan").click()
    page.get_by_label("Class", exact=True).fill("9A")
    page.get_by_label("Pupils", exact=True).fill("24")
    go_on(page)
    go_on(page)
    page.get_by_role("button", name=re.compile("Livsmedel")).click()
    page.get_by_role("button", name=re.compile("Robotar")).click()
    go_on(page)
    go_on(page)
    page.get_by_label("Phone on the evening").fill("070-123 45 67")
    go_on(page)
    page.get_by_role("button", name="Send the booking").click()

    robots, food = night.fields.order_by("pk")
    assert Booking.objects.get().state == BookingState.SENT
    assert order_of(SchoolClass.objects.get()) == [f"f{food.pk}", f"f{robots.pk}"]


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_pages_around_a_booking(size, night, open_page, axe, no_sideways):
    """Twin, own page with everything on it, request, substitute: each as a stranger to the code would find it."""
    teacher, asker = UserFactory(name="Lena Lärare"), UserFactory(email=f"{'lang' * 10}@skola.example")
    booking = nf.BookingFactory(night=night, owner=teacher)
    wave = night.waves.first()
    nf.SchoolClassFactory(booking=booking, label="9A", state=ClassState.OFFERED, wave=wave)
    nf.SchoolClassFactory(booking=booking, label="9B", state=ClassState.WAITING)
    BookingPerson.objects.create(booking=booking, user=asker, asked_at=timezone.now())
    theirs = nf.BookingFactory(night=night, school=booking.school, state=BookingState.DRAFT, sent_at=None, owner=asker)
    double = nf.SchoolClassFactory(booking=theirs, label="9A")
    pages = [
        (f"/bookings/{booking.pk}/", teacher),
        (f"/bookings/{booking.pk}/change/", teacher),
        (f"/bookings/{theirs.pk}/classes/{double.pk}/same/", asker),
        (f"/bookings/{theirs.pk}/classes/{double.pk}/", asker),
        (f"/bookings/{theirs.pk}/?stay", asker),
        ("/me/", asker),
    ]
    for path, user in pages:
        page = open_page(path, user=user, size=size, language="en")
        axe(page)
        no_sideways(page)

    page = open_page(f"/bookings/{booking.pk}/substitute/", user=teacher, size=size, language="en")
    page.get_by_label("Who stands in").fill("Vic Karlsson")
    page.get_by_role("button", name="Make the link").click()
    address = page.locator("#address").input_value()
    axe(page)
    no_sideways(page)
    substitute = open_page("/substitute/" + address.rstrip("/").rsplit("/", 1)[1] + "/", size=size, language="en")
    axe(substitute)
    no_sideways(substitute)
    substitute.get_by_role("button", name="Confirm the place").click()
    expect(substitute.locator("#messages")).to_contain_text("9A is coming")
