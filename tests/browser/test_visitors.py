"""A visitor's way: sign up, make a mistake, get the ticket, cancel."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from events.access.models import Role
from registrations.visitors.models import Visitor, VisitorState
from tests import factories
from tests.browser.conftest import DESK, PHONE


@pytest.fixture
def fair():
    now = timezone.now()
    return factories.EventFactory(
        slug="massan",
        visitor_capacity=2,
        registration_opens_at=now - timedelta(days=1),
        registration_closes_at=now + timedelta(days=5),
        starts_at=now + timedelta(days=10),
        ends_at=now + timedelta(days=10, hours=7),
    )


def fill(page: Page, name: str, email: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Get the ticket").click()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_from_a_mistake_to_the_ticket_and_back(size, fair, open_page, axe, no_sideways, complaints):
    page = open_page("/e/massan/visit/", size=size, language="en")

    fill(page, "Åsa Öberg", "asa@")
    expect(page.get_by_label("Your name")).to_have_value("Åsa Öberg")
    expect(page.get_by_role("alert")).to_be_focused()
    axe(page)
    fill(page, "A" * 60 + " Öberg-Lindström", "asa@bageriet.example")
    page.wait_for_url(re.compile(r"/t/[0-9A-Z]{16}/"))
    axe(page)
    no_sideways(page)

    page.get_by_role("link", name="Cancel my visit").click()
    axe(page)
    page.get_by_role("button", name="Cancel my visit").click()
    expect(page.locator("main")).to_contain_text("This ticket is cancelled")
    axe(page)

    assert Visitor.objects.get().state == VisitorState.CANCELLED
    complaints[:] = [text for text in complaints if "422" not in text]


def test_pages_of_those_who_cannot_sign_up(fair, open_page, axe):
    page = open_page("/e/massan/visit/", size=PHONE, language="en")
    fill(page, "Åsa", "asa@bageriet.example")
    page.goto("/e/massan/visit/")
    fill(page, "Åsa", "asa@bageriet.example")
    expect(page.get_by_role("heading", name="You are already signed up")).to_be_visible()
    axe(page)

    factories.VisitorFactory(event=fair)
    page.goto("/e/massan/visit/")
    expect(page.locator("main")).to_contain_text("Every place is taken")
    axe(page)


def test_back_and_sign_up_a_colleague(fair, open_page):
    page = open_page("/e/massan/visit/", size=PHONE, language="en")
    fill(page, "Åsa", "asa@bageriet.example")
    page.wait_for_url(re.compile("/t/"))
    page.go_back()
    fill(page, "Bo", "bo@bageriet.example")
    page.wait_for_url(re.compile("/t/"))

    expect(page.get_by_role("heading", name="Bo")).to_be_visible()
    assert sorted(Visitor.objects.values_list("name", flat=True)) == ["Bo", "Åsa"]


def test_organiser_searches_without_a_reload(fair, open_page, axe, no_sideways):
    for name in ["Åsa Öberg", "Bo Ek"]:
        factories.VisitorFactory(event=fair, name=name)
    organiser = factories.UserFactory()
    factories.grant(organiser, Role.EDITOR, event=fair)
    page = open_page("/e/massan/manage/visitors/", user=organiser, size=PHONE, language="en")

    page.get_by_role("searchbox").fill("öberg")
    page.keyboard.press("Enter")

    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile("q=%C3%B6berg"))
    axe(page)
    no_sideways(page)
    page.goto("/e/massan/door/gates/")
    axe(page)
