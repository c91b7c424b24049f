"""What goes wrong at a door, in a real browser: whatever was on the screen is kept, and sent once."""

import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from django.utils import timezone
from playwright.sync_api import Error, Page, Route, expect

from registrations.checkin.app import views
from registrations.checkin.app.files import door_app
from registrations.checkin.devices.models import Device
from registrations.checkin.devices.services import revoke_device
from registrations.checkin.models import Presence, Scan
from tests import factories
from tests.browser.conftest import PHONE
from tests.browser.door_phone import (
    begin,
    expect_queue,
    invitation,
    kept_by_the_worker,
    nonces,
    pair,
    phone_at,
    ready,
    rows,
    scan_all,
    unless,
    verdict,
)
from tests.door_factories import open_door


@pytest.fixture
def fair(live_server, settings):
    settings.BASE_URL = live_server.url
    event = factories.EventFactory(slug="massan", name="Företagsmässan")
    open_door(event)
    return event


@pytest.fixture
def gate(fair):
    return factories.GateFactory(event=fair, name="Norra entrén")


@pytest.fixture
def codes(fair) -> list[str]:
    return [ticket.code for ticket in factories.TicketFactory.create_batch(40, visitor__event=fair)]


@pytest.fixture
def at_the_door(open_page, gate) -> Callable[..., Page]:
    """``at_the_door()``: a phone that is paired, whose guard has begun."""
    return lambda **options: pair(open_page("/door/", size=PHONE, **options), gate)


def received() -> list[str]:
    return sorted(str(nonce) for nonce in Scan.objects.values_list("nonce", flat=True))


# --- The browser dies ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["any", "in the verdict"])
def test_what_was_shown_survives_the_killing_of_the_browser(moment, playwright, live_server, gate, codes, tmp_path):
    chance = random.Random(4)
    with phone_at(playwright, live_server.url, tmp_path / "profile") as phone:
        pair(phone.go(), gate)
        kept_by_the_worker(phone.page)
        for round_ in range(12):
            # On a slow machine a browser can be dead before it has shown much: then it is started and killed again.
            if round_ >= 4 and len(phone.shown) >= 4:
                break
            if round_:
                ready(phone.go(offline=True))
                assert set(phone.shown) <= set(nonces(phone.page))
                begin(phone.page)
            else:
                phone.context.set_offline(True)
            if moment == "any":
                threading.Timer(chance.uniform(0.1, 1), phone.kill).start()
            else:
                phone.kill_after = len(phone.shown) + chance.randint(1, 8)
            with pytest.raises(Error):
                scan_all(phone.page, codes * 5)
            phone.kill_after = None

        page = phone.go()
        ready(page)
        begin(page)
        expect_queue(page, 0, within=30)

    assert len(phone.shown) >= 4
    assert set(phone.shown) <= set(received())
    admitted = [nonce for nonce, outcome in phone.shown.items() if outcome == "admitted"]
    assert Presence.objects.filter(inside=1).count() >= len(admitted)


# --- The disk is full ------------------------------------------------------------------------------------------------


def test_full_disk_is_told_and_lets_nobody_in_unseen(playwright, live_server, gate, codes, tmp_path):
    with phone_at(playwright, live_server.url, tmp_path / "profile") as phone:
        pair(phone.go(), gate)
        kept_by_the_worker(phone.page)
        phone.context.set_offline(True)
        scan_all(phone.page, codes[:3])
        phone.close()
        # The browser asks seldom how much room there is: it is taken away before the door opens.
        page = phone.start()
        phone.context.set_offline(True)
        quota = phone.context.new_cdp_session(page)
        quota.send("Storage.overrideQuotaForOrigin", {"origin": live_server.url, "quotaSize": 1000})
        page.goto(f"{live_server.url}/door/")
        begin(page)

        assert scan_all(page, codes[3:5]) == ["not_stored", "not_stored"]

        expect(verdict(page)).to_contain_text("Not counted")
        expect(verdict(page)).to_contain_text("no room left")
        expect(page.locator("[data-part=inside]")).to_have_text("3")
        kept = rows(page)
        assert sorted(key for key, _ in kept["records"]) == sorted(phone.shown)
        assert kept["list"] == []  # it can be had again
        assert kept["device"][0][1]["token"]

        phone.close()
        page = phone.go()
        begin(page)
        expect_queue(page, 0)
        # Those who were not counted were not let in: they are let in now.
        assert scan_all(page, codes[:5]) == ["already_in"] * 3 + ["admitted"] * 2
        expect_queue(page, 0)

    assert received() == sorted(phone.shown)
    assert Presence.objects.filter(inside=1).count() == 5


# --- Two tabs --------------------------------------------------------------------------------------------------------


LATER = """(code) => setTimeout(() => {
  const form = document.querySelector('[data-part=typed]');
  form.elements.text.value = code;
  form.requestSubmit();
}, 100)"""


def test_two_tabs_lose_and_double_nothing(at_the_door, codes, complaints):
    first = at_the_door()
    kept_by_the_worker(first)
    first.context.set_offline(True)
    scan_all(first, codes[:3])
    second = first.context.new_page()
    second.goto("/door/")
    expect(second.get_by_role("heading", name="The door is open in another tab")).to_be_visible()

    # Taken over in the middle of the first one's work.
    first.evaluate(LATER, codes[3])
    second.get_by_role("button", name="Go on here").click()
    begin(second)
    expect(first.get_by_role("heading", name="The door is open in another tab")).to_be_visible()
    assert scan_all(second, codes[:6]) == ["already_in"] * 4 + ["admitted"] * 2
    first.get_by_role("button", name="Go on here").click()
    begin(first)
    assert scan_all(first, codes[:7]) == ["already_in"] * 6 + ["admitted"]
    kept = nonces(first)
    first.context.set_offline(False)
    expect_queue(first, 0)

    assert received() == sorted(kept)
    assert len(kept) == 3 + 1 + 6 + 7
    assert Presence.objects.filter(inside=1).count() == 7
    unless("ERR_INTERNET_DISCONNECTED", complaints)


# --- A new version ---------------------------------------------------------------------------------------------------


# One request after the other, so that the old worker has no moment in which nothing is asked.
ASK_ON_AND_ON = """() => {
  (async () => {
    for (;;) await fetch('/api/door/list?since=0&cursor=0').catch(() => {});
  })();
}"""


def look_for_new_version(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then((one) => one.update()).catch(() => null)")


def test_new_version_comes_in_when_nothing_happens_and_the_queue_stays(at_the_door, codes, monkeypatch, complaints):
    page = at_the_door()
    kept_by_the_worker(page)
    page.clock.install()
    page.reload()
    begin(page)
    page.route("**/api/door/**", lambda route: route.abort())
    scan_all(page, codes[:3])
    app = door_app()
    monkeypatch.setattr(views, "door_app", lambda: replace(app, version="second"))

    look_for_new_version(page)
    expect(page.locator("[data-part=update]")).to_be_visible()
    scan_all(page, codes[3:5])
    assert page.evaluate("caches.keys().then((names) => names.length)") == 2
    # The last verdict goes, and then nothing happens for half a minute.
    page.clock.fast_forward(7000)
    page.clock.fast_forward(7000)
    page.evaluate(ASK_ON_AND_ON)
    with page.expect_navigation():
        page.clock.fast_forward(35_000)
    ready(page)
    assert page.evaluate("caches.keys()") == ["torget-door-second"]
    # The guard goes on where they were.
    expect(page.get_by_role("button", name="Type code")).to_be_visible()
    expect_queue(page, 5)
    assert scan_all(page, codes[4:6]) == ["already_in", "admitted"]
    kept = nonces(page)
    page.unroute("**/api/door/**")
    page.clock.run_for(40_000)
    expect_queue(page, 0)

    assert received() == sorted(kept)
    assert len(kept) == 7
    unless("ERR_FAILED", complaints)


def test_update_cut_off_by_a_sign_in_page_leaves_the_old_version_whole(at_the_door, codes, monkeypatch, complaints):
    page = at_the_door()
    version = kept_by_the_worker(page)
    app = door_app()
    # The worker comes, and then the café's network answers for one of its files.
    files = app.files | {"/door/manifest.webmanifest": sha256(b"what should be there").hexdigest()}
    monkeypatch.setattr(views, "door_app", lambda: replace(app, version="third", files=files))

    look_for_new_version(page)
    page.wait_for_timeout(2000)
    page.context.set_offline(True)
    page.reload()
    begin(page)

    assert page.evaluate("caches.keys()") == [f"torget-door-{version}"]
    assert scan_all(page, codes[:2]) == ["admitted", "admitted"]
    expect_queue(page, 2)
    page.context.set_offline(False)
    expect_queue(page, 0)
    assert len(received()) == 2
    unless("ERR_INTERNET_DISCONNECTED|what it should be|Failed to update", complaints)


# --- Between the phone and the server --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        {"content_type": "text/html", "body": "<h1>Sign in to Café</h1>"},
        {"status": 500, "content_type": "application/json", "body": "{}"},
        {"status": 502, "content_type": "text/html", "body": "<h1>Bad Gateway</h1>"},
        {"content_type": "application/json", "body": '{"login": "needed"}'},
        {"status": 401, "content_type": "application/json", "body": '{"detail": "sign in"}'},
        {"status": 302, "headers": {"Location": "/door/"}},
    ],
    ids=["captive portal", "500", "502", "JSON of somebody else's", "401 of somebody else's", "redirect"],
)
def test_what_is_not_torget_s_answer_confirms_nothing(answer, at_the_door, codes, complaints):
    page = at_the_door()
    page.route("**/api/door/**", lambda route: route.fulfill(**answer))

    assert scan_all(page, codes[:4]) == ["admitted"] * 4
    expect_queue(page, 4)
    expect(page.locator("[data-part=online]")).to_have_text("Offline")
    assert scan_all(page, codes[3:6]) == ["already_in", "admitted", "admitted"]
    kept = nonces(page)
    page.unroute("**/api/door/**")
    expect_queue(page, 0, within=40)

    assert received() == sorted(kept)
    assert Presence.objects.filter(inside=1).count() == 6
    unless("responded with a status of|ERR_FAILED|Failed to load", complaints)


def test_answers_that_are_lost_after_the_commit_double_nothing(at_the_door, codes, complaints):
    page = at_the_door()
    lost = []

    def lose(route: Route) -> None:
        if len(lost) >= 3:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    page.route("**/api/door/scans", lose)
    scan_all(page, codes[:5])
    expect_queue(page, 0, within=40)

    assert lost == [200, 200, 200]
    assert len(received()) == 5
    assert list(Presence.objects.values_list("inside", "came").distinct()) == [(1, 1)]
    assert scan_all(page, codes[:1]) == ["already_in"]
    unless("ERR_FAILED", complaints)


# --- The device ends -------------------------------------------------------------------------------------------------


def take_away() -> None:
    revoke_device(device=Device.objects.get(), by=factories.UserFactory(), at=timezone.now())


def let_expire() -> None:
    now = timezone.now()
    Device.objects.update(paired_at=now - timedelta(hours=2), ends_at=now - timedelta(hours=1))


def forget_altogether() -> None:
    Device.objects.all().delete()


@pytest.mark.parametrize(
    ("finish", "says"),
    [
        (take_away, "The phone has left the door"),
        (let_expire, "The time is up"),
        (forget_altogether, "The phone is not known"),
    ],
    ids=["revoked", "expired", "unknown"],
)
def test_phone_that_has_ended_forgets_all_but_what_was_not_sent(finish, says, at_the_door, gate, codes, complaints):
    page = at_the_door()
    page.route("**/api/door/scans", lambda route: route.abort())
    scan_all(page, codes[:3])
    before = rows(page)
    token = before["device"][0][1]["token"]
    assert before["list"]
    finish()
    page.unroute("**/api/door/scans")

    expect(page.locator("[data-part=ended-title]")).to_contain_text(says, timeout=40_000)
    expect(page.locator("[data-part=ended-left-text]")).to_contain_text("3 scans have not been sent")
    after = rows(page)
    assert (after["device"], after["list"]) == ([], [])
    assert after["records"] == before["records"]
    seals = [seal for key, part in before["list"] if key.startswith("entries") for seal in part.split()]
    assert seals
    for secret in [token, *seals]:
        assert secret not in str(after)
    page.get_by_role("button", name="Take it to the desk").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save as a file").click()
    assert '"format":"torget.door-export/1"' in download.value.path().read_text()

    page.goto("about:blank")
    page.goto(invitation(gate).url)
    ready(page)
    begin(page)
    expect_queue(page, 0)
    assert received() == sorted(key for key, _ in before["records"])
    assert scan_all(page, codes[:1]) == ["already_in"]
    unless("ERR_FAILED|status of 401", complaints)
