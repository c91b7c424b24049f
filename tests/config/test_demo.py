"""The story as it lands in the database, and the two processes that show it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import date
from io import StringIO
from itertools import pairwise
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum
from django.utils import timezone

from config.demo import story
from config.demo.dates import at_clock, next_day
from config.demo.events import coming_fair
from config.demo.nights import coming_night
from events.municipalities.models import Municipality
from events.plan.models import Activity, Status
from events.programme.models import Event
from registrations.bookings.models import SchoolClass
from registrations.checkin.board.queries import board_of
from registrations.checkin.recording import read_records, record_scans
from registrations.checkin.verdict import Outcome
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.invoices.models import Invoice
from surveys.answers.models import Ballot
from surveys.followup.frozen.models import FrozenFollowup
from surveys.followup.frozen.queries import contents_in


@pytest.fixture
def told(db):
    story.tell(today=timezone.localdate())


def figures() -> dict[str, dict]:
    out = StringIO()
    call_command("figures", "b2b-2019", "--json", stdout=out)
    return {row["key"]: row for row in json.loads(out.getvalue())["figures"]}


def test_the_fair_of_2019_has_its_exhibitors_in_all_twelve_municipalities(told):
    exhibitors = Exhibitor.objects.filter(event__slug="b2b-2019", state=State.ACCEPTED)

    assert exhibitors.count() == 134
    assert Municipality.objects.filter(organisations__exhibitors__in=exhibitors).distinct().count() == 12


def test_the_figures_of_2019_come_out_right(told):
    satisfied, contacts = figures()["satisfied"], figures()["contacts"]

    assert (satisfied["k"], satisfied["n"], satisfied["population"]) == (54, 71, 134)
    assert (contacts["k"], contacts["n"], contacts["population"]) == (64, 71, 134)


def test_the_answers_came_through_the_import(told):
    assert set(Ballot.objects.values_list("source")) == {(Ballot.Source.IMPORT,)}


def test_the_plan_has_eleven_and_seven_activities(told):
    of_2019 = list(Activity.objects.of_year(2019).values_list("status", flat=True))
    of_2020 = list(Activity.objects.of_year(2020).values_list("status", flat=True))

    assert sorted(of_2019) == [Status.DONE] * 6 + [Status.ON_SCHEDULE] * 5
    assert of_2020 == [Status.ON_SCHEDULE] * 7


def test_the_directors_read_two_versions_of_the_follow_up_of_2019(told):
    first, second = FrozenFollowup.objects.order_by("number")

    assert [(one.name, one.meeting_on) for one in (first, second)] == [
        ("2019:1", date(2019, 12, 13)),
        ("2019:2", date(2020, 2, 14)),
    ]
    titles = [{row["title"]: len(row["figures"]) for row in contents_in(one)["activities"]} for one in (first, second)]
    assert [(found["B2B-mässan 2019"], found["Industrinatten 2019"]) for found in titles] == [(7, 0), (7, 5)]
    assert second.is_whole


def test_the_fair_of_2019_tells_where_its_134_are_from_what_came_in_and_that_its_cost_is_missing(told):
    figures = contents_in(FrozenFollowup.objects.latest("number"))["figures"]
    found = {one["key"]: one for one in figures if one["event"] and one["event"]["slug"] == "b2b-2019" and "key" in one}

    assert found["exhibitors"]["value"] == sum(n for _town, n in found["municipalities"]["parts"]) == 134
    assert found["returning"]["value"] is None
    net_ore = Invoice.objects.filter(event__slug="b2b-2019").aggregate(Sum("net_ore"))["net_ore__sum"]
    assert found["income"]["value"] == net_ore / 100
    assert (found["exhibitor_cost"]["value"], found["exhibitor_cost"]["n"]) == (None, 134)


def test_the_night_of_2019_had_a_thousand_pupils_at_34_companies(told):
    classes = SchoolClass.objects.filter(booking__night__event__slug="industrinatten-2019").holding()

    assert classes.aggregate(Sum("pupils"))["pupils__sum"] == 1000
    assert 45 <= classes.values("booking__school").distinct().count() <= 52
    assert Exhibitor.objects.filter(event__slug="industrinatten-2019", state=State.ACCEPTED).count() == 34
    assert not classes.exclude(needs={}, diets={}).exists()


@pytest.mark.parametrize("event", [coming_fair, coming_night])
def test_the_coming_doors_are_open_today_and_until_the_event_is_over(told, event):
    door, now = event().door_settings, timezone.now()

    assert door.opening <= now < event().ends_at < door.closing
    assert event().gates.count() == 2


def test_whoever_holds_up_a_ticket_at_the_coming_fair_today_is_welcome(told):
    event, now = coming_fair(), timezone.now()
    gates = event.gates.in_bulk()
    tickets = [event.tickets.filter(kind=kind).first() for kind in ("visitor", "exhibitor")]
    raws = [{"nonce": str(uuid4()), "text": one.code, "device_at": now.isoformat()} for one in tickets]

    kept = record_scans(door=event.door_settings, records=read_records(raws, event, now), gates=gates, at=now)

    assert [one.outcome for one in kept] == [Outcome.ADMITTED] * 2


def test_the_board_of_2019_shows_who_came_and_nobody_in(told):
    board = board_of(Event.objects.get(slug="b2b-2019"), timezone.now())

    assert {group.name: (group.expected, group.came) for group in board.kinds} == {
        "exhibitor": (229, 229),
        "visitor": (400, 361),
    }
    assert (board.room.inside, board.came, board.expected, board.is_over) == (0, 590, 629, True)
    assert len(board.towns) == 12


def test_the_figures_of_2019_tell_who_came_of_those_signed_up(told):
    came = {key: (row["k"], row["n"]) for key, row in figures().items() if key.endswith("_came")}

    assert came == {"visitors_came": (361, 400), "exhibitors_came": (134, 134)}


def test_the_coming_night_has_1400_applied_for_1000_places(told):
    night = coming_night().night
    wanting = SchoolClass.objects.for_night(night).wanting()

    assert night.places == 1000
    assert wanting.aggregate(Sum("pupils"))["pupils__sum"] == 1400
    assert night.bookings_are_open(timezone.now())
    assert night.stations.running().placed().count() == 34
    assert all(wave.ends_at <= later.starts_at for wave, later in pairwise(night.waves.all()))


def test_the_coming_fair_is_open_now(told):
    assert coming_fair().registration_is_open(timezone.now())


def test_nothing_in_the_story_lies_in_the_future(told):
    now = timezone.now()

    assert not Exhibitor.objects.filter(applied_at__gt=now).exists()
    assert not Exhibitor.objects.filter(decided_at__gt=now).exists()


def test_the_command_tells_the_story_once(db):
    for _ in range(2):
        call_command("demo", "--no-serve", stdout=StringIO())

    assert Event.objects.filter(slug="b2b-2019").count() == 1


def test_scale_multiplies_companies_and_answers(db):
    call_command("demo", "--no-serve", "--scale", "2", stdout=StringIO())

    assert Exhibitor.objects.filter(event__slug="b2b-2019").count() == 2 * 134
    assert figures()["satisfied"]["n"] == 2 * 71


def test_the_command_refuses_production(db, settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError):
        call_command("demo", "--no-serve")


@pytest.mark.parametrize(
    ("today", "expected"), [("2026-11-22", "2027-03-23"), ("2027-01-22", "2027-03-23"), ("2027-01-23", "2028-03-21")]
)
def test_next_day_is_the_weekday_of_the_week_far_enough_ahead(today, expected):
    assert next_day(date.fromisoformat(today), 12, "tuesday", 60) == date.fromisoformat(expected)


def test_at_clock_is_stockholm_time_in_summer_and_winter():
    winter, summer = at_clock(date(2027, 3, 23), "09:00"), at_clock(date(2027, 7, 1), "09:00")

    assert (winter.utcoffset().seconds, summer.utcoffset().seconds) == (3600, 7200)


def test_demo_serves_with_its_worker_and_ends_both_cleanly(tmp_path):
    """As ``make demo`` starts it: ready within its time, and no process left after Ctrl-C."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    env |= {"TORGET_DEMO": "1", "TORGET_VAR_DIR": str(tmp_path)}
    command = [sys.executable, "manage.py", "demo", "--port", str(port)]
    demo = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        ready = answer_of(f"http://localhost:{port}/readyz", demo)
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(demo.pid)], capture_output=True, text=True, check=True
        ).stdout.split()
    finally:
        demo.send_signal(signal.SIGINT)
        output, _ = demo.communicate(timeout=30)

    assert json.loads(ready) == {"database": True, "migrations": True, "task_queue": True}
    assert f"http://localhost:{port}/demo/organiser/" in output
    assert demo.returncode == 0
    assert len(children) == 3
    assert not any(is_running(int(pid)) for pid in children)


def answer_of(url: str, process: subprocess.Popen) -> bytes:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url) as answer:
                return answer.read()
        except OSError:
            time.sleep(0.3)
    raise AssertionError("the demo did not come up")


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
