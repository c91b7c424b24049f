"""One way through an evening for pupils, as its people walk it: the organiser plans it and takes in the register, a
teacher books two classes on a phone, the reasons are read, a proposal is made and published, the teacher confirms one
class and gives the other back, fewer come, the guard lets them in, and the figures say so.

The organiser's part is walked by keyboard where it decides the most: points, and publishing.
"""

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from events.access.models import Role, User
from events.nights.models import Night
from events.programme.models import Event
from registrations.allocation.models import Proposal, ProposalState
from registrations.bookings.models import Booking, SchoolClass
from registrations.bookings.states import ClassState
from registrations.exhibitors.states import State
from registrations.schools.models import School
from registrations.tickets.codes import spoken
from tests import factories
from tests import night_factories as nf
from tests.browser.conftest import PHONE
from tests.browser.door_phone import check, expect_queue, take_the_door
from tests.browser.test_school_booking import go_on, heading
from tests.browser.test_the_whole_way import button, local, sign_in_by_code

REGISTER = (
    "Skolenhetskod;Skolenhetsnamn;Kommun;Status;Skoltyp\n"
    "74129356;Vikingaskolan;Lund;AKTIV;GR\n"
    "74129357;Parkskolan;Malmö;AKTIV;GR\n"
    "74129358;Nedlagda skolan;Malmö;UPPHORT;GR\n"
).encode("cp1252")


@pytest.fixture
def event() -> Event:
    """Published, and nobody has planned the evening."""
    now = timezone.now()
    return factories.EventFactory(
        slug="natten",
        name="Industrinatten",
        kind=Event.Kind.NIGHT,
        starts_at=now + timedelta(days=20),
        ends_at=now + timedelta(days=20, hours=5),
        registration_opens_at=now - timedelta(days=10),
        registration_closes_at=now + timedelta(days=5),
    )


@pytest.fixture
def organiser(event):
    user = factories.UserFactory(name="Karin Dunberg")
    factories.grant(user, Role.ORGANISER, area=event.area)
    return user


def press(page: Page, name: str, role: str = "button") -> None:
    """With the keyboard alone."""
    page.get_by_role(role, name=name, exact=True).focus()
    page.keyboard.press("Enter")


def plan_the_evening(page: Page, event: Event) -> None:
    now = timezone.now()
    page.goto("/e/natten/manage/programme/")
    page.locator("[name=places]").fill("100")
    page.locator("[name=bookings_open_at]").fill(local(now - timedelta(days=1)))
    page.locator("[name=bookings_close_at]").fill(local(now + timedelta(days=5)))
    page.locator("[name=answers_on]").fill(f"{now + timedelta(days=7):%Y-%m-%d}")
    page.locator("[name=visits_per_team]").fill("2")
    page.locator("[name=team_size]").fill("12")
    page.locator("[name=co_financing]").fill("21000")
    button(page, "One more admission")
    expect(page.locator("[name=waves-1-name]")).to_be_visible()
    for number, later in enumerate((0, 120)):
        page.locator(f"[name=waves-{number}-name]").fill(("Tidigt", "Sent")[number])
        page.locator(f"[name=waves-{number}-starts_at]").fill(local(event.starts_at + timedelta(minutes=later)))
        page.locator(f"[name=waves-{number}-capacity]").fill("60")
        page.locator(f"[name=waves-{number}-rounds]").fill("4")
    page.locator("[name=zones-0-name]").fill("Stora hallen")
    page.locator("[name=fields-0-name]").fill("Robotar")
    button(page, "Save the programme")
    expect(page.locator("main")).to_contain_text("Room for 120 pupils in all")


def take_in_the_register(page: Page) -> None:
    page.goto("/e/natten/manage/schools/register/")
    page.goto("/e/natten/manage/schools/register/import/")
    page.locator("[name=file]").set_input_files({"name": "skolor.csv", "mimeType": "text/csv", "buffer": REGISTER})
    button(page, "See what the file changes")
    expect(page.locator("main")).to_contain_text("Vikingaskolan")
    button(page, "Write to the register")
    page.wait_for_url("**/manage/schools/register/")
    assert set(School.objects.bookable().values_list("name", flat=True)) == {"Vikingaskolan", "Parkskolan"}


def stand_stations(event: Event) -> User:
    """A company hosts two stations; how it describes them is tested with the companies. Gives its owner."""
    night = Night.objects.get(event=event)
    host = factories.ExhibitorFactory(event=event, state=State.ACCEPTED)
    for name in ("Styr en arm", "Programmera en cell"):
        nf.StationFactory(
            night=night, host=host, name=name, zone=night.zones.get(), field=night.fields.get(), capacity=30
        )
    return factories.MembershipFactory(organisation=host.organisation).user


def book_two_classes(page: Page) -> None:
    page.get_by_role("link", name="Book places for your class").click()
    sign_in_by_code(page, "lena@skola.example")
    page.get_by_label("Name of the school").fill("viking")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Vikingaskolan").click()
    heading(page, "Which classes?")
    page.get_by_label("Class", exact=True).fill("9A")
    page.get_by_label("Pupils", exact=True).fill("24")
    button(page, "Add one more class")
    expect(page.get_by_label("Class", exact=True)).to_have_value("9B")
    page.get_by_label("Pupils", exact=True).fill("22")
    go_on(page)
    heading(page, "Anything we should prepare for?")
    go_on(page)
    heading(page, "What would you like to try?")
    go_on(page)
    heading(page, "Why do you want to come?")
    page.get_by_label("Why you want to come").fill("Klassen vill se hur det ser ut i verkligheten.")
    go_on(page)
    heading(page, "Whom do we reach?")
    page.get_by_label("Your name").fill("Lena Lärare")
    page.get_by_label("Phone on the evening").fill("070-123 45 67")
    go_on(page)
    button(page, "Send the booking")
    expect(page.get_by_role("heading", name="Nothing to do right now")).to_be_visible()


def read_the_reasons(page: Page) -> None:
    """Typed points and Enter; the field has the focus from the beginning."""
    page.goto("/e/natten/manage/schools/points/")
    for left, points in (("2 classes left", "80"), ("1 class left", "60")):
        expect(page.locator("main")).to_contain_text(left)
        expect(page.locator("[name=score]")).to_be_focused()
        page.keyboard.type(points)
        page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/points/\?after="))
    assert sorted(SchoolClass.objects.values_list("score", flat=True)) == [60, 80]


def propose(page: Page) -> None:
    """The rule, the run, and its page that turns by itself when the run is ready."""
    page.goto("/e/natten/manage/allocation/rule/")
    page.get_by_label("The same for every municipality").check()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/manage/allocation/")
    page.get_by_label("15 seconds").check()
    button(page, "Make a proposal")
    expect(page.locator("#progress")).to_be_visible()
    call_command(
        "db_worker",
        queue_name="allocation",
        batch=True,
        interval=0.01,
        startup_delay=False,
        reload=False,
        verbosity=0,
    )
    assert Proposal.objects.get().state == ProposalState.DONE
    expect(page.locator("#progress")).to_have_count(0)
    expect(page.locator("#classes")).to_contain_text("9A")


def publish(page: Page) -> None:
    """By keyboard: the way there, the page that says what will happen, and the button."""
    press(page, "Publish…", "link")
    expect(page.locator("main")).to_contain_text("2 classes get a place")
    press(page, "Publish and send the letters")
    expect(page.locator("#messages")).to_contain_text("1 letter is on its way")


def test_from_an_empty_evening_to_its_figures(open_page, event, organiser, work, axe, no_sideways, settings):
    settings.ORGANISERS_NEED_MFA = False
    settings.SUPPRESS_BELOW = 1

    def look(page: Page) -> None:
        axe(page)
        no_sideways(page)

    desk = open_page("/e/natten/manage/", user=organiser, language="en")
    plan_the_evening(desk, event)
    look(desk)
    take_in_the_register(desk)
    owner = stand_stations(event)

    school = open_page("/e/natten/", size=PHONE, language="en")
    book_two_classes(school)

    read_the_reasons(desk)
    look(desk)
    propose(desk)
    look(desk)
    publish(desk)
    work()
    booking = Booking.objects.get()
    letter = [message for message in mail.outbox if message.to == ["lena@skola.example"]][-1]
    assert f"/bookings/{booking.pk}/" in letter.body

    school.goto(f"/bookings/{booking.pk}/")
    look(school)
    button(school, "Confirm the place 9A")
    school.get_by_role("link", name="Give the place back 9B").click()
    button(school, "Give back the place")
    school.wait_for_url(re.compile(rf"/bookings/{booking.pk}/(#|$)"))
    one, other = booking.classes.order_by("label")
    assert (one.state, other.state) == (ClassState.CONFIRMED, ClassState.GIVEN_BACK)

    for path in ("papers/", "places/", "schools/", "stations/", ""):
        desk.goto(f"/e/natten/manage/{path}")
        look(desk)
    company = open_page(f"/exhibitors/{event.exhibitors.get().pk}/", user=owner, size=PHONE, language="en")
    expect(company.locator("main")).to_contain_text("9A")
    look(company)

    move_the_evening(event, timezone.now() + timedelta(hours=20))
    school.reload()
    for left in (23, 22, 21):
        school.get_by_role("button", name="One pupil fewer in 9A").click()
        expect(school.locator(f"#numbers-{one.pk} .stepper-value").first).to_have_text(str(left))
    look(school)
    assert school.request.get(f"/bookings/{booking.pk}/sheets.pdf").body()[:5] == b"%PDF-"

    move_the_evening(event, timezone.now() - timedelta(minutes=5))
    door = open_page("/e/natten/door/", user=organiser, size=PHONE, language="en")
    let_in(door, spoken(one.ticket.code))
    look(door)

    desk.goto("/e/natten/manage/figures/")
    assert stages(desk) == {
        "pupils applied for": "43",  # 22 of them gave back; a class counts with the number that it said last
        "pupils with a place": "21",
        "pupils confirmed": "21",
        "pupils who came": "21",
    }
    look(desk)


def move_the_evening(event: Event, starts_at: datetime) -> None:
    """Time passes: everything about the evening but its day is long ago."""
    event.refresh_from_db()
    shift = starts_at - event.starts_at
    night = Night.objects.get(event=event)
    for wave in night.waves.all():
        wave.starts_at += shift
        wave.save(update_fields=["starts_at"])
    past = timezone.now() - timedelta(days=1)
    Event.objects.filter(pk=event.pk).update(
        starts_at=event.starts_at + shift, ends_at=event.ends_at + shift, registration_closes_at=past
    )
    Night.objects.filter(pk=night.pk).update(bookings_open_at=past - timedelta(days=9), bookings_close_at=past)


def let_in(page: Page, code: str) -> None:
    """The guard types the short code."""
    take_the_door(page)
    check(page, code)
    verdict = page.locator("[data-part=verdict]")
    expect(verdict).to_have_attribute("data-outcome", "admitted")
    expect(verdict).to_contain_text("9A")
    expect_queue(page, 0)


def stages(page: Page) -> dict[str, str]:
    """How many pupils got how far, as the page of figures says."""
    names = page.locator("main dl dt").all_inner_texts()
    values = page.locator("main dl dd:not(.stat-hint)").all_inner_texts()
    return {name: value for name, value in zip(names, values, strict=False) if name.startswith("pupils ")}
