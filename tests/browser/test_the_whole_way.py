"""One way through the whole product, as the people walk it: the organiser makes the fair, a company signs in with a
code and applies, is accepted, comes through the door in front of a real camera, answers the survey, and the figure
stands in the row of its activity in the follow-up.

The pages are walked in English, whose words are the code's own; the Swedish ones are checked by the catalogue.
"""

import io
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from events.access.models import Role
from events.access.services import get_or_create_user
from events.programme.models import Event
from registrations.checkin.models import Scan
from registrations.checkin.verdict import Outcome
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.tickets.addresses import ticket_url
from surveys.answers.models import SealedBallot
from tests import factories
from tests.browser.camera import film_of
from tests.browser.conftest import PHONE
from tests.browser.door_phone import expect_queue, take_the_door
from tests.door_factories import open_door

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def local(moment: datetime) -> str:
    """As a datetime-local field wants it."""
    return timezone.localtime(moment, STOCKHOLM).strftime("%Y-%m-%dT%H:%M")


def sign_in_by_code(page: Page, email: str) -> None:
    """Ask for a code, read it in the mail, type it."""
    page.get_by_label("Your e-mail address").fill(email)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("confirm"))
    code = re.search(r"\b(\d{6})\b", mail.outbox[-1].body).group(1)
    page.locator("input[name=code]").fill(code)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/accounts/" not in url)


def letter_to(email: str) -> str:
    return [message for message in mail.outbox if message.to == [email]][-1].body


@pytest.fixture
def world():
    """What is there before the story begins: an area with its plan, an activity, and somebody who organises."""
    now = timezone.now()
    area = factories.AreaFactory(name="Näringsliv")
    plan = factories.PlanFactory(area=area, first_year=now.year, last_year=now.year + 1)
    activity = factories.ActivityFactory(plan=plan, year=now.year, title="Företagsmässan")
    venue = factories.VenueFactory(name="Stadion 1910")
    issuer = factories.IssuerFactory(name="Malmö stad")
    organiser = get_or_create_user("karin@torget.example", "Karin Dunberg")
    factories.grant(organiser, Role.ORGANISER, area=area)
    return {"plan": plan, "activity": activity, "venue": venue, "issuer": issuer, "organiser": organiser}


def make_the_fair(page: Page, world) -> Event:
    """The organiser creates the fair under its activity and publishes it."""
    now = timezone.now()
    page.get_by_label("name", exact=False).first.wait_for()
    page.locator("[name=name]").fill("Företagsmässan i Malmö")
    page.locator("[name=slug]").fill("massan")
    page.locator("[name=summary]").fill("En dag för små och medelstora företag.")
    page.locator("select[name=venue]").select_option(str(world["venue"].pk))
    page.locator("select[name=issuer]").select_option(str(world["issuer"].pk))
    page.locator("[name=starts_at]").fill(local(now + timedelta(days=20)))
    page.locator("[name=ends_at]").fill(local(now + timedelta(days=20, hours=7)))
    page.locator("[name=registration_opens_at]").fill(local(now - timedelta(days=1)))
    page.locator("[name=registration_closes_at]").fill(local(now + timedelta(days=10)))
    page.locator("[name=capacity]").fill("2")
    page.locator("[name=contact_email]").fill("massan@torget.example")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/e/massan/manage/")
    event = Event.objects.get(slug="massan")
    page.goto("/e/massan/manage/publish/")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/e/massan/manage/")
    event.refresh_from_db()
    assert event.state == Event.State.PUBLISHED
    return event


def apply_with_company(page: Page) -> None:
    """From the public page to the sent application: number, company, profile with logo, contact, staff, send."""
    sign_in_by_code(page, "leila@kuggfro.example")
    page.wait_for_url("**/e/massan/apply/")
    page.get_by_label("Organisation number").fill("556012-5791")
    button(page, "Find the company")
    expect(page.locator("main")).to_contain_text("The last digit does not fit the others")
    page.get_by_label("Organisation number").fill("556012-5790")
    button(page, "Find the company")
    page.locator("[name=name]").fill("Kuggfrö & Söner <b>AB</b>")
    page.locator("[name=municipality]").select_option("1280")
    button(page, "Save and go on")
    page.wait_for_url("**/profile/")
    page.locator("[name=profile]").fill("Bygger små robotceller för företag i hela Skåne.")
    page.locator("[name=field]").fill("Automation")
    picture = io.BytesIO()
    Image.new("RGB", (300, 200), "#1c5a4a").save(picture, "PNG")
    page.locator("[name=logo]").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    )
    button(page, "Save and go on")
    page.locator("[name=contact_name]").fill("Leila Hallbäck")
    page.locator("[name=contact_phone]").fill("070-174 06 16")
    button(page, "Save and go on")
    page.locator("[name=name]").fill("Jonas Mårtensson")
    button(page, "Add")
    page.get_by_role("link", name="Go on").click()
    button(page, "Send the application")
    page.wait_for_url(re.compile(r"/exhibitors/\d+/$"))
    expect(page.get_by_role("heading", name="Nothing to do right now")).to_be_visible()


def ask_those_who_came(page: Page) -> None:
    """The organiser makes the exhibitors' survey, opens it and sends the invitations."""
    page.goto("/e/massan/manage/surveys/")
    button(page, "Make the exhibitors' survey")
    page.goto("/e/massan/manage/surveys/exhibitors/open/")
    button(page, "Open the survey")
    page.wait_for_url("**/manage/surveys/exhibitors/")
    page.get_by_role("link", name="Send the invitations").click()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/manage/surveys/exhibitors/")


def answer_both_questions(page: Page) -> None:
    """With the keyboard alone, as somebody without a mouse would, in the language of the invitation."""
    for key in ("choice][value=very_satisfied", "choice][value=yes", "go][value=send"):
        button_of_step = page.locator(f"button[name={key}]")
        button_of_step.wait_for()
        # Each step begins at its heading: keys that are pressed before it has the focus land on the step before.
        expect(page.locator("main h1")).to_be_focused()
        button_of_step.focus()
        page.keyboard.press("Enter")
    page.wait_for_url("**/s/thanks/**")


def close_the_survey(page: Page) -> None:
    """The only answer stays sealed while the survey is open, so that nobody sees a figure move by it."""
    page.goto("/e/massan/manage/surveys/exhibitors/")
    page.get_by_role("link", name="Close the survey").click()
    button(page, "Close the survey")
    page.wait_for_url("**/manage/surveys/exhibitors/")


def put_in_the_row(page: Page, world) -> None:
    """The figure of the first question stands in the activity's row from now on."""
    page.goto(f"/plans/{world['plan'].pk}/activities/{world['activity'].pk}/figures/")
    page.get_by_role("checkbox").first.check()
    button(page, "Save the choice")


def let_in_by_camera(page: Page) -> None:
    """The camera sees the badge, and the door says welcome."""
    take_the_door(page)
    verdict = page.locator("[data-part=verdict]")
    expect(verdict).to_have_attribute("data-outcome", "admitted", timeout=20_000)
    expect(verdict).to_contain_text("Jonas Mårtensson")
    expect_queue(page, 0)


def test_from_the_plan_to_the_figure_in_its_row(open_page, camera_browser, world, work, axe, tmp_path, settings):
    settings.ORGANISERS_NEED_MFA = False
    settings.SUPPRESS_BELOW = 1
    organiser = world["organiser"]

    desk = open_page(
        f"/areas/{world['plan'].area.slug}/events/new/?activity={world['activity'].pk}", user=organiser, language="en"
    )
    event = make_the_fair(desk, world)

    company = open_page("/e/massan/apply/", size=PHONE, language="en")
    apply_with_company(company)
    axe(company)

    desk.goto("/e/massan/manage/exhibitors/")
    expect(desk.locator("tbody tr")).to_have_count(1)
    desk.locator("tbody tr").get_by_role("button", name="Accept").click()
    expect(desk.locator("tbody tr .state")).to_have_text("Accepted")
    work()
    exhibitor = Exhibitor.objects.get()
    assert exhibitor.state == State.ACCEPTED
    assert f"/exhibitors/{exhibitor.pk}/" in letter_to("leila@kuggfro.example")

    public = open_page("/e/massan/", size=PHONE, language="en")
    expect(public.get_by_role("heading", name="Kuggfrö & Söner <b>AB</b>")).to_be_visible()

    visitor = open_page("/e/massan/visit/", size=PHONE, language="en")
    visitor.locator("[name=name]").fill("Åsa Öberg 🌱")
    visitor.locator("[name=company]").fill("Bageriet")
    visitor.locator("[name=email]").fill("asa@bageriet.example")
    visitor.locator("main form button[type=submit]").click()
    visitor.wait_for_url(re.compile(r"/t/[0-9A-Z]{16}/"))
    work()
    assert "/t/" in letter_to("asa@bageriet.example")

    badge = exhibitor.staff.get().ticket
    open_door(event)  # the day has not come, but whoever made it may rehearse
    film = film_of(ticket_url(badge), tmp_path / "badge.mjpeg")
    door = open_page("/e/massan/door/", user=organiser, size=PHONE, language="en", browser=camera_browser(film))
    let_in_by_camera(door)
    axe(door)
    assert Scan.objects.get(ticket=badge).outcome == Outcome.ADMITTED

    after = timezone.now()
    Event.objects.filter(pk=event.pk).update(
        starts_at=after - timedelta(days=2),
        ends_at=after - timedelta(days=1),
        registration_opens_at=after - timedelta(days=30),
        registration_closes_at=after - timedelta(days=10),
    )
    ask_those_who_came(desk)
    work()
    link = re.search(r"/s/\S+", letter_to("leila@kuggfro.example")).group(0)

    answering = open_page(link, size=PHONE, language="en")
    axe(answering)
    answer_both_questions(answering)
    assert SealedBallot.objects.count() == 1
    again = open_page(link, size=PHONE, language="en")
    expect(again.get_by_role("heading", name="The link cannot be used")).to_be_visible()

    close_the_survey(desk)
    put_in_the_row(desk, world)
    desk.goto(f"/plans/{world['plan'].pk}/follow-up/{world['activity'].year}/")
    row = desk.locator("tr, article", has_text="Företagsmässan").first
    expect(row).to_contain_text("1 of 1")
    axe(desk)
