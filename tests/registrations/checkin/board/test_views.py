"""The board's pages: what each person sees, the wall, and the part that htmx asks for."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from events.access.models import Role
from registrations.checkin.clocks import time_of_day
from tests import factories
from tests.registrations.checkin.board.evening import evening

pytestmark = pytest.mark.django_db
PHONE = "070-123 45 67"
LIVE = {"HX-Request": "true", "HX-Target": "board-now"}


def in_english(client):
    client.cookies["torget_language"] = "en"
    return client


@pytest.fixture
def night():
    """The evening by hand, as it is now by the real clock."""
    return evening(timezone.now() - timedelta(minutes=40))


@pytest.fixture
def page(client_for, night):
    def get(role: Role, query: str = "", **also) -> str:
        user = factories.UserFactory()
        factories.grant(user, role, event=night.event)
        response = in_english(client_for(user)).get(
            f"{reverse('registrations:door-board', args=[night.event.slug])}{query}", **also
        )
        assert response.status_code == 200
        return response.text

    return get


def test_board_shows_the_evening(page):
    text = page(Role.ORGANISER)

    assert '<strong class="board-inside-count">90</strong>' in text
    assert "nearly full: room for 10 more" in text
    assert "at most 100" in text
    assert "Lundaskolan" in text


@pytest.mark.parametrize(
    ("role", "contact", "move", "desk"),
    [
        (Role.ORGANISER, True, True, True),
        (Role.READER, True, False, False),
        (Role.DOOR, False, False, True),
        (Role.TREASURER, False, False, False),
    ],
)
def test_contacts_and_ways_on_are_for_those_who_may(page, night, role, contact, move, desk):
    text = page(role)

    moving = reverse("registrations:place-move", args=[night.event.slug, night.classes["9D"].pk])
    conflicts = reverse("registrations:door-conflicts", args=[night.event.slug])
    assert (PHONE in text, moving in text, conflicts in text) == (contact, move, desk)


def test_wall_is_a_page_of_its_own_without_contacts_or_anything_to_press(page):
    text = page(Role.ORGANISER, "?wall=1&theme=dark")

    assert 'data-theme="dark"' in text
    assert PHONE not in text
    assert "<a " not in text
    assert "<button" not in text
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in text
    assert "?wall=1&amp;theme=dark" in text


def test_wall_knows_no_other_colours(page):
    assert "data-theme" not in page(Role.ORGANISER, '?wall=1&theme="><script>')


@pytest.mark.parametrize(("query", "css"), [("", "board-top"), ("?wall=1", "wall-parts")])
def test_htmx_gets_the_numbers_alone(page, query, css):
    text = page(Role.DOOR, query, headers=LIVE)

    assert css in text
    assert "data-board-updated" in text
    assert "<html" not in text
    assert "hx-get" not in text


def test_board_of_a_fair_that_is_over_says_so(client_for, organiser):
    day = datetime(2019, 3, 12, tzinfo=ZoneInfo("Europe/Stockholm"))
    event = factories.EventFactory(
        starts_at=day.replace(hour=9),
        ends_at=day.replace(hour=16),
        registration_opens_at=day - timedelta(days=60),
        registration_closes_at=day - timedelta(days=14),
    )
    factories.grant(organiser, Role.ORGANISER, event=event)

    text = in_english(client_for(organiser)).get(reverse("registrations:door-board", args=[event.slug])).text

    assert "the doors closed" in text
    assert "By admission" not in text


@pytest.mark.parametrize(("language", "told"), [("sv", "17.02.13"), ("en", "17:02:13")])
def test_time_is_told_to_the_second_in_stockholm(language, told):
    with translation.override(language):
        assert time_of_day(datetime(2027, 4, 22, 15, 2, 13, tzinfo=ZoneInfo("UTC"))) == told
