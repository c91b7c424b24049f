"""Clocks that are wrong, and hours that pass: what reaches the server has the true times and the true order."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from registrations.checkin.models import Presence, Scan
from tests import factories
from tests.browser.conftest import PHONE
from tests.browser.door_phone import begin, expect_queue, kept_by_the_worker, pair, scan_all, unless
from tests.door_factories import open_door

# The phone's clock, as far from the true one as we like.
WRONG_CLOCK = """(() => {
  if (!location.protocol.startsWith('http')) return;
  const TrueDate = Date;
  let wrong = Number(localStorage.getItem('test-wrong') ?? %d);
  window.setClock = (ms) => localStorage.setItem('test-wrong', (wrong = ms));
  window.Date = class extends TrueDate {
    constructor(...given) { given.length ? super(...given) : super(TrueDate.now() + wrong); }
    static now() { return TrueDate.now() + wrong; }
  };
})()"""
HOUR = timedelta(hours=1)


@pytest.fixture
def fair(live_server, settings):
    settings.BASE_URL = live_server.url
    event = factories.EventFactory(slug="massan", name="Företagsmässan")
    open_door(event)
    return event


@pytest.fixture
def codes(fair) -> list[str]:
    return [ticket.code for ticket in factories.TicketFactory.create_batch(8, visitor__event=fair)]


@pytest.fixture
def at_the_door(open_page, fair) -> Callable[..., Page]:
    gate = factories.GateFactory(event=fair, name="Norra entrén")

    def go(script: str = "", **options) -> Page:
        page = open_page("about:blank", size=PHONE, **options)
        if script:
            page.add_init_script(script)
        page.goto("/door/")
        return pair(page, gate)

    return go


def times_off(scans: list[Scan], happened: list[datetime]) -> list[float]:
    """How many seconds each is off."""
    return [abs((scan.happened_at - at).total_seconds()) for scan, at in zip(scans, happened, strict=True)]


@pytest.mark.parametrize("hours", [3, -3])
def test_clock_three_hours_wrong_is_put_right(hours, at_the_door, codes, complaints):
    page = at_the_door(WRONG_CLOCK % (hours * 3_600_000))
    kept_by_the_worker(page)
    happened = []

    def scan(code: str) -> None:
        assert scan_all(page, [code]) == ["admitted"]
        happened.append(timezone.now())
        page.wait_for_timeout(1200)

    scan(codes[0])
    page.context.set_offline(True)
    scan(codes[1])
    # Somebody puts the clock right in the middle of it, and not quite.
    page.evaluate("setClock(60_000)")
    scan(codes[2])
    # After a start without a network the clock is as far off as it was known to be.
    page.evaluate(f"setClock({hours * 3_600_000})")
    page.reload()
    begin(page)
    scan(codes[3])
    page.context.set_offline(False)
    expect_queue(page, 0, within=40)

    scans = list(Scan.objects.order_by("happened_at"))
    assert [scan.ticket.code for scan in scans] == codes[:4]
    assert max(times_off(scans, happened)) < 3
    device = [abs((scan.device_at - scan.happened_at).total_seconds()) for scan in scans]
    assert min(device[0], device[1], device[3]) > 3 * 3600 - 60
    unless("ERR_INTERNET_DISCONNECTED", complaints)


def test_hour_when_clocks_go_back_keeps_the_order(at_the_door, codes, monkeypatch, complaints):
    # 02:30 comes twice that night: summer time ends in Stockholm at 03:00, which is 01:00 UTC.
    begins = datetime(2027, 10, 31, 0, 20, tzinfo=UTC)
    true_now, passed = timezone.now, [begins - timezone.now()]
    monkeypatch.setattr(timezone, "now", lambda: true_now() + passed[0])
    page = at_the_door(timezone_id="Europe/Stockholm")
    page.clock.install(time=timezone.now())
    page.reload()
    begin(page)
    happened = []

    def wait(minutes: int) -> None:
        passed[0] += timedelta(minutes=minutes)
        page.clock.fast_forward(minutes * 60_000)

    for number in range(4):
        assert scan_all(page, [codes[number]]) == ["admitted"]
        happened.append(timezone.now())
        if number == 0:
            # Nothing may be under way while the two clocks are moved one after the other: its answer would be told
            # by one hour's clock and heard by the other's.
            expect_queue(page, 0)
            page.route("**/api/door/**", lambda route: route.abort())
            page.wait_for_timeout(2000)
        wait(25)
    # Once more the first of them, an hour and forty minutes later.
    assert scan_all(page, codes[:1]) == ["already_in"]
    wait(1)
    page.unroute("**/api/door/**")
    expect_queue(page, 0, within=90)

    scans = list(Scan.objects.order_by("happened_at"))
    assert [scan.ticket.code for scan in scans] == [*codes[:4], codes[0]]
    assert [scan.outcome for scan in scans] == ["admitted"] * 4 + ["already_in"]
    assert max(times_off(scans[:4], happened)) < 5
    assert all(
        later.happened_at - earlier.happened_at > 20 * timedelta(minutes=1) for earlier, later in pairwise(scans)
    )
    assert begins < scans[0].happened_at < begins + HOUR
    unless("ERR_FAILED", complaints)


def test_half_an_hour_without_a_server_is_sent_by_itself(at_the_door, codes, complaints):
    page = at_the_door()
    page.clock.install()
    page.reload()
    begin(page)
    page.route("**/api/door/**", lambda route: route.abort("connectionrefused"))

    for number, code in enumerate(codes[:6]):
        assert scan_all(page, [code]) == ["admitted"]
        expect_queue(page, number + 1)
        page.clock.run_for(5 * 60_000)
    expect(page.locator("[data-part=online]")).to_have_text("Offline")
    expect(page.locator("[data-part=queue]")).to_have_text("6 to send")
    assert not Scan.objects.exists()
    page.unroute("**/api/door/**")
    # Nobody touches anything; the longest wait between two tries is less than a minute.
    page.clock.run_for(60_000)
    expect_queue(page, 0, within=40)

    assert Scan.objects.count() == Presence.objects.filter(inside=1).count() == 6
    unless("ERR_CONNECTION_REFUSED", complaints)
