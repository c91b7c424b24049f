"""The tasks of an exhibitor from both sides: answered on a phone, lacking ones reminded of at the desk."""

from datetime import timedelta

from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from events.access.models import Role
from registrations.tasks.models import PowerAnswer, TaskLetter, Tick
from registrations.tasks.states import TaskKind
from tests import factories
from tests.browser.conftest import PHONE
from tests.task_factories import a_task, an_exhibitor


def test_company_answers_and_the_organiser_reminds_those_who_have_not(
    open_page, axe, no_sideways, work, settings, organiser
):
    settings.ORGANISERS_NEED_MFA = False
    at, today = timezone.now(), timezone.localdate()
    event = factories.EventFactory(
        registration_opens_at=at - timedelta(days=9),
        registration_closes_at=at - timedelta(days=1),
        starts_at=at + timedelta(days=30),
        ends_at=at + timedelta(days=30, hours=7),
    )
    a_task(event, TaskKind.POWER, due_on=today - timedelta(days=2))
    a_task(event, name="Skicka brandintyg", due_on=today + timedelta(days=9), position=1)
    ready, late = (an_exhibitor(event, organisation__name=name) for name in ("Alfa AB", "Beta AB"))
    person = factories.MembershipFactory(organisation=ready.organisation).user

    # The company: the yellow box leads to what is late, the rest is ticked off on its own page.
    page = open_page(reverse("registrations:own-exhibitor", args=[ready.pk]), user=person, size=PHONE)
    page.locator(".next-step .btn-next").click()
    page.locator("[name=needs_power][value=True]").check()
    page.locator("[name=what]").fill("Två skärmar")
    page.locator("[name=watts]").fill("600")
    page.locator("main form button[type=submit]").first.click()
    page.locator("[name=outlets].is-invalid").fill("3")
    axe(page)
    page.locator("main form button[type=submit]").first.click()
    page.locator(".task-list form button").click()
    page.locator(".task-list input[name=back]").wait_for(state="attached")
    no_sideways(page)
    axe(page)
    assert (PowerAnswer.objects.get().outlets, Tick.objects.get().exhibitor) == (3, ready)

    # The organiser: all are ticked, the letter is read, one company is written to and one left out.
    factories.grant(organiser, Role.ORGANISER, event=event)
    desk = open_page(reverse("registrations:task-table", args=[event.slug]), user=organiser)
    desk.locator("[data-bulk-all]").check()
    expect(desk.locator("[data-bulk-count]")).to_have_text("(2)")
    desk.locator("[data-bulk] button").click()
    expect(desk.locator("input[name=chosen]")).to_have_count(1)
    desk.locator("[name=message]").fill("Vi beställer el i morgon.")
    desk.locator("button[name=look]").click()
    expect(desk.locator(".task-letter")).to_contain_text("Vi beställer el i morgon.")
    assert not TaskLetter.objects.exists()
    axe(desk)
    desk.locator("main form button:not([name])").click()
    desk.locator("table").wait_for()

    assert TaskLetter.objects.get().exhibitor == late
    work()
    assert "Vi beställer el i morgon." in mail.outbox[0].body
