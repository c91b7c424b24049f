"""Somebody answers on a phone: keyboard, 320 px, and the network that is cut at the last question."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from surveys.answers.links import token_of
from surveys.answers.models import Invitation, SealedBallot
from tests import factories
from tests.browser.conftest import PHONE

SMALL = (320, 600)


@pytest.fixture
def link():
    survey = factories.SurveyFactory(closes_at=timezone.now() + timedelta(days=3))
    made = [
        {"key": "satisfied", "kind": "satisfaction"},
        {"key": "tell", "kind": "nps", "text": "Skulle du rekommendera oss?", "low_label": "Nej", "high_label": "Ja"},
        {
            "key": "liked",
            "kind": "choices",
            "text": "Vad var bra?",
            "options": [
                {"code": "food", "sv": "Maten", "en": "Food"},
                {"code": "music", "sv": "Musiken", "en": "Music"},
            ],
        },
        {"key": "people", "kind": "number", "text": "Hur många mötte du?", "lowest": 0, "highest": 40},
        {"key": "why", "kind": "long_text", "text": "Varför?", "required": False},
    ]
    for position, facts in enumerate(made, start=1):
        factories.QuestionFactory(survey=survey, position=position, **{"text_en": "In English?", **facts})
    invitation = factories.InvitationFactory(survey=survey)
    return f"/s/{token_of(invitation)}/"


def to_last(page) -> None:
    """All questions but the last, whose field is filled in."""
    page.get_by_role("button", name="Mycket nöjd").click()
    page.get_by_role("button", name="10", exact=True).click()
    page.get_by_label("Musiken").check()
    page.locator(".survey-on").click()
    page.get_by_role("textbox").fill("12")
    page.get_by_role("textbox").press("Enter")
    page.locator("textarea").fill("Ring mig på 070-123 45 67")


def stored() -> tuple[list[str], str]:
    ballot = SealedBallot.objects.get()
    return sorted(row[2] for row in ballot.answers), ballot.texts[0][2]


ANSWERS = (["10", "12", "music", "very_satisfied"], "Ring mig på [telefon]")


@pytest.mark.parametrize("size", [PHONE, SMALL])
def test_every_kind_is_answered_without_sideways_scrolling(link, open_page, axe, no_sideways, size):
    page = open_page(link, size=size)
    for answer in (
        lambda: page.get_by_role("button", name="Mycket nöjd").click(),
        lambda: page.get_by_role("button", name="10", exact=True).click(),
        lambda: (page.get_by_label("Musiken").check(), page.locator(".survey-on").click()),
        lambda: (page.get_by_role("textbox").fill("12"), page.get_by_role("textbox").press("Enter")),
        lambda: (page.locator("textarea").fill("Ring mig på 070-123 45 67"), page.locator(".survey-on").click()),
    ):
        expect(page.locator("h1")).to_be_focused()
        axe(page)
        no_sideways(page)
        targets = page.locator(".survey-target").all()
        assert [box for box in (one.bounding_box() for one in targets) if box["height"] < 44 or box["width"] < 24] == []
        answer()
        page.wait_for_load_state("networkidle")
    axe(page)
    page.locator(".survey-send").click()
    page.wait_for_url("**/s/thanks/**")

    assert stored() == ANSWERS


def test_answers_wait_for_the_network_and_are_sent_once(link, open_page, complaints):
    page = open_page(link, size=PHONE)
    to_last(page)
    page.context.set_offline(True)
    page.locator(".survey-on").click()
    expect(page.locator("#waiting [data-says=waits]")).to_be_visible()
    assert SealedBallot.objects.count() == 0

    page.context.set_offline(False)
    page.wait_for_url("**/s/thanks/**")

    assert stored() == ANSWERS
    assert page.evaluate("localStorage.length") == 0
    assert Invitation.objects.filter(used=True).count() == 1
    complaints.clear()


def test_answers_whose_thanks_were_lost_are_not_sent_twice(link, open_page, complaints):
    page = open_page(link, size=PHONE)
    to_last(page)
    page.locator(".survey-on").click()
    page.locator(".survey-summary").wait_for()
    lost = []

    def lose(route):
        """The first answer gets through, and what the server says does not come back."""
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0))
            route.abort()
        else:
            route.continue_()

    page.route(f"**{link}", lose)
    page.locator(".survey-send").click()
    page.wait_for_url("**/s/thanks/**")

    assert (len(lost), SealedBallot.objects.count()) == (1, 1)
    complaints.clear()


def test_answers_wait_for_a_server_in_trouble(link, open_page, complaints):
    page = open_page(link, size=PHONE)
    to_last(page)
    failed = []

    def fail(route):
        if len(failed) < 2:
            failed.append(1)
            route.fulfill(status=500, body="")
        else:
            route.continue_()

    page.route(f"**{link}", fail)
    page.locator(".survey-on").click()
    expect(page.locator("#waiting [data-says=waits]")).to_be_visible()
    page.wait_for_url("**/s/thanks/**")

    assert stored() == ANSWERS
    complaints.clear()
