"""A director on a phone: the year at a glance, on to the document; and a frozen version by a link, until it ends."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from events.access.models import Role
from surveys.followup.frozen.models import ShareLink
from surveys.followup.frozen.shares import make_share_link
from tests import factories
from tests.browser.conftest import DESK, PHONE
from tests.surveys.followup.frozen.example import Example, freeze, make_example


@pytest.fixture
def example(db) -> Example:
    return make_example()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_director_reads_the_year_on_a_phone_and_goes_on_to_the_document(open_page, axe, no_sideways, example, scheme):
    director = factories.UserFactory()
    factories.grant(director, Role.READER, area=example.plan.area)
    factories.ActivityFactory(plan=example.plan, year=2019, title="Kartan", status="delayed")
    address = reverse("surveys:directors", args=[example.plan.pk, 2019])
    page = open_page(address, user=director, size=PHONE, color_scheme=scheme)

    expect(page.get_by_role("heading", name="Försenat")).to_be_visible()
    expect(page.get_by_role("link", name="Kartan").first).to_be_visible()
    expect(page.get_by_text("76,1")).to_be_visible()
    axe(page)
    no_sideways(page)
    page.get_by_role("link", name="Läs uppföljningen för 2019").click()

    expect(page.get_by_role("heading", level=1, name="Uppföljning 2019")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Lund", exact=True)).to_be_visible()
    axe(page)
    no_sideways(page)


def test_organiser_shares_a_version_that_opens_without_signing_in_until_it_is_revoked(
    open_page, axe, no_sideways, example
):
    organiser = factories.UserFactory()
    factories.grant(organiser, Role.EDITOR, area=example.plan.area)
    frozen = freeze(example.plan, by=organiser)
    desk = open_page(
        reverse("surveys:share-links", args=[example.plan.pk, 2019, frozen.number]), user=organiser, size=DESK
    )
    desk.get_by_label("För vem").fill("Direktörsgruppen")
    desk.get_by_label("Sista dag").fill(f"{timezone.localdate() + timedelta(days=7):%Y-%m-%d}")
    desk.get_by_role("button", name="Gör en länk").click()
    shown = desk.locator(".frozen-address").inner_text()
    axe(desk)
    path = shown[shown.index("/f/") :]

    phone = open_page(path, size=PHONE)
    expect(phone.get_by_role("heading", level=1, name="Uppföljning 2019")).to_be_visible()
    expect(phone.get_by_text("54 av 71 svarande").first).to_be_visible()
    axe(phone)
    no_sideways(phone)
    with phone.expect_download() as paper:
        phone.get_by_role("link", name="PDF").click()
    assert paper.value.suggested_filename.endswith("-2019-1.pdf")

    desk.get_by_role("button", name="Dra tillbaka länken").click()
    expect(desk.get_by_text("Länken fungerar inte längre")).to_be_visible()
    phone.reload()

    expect(phone.get_by_role("heading", level=1, name="Länken fungerar inte")).to_be_visible()
    axe(phone)


def test_link_ends_with_its_last_day(open_page, example):
    organiser = factories.UserFactory()
    frozen = freeze(example.plan, by=organiser)
    _link, token = make_share_link(
        frozen=frozen, whom="Direktörerna", ends_on=timezone.localdate(), by=organiser, at=timezone.now()
    )
    page = open_page(reverse("surveys:shared", args=[token]), size=PHONE)
    expect(page.get_by_role("heading", level=1, name="Uppföljning 2019")).to_be_visible()

    ShareLink.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    page.reload()

    expect(page.get_by_role("heading", level=1, name="Länken fungerar inte")).to_be_visible()
