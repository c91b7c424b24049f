"""Whatever a device sends becomes a record."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.checkin.records import LONGEST_TEXT, read_record
from registrations.tickets.codes import handle_of

AT = datetime(2027, 3, 24, 8, 0, tzinfo=UTC)
NONCE = "5f0c8f3e-58a4-4a1c-a4f0-8a1a31c9ad5e"
OTHER = "0b0c8f3e-58a4-4a1c-a4f0-8a1a31c9ad5f"
CODE = "0123456789ABCDEF"
GOOD = {"nonce": NONCE, "handle": handle_of(CODE), "gate": 7, "device_at": "2027-03-24T08:59:58+01:00"}


def test_sound_record_is_read_as_it_is():
    told = {"clock_offset_ms": -1200.4, "clock_error_ms": 30, "headcount": 27, "shown": "admitted", "let_in": True}

    record = read_record(GOOD | told | {"reason": " Fler ", "list_version": 17}, "b2b", AT)

    assert (record.nonce, record.echo, record.act, record.gate) == (UUID(NONCE), NONCE, "enter", 7)
    assert (record.handle, record.text, record.sound) == (handle_of(CODE), "", True)
    assert (record.clock_offset_ms, record.clock_error_ms, record.list_version) == (-1200, 30, 17)
    assert (record.headcount, record.shown, record.let_in, record.reason) == (27, "admitted", True, "Fler")


@pytest.mark.parametrize("text", [CODE, CODE.lower(), "0123-4567-89ab-cdef", f"HTTPS://TORGET.EXAMPLE/T/{CODE}"])
def test_code_becomes_its_handle(text):
    record = read_record({**GOOD, "handle": None, "text": text}, "b2b", AT)

    assert (record.handle, record.sound) == (handle_of(CODE), True)


@pytest.mark.parametrize(
    ("device_at", "offset", "happened"),
    [
        ("2027-03-24T08:59:58+01:00", 0, timedelta(seconds=-2)),
        ("2027-03-24T08:59:58+01:00", -1000, timedelta(seconds=-3)),
        # Three hours wrong, and measured.
        ("2027-03-24T04:59:00Z", 3 * 3_600_000, timedelta(minutes=-1)),
        # A clock that was never set.
        ("1970-01-01T00:00:00Z", (57 * 365 + 96) * 86_400_000 + 7 * 3_600_000, timedelta(hours=-1)),
        # Not measured: the receipt says when.
        ("2027-03-24T04:59:00Z", None, timedelta()),
        # Nobody scans in the future, and nobody a year ago.
        ("2027-03-24T08:30:00Z", 0, timedelta()),
        ("2025-03-24T08:30:00Z", 0, timedelta()),
    ],
)
def test_time_is_the_devices_corrected_by_what_was_measured(device_at, offset, happened):
    record = read_record({**GOOD, "device_at": device_at, "clock_offset_ms": offset}, "b2b", AT)

    assert (record.happened_at - AT, record.sound) == (happened, True)


def test_hour_that_comes_twice_keeps_its_order():
    """31 October 2027: 02.30 in Stockholm comes twice, an hour apart."""
    at = datetime(2027, 10, 31, 3, 0, tzinfo=UTC)
    first, second = (
        read_record({**GOOD, "device_at": told, "clock_offset_ms": 0}, "b2b", at)
        for told in ("2027-10-31T02:30:00+02:00", "2027-10-31T02:30:00+01:00")
    )

    assert second.happened_at - first.happened_at == timedelta(hours=1)


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": "no uuid"},
        {"nonce": None},
        {"nonce": 12},
        {"handle": None},
        {"handle": ["x" * 12]},
        {"handle": "short"},
        {"act": "dance"},
        {"act": None},
        {"act": "undo"},
        {"act": "walk_in"},
        {"act": "correct", "ref": "no uuid"},
        {"gate": "7"},
        {"gate": True},
        {"gate": 0},
        {"gate": 2**31},
        {"device_at": "yesterday"},
        {"device_at": "2027-03-24T08:59:58"},
        {"device_at": "0001-01-01T00:00:00+14:00"},
        {"device_at": 1_800_000_000},
    ],
)
def test_record_that_makes_no_sense_is_kept_and_lets_nobody_in(change):
    assert read_record({**GOOD, **change}, "b2b", AT).sound is False


def test_record_without_a_gate_was_made_at_the_devices_own():
    record = read_record({name: value for name, value in GOOD.items() if name != "gate"}, "b2b", AT)

    assert (record.gate, record.sound) == (None, True)


@pytest.mark.parametrize("act", ["undo", "correct"])
def test_what_is_about_another_record_needs_no_code(act):
    record = read_record({"nonce": NONCE, "act": act, "ref": OTHER, "device_at": GOOD["device_at"]}, "b2b", AT)

    assert (record.ref, record.sound) == (UUID(OTHER), True)


def test_box_is_opened_for_what_is_in_it():
    walk_in = {"nonce": NONCE, "act": "walk_in", "device_at": GOOD["device_at"], "box": "closed"}

    record = read_record(walk_in, "b2b", AT, lambda box: {"name": "Åsa", "was": box})

    assert (record.details, record.sound) == ({"name": "Åsa", "was": "closed"}, True)


def test_walk_in_that_nobody_can_read_is_counted_all_the_same():
    def closed_for_another_key(box):
        raise ValueError(box)

    walk_in = {"nonce": NONCE, "act": "walk_in", "device_at": GOOD["device_at"], "box": "closed"}

    record = read_record(walk_in, "b2b", AT, closed_for_another_key)

    assert (record.details, record.sound) == ({}, True)  # somebody is in, whoever it is


@pytest.mark.parametrize("raw", [None, 3, "text", [], {}, {"nonce": {}}])
def test_what_is_no_record_at_all_is_kept_too(raw):
    record = read_record(raw, "b2b", AT)

    assert (record.sound, record.device_at, record.happened_at) == (False, AT, AT)
    assert record.text == json.dumps(raw)


def test_unsound_record_sent_again_is_the_same_scan_but_another_events_is_not():
    raw = {"text": "?", "gate": 7}

    assert read_record(raw, "b2b", AT).nonce == read_record(dict(raw), "b2b", AT + timedelta(hours=1)).nonce
    assert read_record(raw, "b2b", AT).nonce != read_record(raw, "night", AT).nonce


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ["nonce", "act", "handle", "text", "box", "gate", "device_at", "clock_offset_ms", "clock_error_ms"]
FIELDS += ["headcount", "shown", "let_in", "reason", "ref", "list_version"]


def test_number_just_below_the_columns_limit_is_not_rounded_past_it():
    record = read_record({"clock_error_ms": 2**31 - 0.4, "list_version": 2**31 - 0.5}, "b2b", AT)

    assert (record.clock_error_ms, record.list_version) == (2**31 - 1, 2**31 - 1)


@given(st.dictionaries(st.sampled_from(FIELDS), JSON) | JSON)
def test_no_rubbish_breaks_the_reading(raw):
    record = read_record(raw, "b2b", AT, lambda box: {"text": box})

    assert len(record.text) <= LONGEST_TEXT
    assert len(record.reason) <= LONGEST_TEXT
    assert len(record.shown) <= 12
    assert "\0" not in record.text + record.reason + record.shown
    (record.text + record.reason + record.shown).encode()
    assert AT - timedelta(days=366) < record.happened_at <= AT
