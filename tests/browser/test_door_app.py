"""The door's app itself: it becomes a device, works without a network, takes a new version, speaks two languages."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from registrations.checkin.app import views
from registrations.checkin.app.files import door_app
from registrations.checkin.devices.models import Device, Pairing
from registrations.checkin.devices.services import Invitation, pair_device, revoke_device
from registrations.checkin.models import Scan
from registrations.tickets.codes import spoken
from tests import factories
from tests.browser.camera import film_of
from tests.browser.conftest import PHONE
from tests.browser.door_phone import ENGLISH, check, kept_by_the_worker, outcomes, verdict
from tests.browser.door_phone import begin as start

# --- Becoming a device -----------------------------------------------------------------------------------------------


def test_link_pairs_and_leaves_the_address_bar(at_the_door, axe):
    page = at_the_door(begin=False)

    assert page.url.endswith("/door/")
    for part, text in (("name", "Veras telefon"), ("gate", "Norra entrén"), ("event", "Företagsmässan")):
        expect(page.locator(f"[data-part=paired-{part}]")).to_have_text(text)
    axe(page)
    page.reload()
    expect(page.get_by_role("button", name="Start scanning")).to_be_visible()
    assert Device.objects.count() == 1


def take_up(invitation: Invitation) -> None:
    pair_device(secret=invitation.secret, token="x" * 43, at=timezone.now())


def grow_old(invitation: Invitation) -> None:
    now = timezone.now()
    times = {"made_at": now - timedelta(minutes=20), "expires_at": now - timedelta(minutes=10)}
    Pairing.objects.filter(pk=invitation.pairing.pk).update(**times)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (take_up, "Another phone has used this code"),
        (grow_old, "more than ten minutes old"),
        (lambda invitation: invitation.pairing.delete(), "There is no such code"),
    ],
    ids=["used", "old", "unknown"],
)
def test_refused_pairing_says_what_to_do(spoil, says, open_page, invite, axe, complaints):
    invitation = invite()
    spoil(invitation)
    page = open_page("/door/", size=PHONE)
    page.evaluate(ENGLISH)
    page.reload()
    page.get_by_label("I have a code").fill(invitation.url)
    page.get_by_role("button", name="Connect").click()

    expect(page.locator("[data-part=pair-fault]")).to_contain_text(says)
    expect(page.locator("[data-part=pair-fault]")).to_contain_text("Ask the desk for a new one")
    axe(page)
    complaints[:] = [text for text in complaints if "status of 404" not in text]


def test_pairing_without_a_network_is_tried_again_with_the_same_code(open_page, invite, complaints):
    page = open_page("/door/", size=PHONE)
    page.evaluate(ENGLISH)
    page.reload()
    page.locator("html[data-ready=true]").wait_for()
    page.context.set_offline(True)
    page.get_by_label("I have a code").fill(invite().url)
    page.get_by_role("button", name="Connect").click()
    expect(page.locator("[data-part=pair-fault]")).to_contain_text("No contact with Torget")

    page.context.set_offline(False)
    page.get_by_role("button", name="Connect").click()

    expect(page.get_by_role("heading", name="Connected")).to_be_visible()
    complaints[:] = [text for text in complaints if "ERR_INTERNET_DISCONNECTED" not in text]


def test_desk_s_code_is_scanned_with_the_phone_s_own_camera(open_page, invite, camera_browser, tmp_path):
    film = film_of(invite().url, tmp_path / "pairing.mjpeg", module_px=6)
    page = open_page("/door/", size=PHONE, browser=camera_browser(film))
    page.evaluate(ENGLISH)
    page.reload()
    page.get_by_role("button", name="Scan the desk's code").click()

    expect(page.get_by_role("heading", name="Connected")).to_be_visible()


def test_revoked_phone_says_so_forgets_and_offers_what_was_not_sent(at_the_door, ticket, axe, complaints):
    page = at_the_door()
    page.route("**/api/door/scans", lambda route: route.abort())
    check(page, ticket.code)
    expect(page.locator("[data-part=queue]")).to_have_attribute("data-count", "1")
    revoke_device(device=Device.objects.get(), by=factories.UserFactory(), at=timezone.now())
    page.unroute("**/api/door/scans")

    expect(page.get_by_role("heading", name="The phone has left the door")).to_be_visible(timeout=20_000)
    expect(page.locator("[data-part=ended-left-text]")).to_contain_text("1 scan has not been sent")
    axe(page)
    page.get_by_role("button", name="Take it to the desk").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save as a file").click()
    text = download.value.path().read_text()
    assert '"format":"torget.door-export/1"' in text
    assert "Åsa" not in text
    assert ticket.code not in text
    expect(page.get_by_role("img", name="QR")).to_be_visible()
    axe(page)
    complaints[:] = [text for text in complaints if "ERR_FAILED" not in text and "status of 401" not in text]


# --- Without a network -----------------------------------------------------------------------------------------------


def test_app_starts_without_a_network_answers_and_sends_when_it_is_back(at_the_door, ticket, complaints):
    page = at_the_door()
    assert kept_by_the_worker(page) == door_app().version
    page.context.set_offline(True)
    page.reload()
    page.locator("html[data-ready=true]").wait_for()
    start(page)

    check(page, spoken(ticket.code).lower())
    expect(verdict(page)).to_have_attribute("data-outcome", "admitted")
    expect(verdict(page)).to_contain_text("Åsa Öberg")
    page.keyboard.press("Escape")
    expect(page.locator("[data-part=queue]")).to_have_attribute("data-count", "1")
    expect(page.locator("[data-part=online]")).to_have_text("Offline")
    check(page, ticket.code)
    expect(verdict(page)).to_have_attribute("data-outcome", "already_in")
    page.reload()
    page.locator("html[data-ready=true]").wait_for()
    page.context.set_offline(False)
    start(page)

    expect(page.locator("[data-part=queue]")).to_have_attribute("data-count", "0", timeout=20_000)
    assert outcomes() == ["admitted", "already_in"]
    complaints[:] = [text for text in complaints if "ERR_INTERNET_DISCONNECTED" not in text]


def test_new_version_is_taken_when_the_guard_says_so_and_keeps_the_queue(at_the_door, ticket, monkeypatch, complaints):
    page = at_the_door()
    kept_by_the_worker(page)
    page.route("**/api/door/scans", lambda route: route.abort())
    check(page, ticket.code)
    page.keyboard.press("Escape")
    expect(page.locator("[data-part=queue]")).to_have_attribute("data-count", "1")
    app = door_app()
    monkeypatch.setattr(views, "door_app", lambda: replace(app, version="second"))

    page.evaluate("navigator.serviceWorker.ready.then((registration) => registration.update())")
    expect(page.locator("[data-part=update]")).to_be_visible()
    page.get_by_role("button", name="Change now").click()

    page.locator("html[data-ready=true]").wait_for()
    # The guard goes on where they were.
    expect(page.get_by_role("button", name="Type code")).to_be_visible()
    expect(page.locator("[data-part=update]")).to_be_hidden()
    assert page.evaluate("caches.keys()") == ["torget-door-second"]
    expect(page.locator("[data-part=queue]")).to_have_attribute("data-count", "1")
    page.unroute("**/api/door/scans")
    expect(page.locator("[data-part=queue]")).to_have_attribute("data-count", "0", timeout=20_000)
    assert outcomes() == ["admitted"]
    complaints[:] = [text for text in complaints if "ERR_FAILED" not in text]


def test_somebody_else_s_page_never_takes_a_file_s_place(at_the_door, ticket, monkeypatch, complaints):
    page = at_the_door()
    version = kept_by_the_worker(page)
    app = door_app()
    # A café's network answers to everything with its sign-in page: here, the address of one file does.
    files = app.files | {"/": sha256(b"what should be there").hexdigest()}
    monkeypatch.setattr(views, "door_app", lambda: replace(app, version="third", files=files))
    page.route("**/api/door/**", lambda route: route.fulfill(content_type="text/html", body="<h1>Sign in to Café</h1>"))

    update = """navigator.serviceWorker.ready.then((registration) => registration.update()).then((registration) => {
        const worker = registration.installing;
        return worker && new Promise((done) => worker.addEventListener("statechange", () => done(worker.state)));
    })"""
    assert page.evaluate(update) == "redundant"
    assert page.evaluate("caches.keys()") == [f"torget-door-{version}"]
    check(page, ticket.code)
    expect(verdict(page)).to_have_attribute("data-outcome", "admitted")
    expect(page.locator("[data-part=queue]")).to_have_attribute("data-count", "1")
    page.unroute("**/api/door/**")
    page.reload()
    start(page)
    expect(page.locator("[data-part=queue]")).to_have_attribute("data-count", "0", timeout=20_000)
    assert outcomes() == ["admitted"]


def test_second_tab_says_so_and_takes_over_when_asked(at_the_door, ticket):
    page = at_the_door()
    other = page.context.new_page()
    other.goto("/door/")
    expect(other.get_by_role("heading", name="The door is open in another tab")).to_be_visible()

    other.get_by_role("button", name="Go on here").click()

    start(other)
    check(other, ticket.code)
    expect(verdict(other)).to_have_attribute("data-outcome", "admitted")
    expect(page.get_by_role("heading", name="The door is open in another tab")).to_be_visible()


# --- Practice, language, the shell -----------------------------------------------------------------------------------


def test_practice_without_a_pairing_touches_nothing(open_page, fair, axe, no_sideways):
    page = open_page("/door/", size=PHONE)
    page.evaluate(ENGLISH)
    page.reload()
    page.get_by_role("button", name="Practise").click()
    expect(page.locator("[data-part=practice]")).to_contain_text("PRACTICE")
    axe(page)
    no_sideways(page)

    for name, outcome in (("Visitor", "admitted"), ("Visitor", "already_in"), ("Cancelled", "cancelled")):
        page.get_by_role("group", name="Practice tickets").get_by_role("button", name=name).click()
        expect(verdict(page)).to_have_attribute("data-outcome", outcome)
        expect(verdict(page)).to_contain_text("PRACTICE")
        page.keyboard.press("Escape")
    page.get_by_role("button", name="End practice").click()

    expect(page.get_by_label("I have a code")).to_be_visible()
    assert not Scan.objects.exists()


def test_language_is_chosen_on_the_phone_and_remembered_without_a_network(at_the_door, complaints):
    page = at_the_door()
    kept_by_the_worker(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Svenska").click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")

    page.reload()
    page.locator("html[data-ready=true]").wait_for()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    page.locator("[data-view=paired]").get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Connected")).to_be_visible()
    complaints[:] = [text for text in complaints if "ERR_INTERNET_DISCONNECTED" not in text]


def test_shell_is_the_same_for_everybody_and_holds_no_cookie(client, organiser_client, fair):
    shell, other = client.get("/door/"), organiser_client(fair).get("/door/", headers={"accept-language": "en"})

    assert shell.content == other.content
    assert not shell.cookies
    assert "csrf" not in shell.content.decode().lower()
    assert shell["Permissions-Policy"].startswith("camera=(self)")
    assert "script-src 'self' 'wasm-unsafe-eval'" in shell["Content-Security-Policy"]
