"""A company is moved on the floor plan: dragged, or pressed and then the stand; shown first, then kept."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.access.models import Role
from registrations.placement.instances import exhibitor_id, stand_id
from registrations.placement.models import StandProposal
from tests import factories
from tests.browser.conftest import PHONE
from tests.registrations.placement.floors import a_fair, an_exhibitor, four_stands, ready_proposal


@pytest.fixture
def floor(settings):
    """Alfa on A1 and Beta on A2 in proposal 1; A3 and A4 are free."""
    settings.ORGANISERS_NEED_MFA = False
    now = timezone.now()
    start = now + timedelta(days=30)
    window = {"registration_opens_at": now - timedelta(days=5), "registration_closes_at": now + timedelta(days=5)}
    event = a_fair(starts_at=start, ends_at=start + timedelta(hours=7), **window)
    stands = four_stands(event)
    companies = [an_exhibitor(event, name) for name in ("Alfa AB", "Beta AB")]
    ready_proposal(event, dict(zip(companies, stands, strict=False)))
    person = factories.UserFactory()
    factories.grant(person, Role.ORGANISER, event=event)
    return event, stands, companies, person


def middle(page, stand) -> tuple[float, float]:
    box = page.locator(f'[data-stand="{stand_id(stand.pk)}"]').bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_company_is_dragged_to_a_free_stand_and_the_move_kept(open_page, complaints, floor):
    event, stands, companies, person = floor
    page = open_page(f"/e/{event.slug}/manage/stand-allocation/1/", user=person)
    page.locator("#floor").scroll_into_view_if_needed()
    page.mouse.move(*middle(page, stands[0]))
    page.mouse.down()
    page.mouse.move(*middle(page, stands[3]), steps=5)
    page.mouse.up()

    page.wait_for_url("**/adjust/?*")
    expect(page.locator("#effect")).to_be_visible()
    assert StandProposal.objects.count() == 1
    page.locator('form[method="post"] button.btn-primary').click()
    page.wait_for_url("**/stand-allocation/2/")

    made = StandProposal.objects.get(number=2)
    assert made.arrangement[exhibitor_id(companies[0].pk)] == stand_id(stands[3].pk)
    assert complaints == []


def test_on_a_phone_a_company_is_pressed_and_then_the_stand(open_page, complaints, floor):
    event, stands, _companies, person = floor
    page = open_page(
        f"/e/{event.slug}/manage/stand-allocation/1/adjust/", user=person, size=PHONE, has_touch=True, is_mobile=True
    )
    page.locator(f'[data-stand="{stand_id(stands[0].pk)}"]').tap()
    page.locator(f'[data-stand="{stand_id(stands[1].pk)}"]').tap()

    page.wait_for_url("**/adjust/?*")
    expect(page.locator("#effect")).to_be_visible()
    assert complaints == []


def test_without_javascript_the_lists_do_the_same(open_page, complaints, floor):
    event, stands, companies, person = floor
    page = open_page(f"/e/{event.slug}/manage/stand-allocation/1/adjust/", user=person, java_script_enabled=False)
    page.select_option("#id_exhibitor", exhibitor_id(companies[0].pk))
    page.select_option("#id_stand", stand_id(stands[2].pk))
    page.locator("form.finder button").click()

    expect(page.locator("#effect")).to_be_visible()
    page.locator('form[method="post"] button.btn-primary').click()
    expect(page).to_have_url(re.compile("/stand-allocation/2/$"))
    assert StandProposal.objects.get(number=2).arrangement[exhibitor_id(companies[0].pk)] == stand_id(stands[2].pk)
    assert complaints == []
