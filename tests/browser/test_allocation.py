"""The organiser asks for a proposal, follows it, looks at it and publishes it; with scripts and without."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from events.nights.models import ShareBasis
from registrations.allocation import running
from registrations.allocation.instances import build_instance
from registrations.allocation.models import Proposal, ProposalState
from registrations.bookings.models import SchoolClass
from registrations.bookings.states import ClassState
from tests import factories
from tests import night_factories as nf
from tests.browser.conftest import DESK, PHONE
from tests.registrations.allocation.solutions import measures_of, solution_of
from tests.registrations.bookings.real_clock import evening

ROOM = "/e/natten/manage/allocation/"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def night():
    night = evening(event__slug="natten", event__name="Industrinatten", places=30, share_basis=ShareBasis.EQUAL)
    nf.WaveFactory(night=night, name="Tidigt", starts_at=night.event.starts_at, capacity=30)
    nf.StationFactory.create_batch(3, night=night)
    for label in ("9A", "9B"):
        nf.SchoolClassFactory(booking__night=night, label=label, pupils=20)
    return night


@pytest.fixture
def organiser(night):
    person = factories.UserFactory()
    factories.grant(person, "organiser", event=night.event)
    return person


def begin(number: int = 1) -> Proposal:
    """What the worker does first: the run has begun and has something to tell."""
    row = Proposal.objects.get(number=number)
    running.start(pk=row.pk, at=timezone.now())
    levels = {"schools_with_place": {"value": 1, "bound": 2, "step": 1}}
    tell(row, {"level": "schools_with_place", "step": 1, "steps": 6, "seconds": 1, "levels": levels})
    return row


def tell(row: Proposal, progress: dict) -> None:
    running.beat(pk=row.pk, progress=progress, at=timezone.now())


def end(row: Proposal) -> None:
    """What the worker does last: the first class gets the place."""
    instance = build_instance(row.night)
    solution = solution_of(instance, {instance["groups"][0]["id"]: instance["waves"][0]["id"]})
    running.finish(
        pk=row.pk,
        solution=solution,
        baselines={"first_come": solution},
        measures=measures_of(instance, solution),
        at=timezone.now(),
    )


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_from_the_question_to_the_letters(size, night, organiser, open_page, axe, no_sideways):
    page = open_page(ROOM, user=organiser, size=size, language="en")

    def look() -> None:
        axe(page)
        no_sideways(page)

    look()
    page.get_by_label("15 seconds").check()
    page.get_by_role("button", name="Make a proposal").click()
    expect(page.get_by_text("Waits to start")).to_be_visible()
    row = begin()
    expect(page.locator(".run-now")).to_contain_text("Level 1 of 6")
    expect(page.get_by_text("at best 2")).to_be_visible()
    look()
    end(row)
    expect(page.get_by_role("heading", name="Against first come, first served")).to_be_visible()
    look()
    find_nine_b(page)
    page.goto(f"{ROOM}1/")
    page.get_by_role("link", name="Publish…").click()
    expect(page.get_by_text("1 class gets a place")).to_be_visible()
    look()
    page.get_by_role("button", name="Publish and send the letters").click()
    expect(page.locator("#messages")).to_contain_text("Published")
    assert SchoolClass.objects.filter(state=ClassState.OFFERED).count() == 1


def find_nine_b(page: Page) -> None:
    """Search without leaving the page."""
    page.get_by_label("Search").fill("9B")
    page.keyboard.press("Enter")
    expect(page.locator("#classes tbody tr")).to_have_count(1)
    expect(page.locator("#classes tbody")).to_contain_text("No place")


def test_a_level_is_said_once_to_a_screen_reader(night, organiser, open_page):
    row = nf.ProposalFactory(night=night, number=1)
    begin()
    page = open_page(f"{ROOM}1/", user=organiser, language="en")
    said = page.locator("#progress-said")
    page.evaluate(
        """() => { window.said = []; const node = document.querySelector("#progress-said");
        new MutationObserver(() => window.said.push(node.textContent)).observe(node, {childList: true}); }"""
    )

    tell(row, {"level": "pupils_placed", "step": 3, "steps": 6, "seconds": 2, "levels": {}})
    expect(said).to_contain_text("Level 3 of 6")
    page.wait_for_timeout(2500)

    assert len(page.evaluate("window.said")) == 1


def test_a_run_is_stopped(night, organiser, open_page):
    nf.ProposalFactory(night=night, number=1)
    begin()
    page = open_page(f"{ROOM}1/", user=organiser, language="en")

    page.get_by_role("button", name="Stop with the best so far").click()

    expect(page.get_by_text("Stopping with the best so far")).to_be_visible()
    assert Proposal.objects.get().stop_wanted


def test_without_scripts_the_page_is_loaded_again_by_hand(night, organiser, open_page):
    nf.ProposalFactory(night=night, number=1, instance=build_instance(night))
    row = begin()
    page = open_page(f"{ROOM}1/", user=organiser, language="en", java_script_enabled=False)
    expect(page.locator(".run-now")).to_contain_text("Level 1 of 6")

    end(row)
    page.get_by_role("link", name="Load the page again").click()

    expect(page.get_by_role("heading", name="Against first come, first served")).to_be_visible()


def test_a_lost_run_says_so_by_itself(night, organiser, open_page, axe):
    nf.ProposalFactory(night=night, number=1)
    row = begin()
    page = open_page(f"{ROOM}1/", user=organiser, language="en")

    Proposal.objects.filter(pk=row.pk).update(beat_at=timezone.now() - timedelta(minutes=2))

    expect(page.get_by_role("button", name="Make it again")).to_be_visible()
    assert Proposal.objects.get().state == ProposalState.FAILED
    axe(page)
