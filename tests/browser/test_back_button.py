"""Back is a page, never the piece of one that a search fetched."""

from django.urls import reverse
from playwright.sync_api import expect

from events.access.models import Role
from tests import factories


def test_back_to_a_search_shows_the_whole_page(open_page):
    organiser = factories.UserFactory(name="Olle Organisatör")
    event = factories.EventFactory()
    factories.grant(organiser, Role.ORGANISER, event=event)
    factories.ExhibitorFactory(event=event, organisation__name="Bageriet AB")
    factories.ExhibitorFactory(event=event, organisation__name="Kuggverket AB")
    page = open_page(reverse("registrations:exhibitor-list", args=[event.slug]), user=organiser)
    page.locator("#applications input[type=search]").fill("Kugg")
    page.locator("#applications input[type=search]").press("Enter")
    page.wait_for_url("**q=Kugg**")
    page.get_by_text("Bageriet AB").wait_for(state="detached")

    page.locator("[data-rooms] a").first.click()
    page.wait_for_url("**/manage/")
    page.go_back()

    page.wait_for_url("**q=Kugg**")
    page.locator("#applications").get_by_text("Kuggverket AB").first.wait_for()
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("header").first).to_be_visible()
    expect(page.get_by_text("Bageriet AB")).to_have_count(0)
