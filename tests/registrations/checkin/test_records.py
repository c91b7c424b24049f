"""Whatever a device sends becomes a scan."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.checkin.records import LONGEST_TEXT, read_record

AT = datetime(2027, 3, 24, 8, 0, tzinfo=UTC)
NONCE = "5f0c8f3e-58a4-4a1c-a4f0-8a1a31c9ad5e"
GOOD = {"nonce": NONCE, "text": "0123456789ABCDEF", "gate": 7, "device_at": "2027-03-24T08:59:58+01:00"}


def test_sound_record_is_read_as_it_is():
    record = read_record({**GOOD, "clock_offset_ms": -1200.4}, "b2b", AT)

    assert (record.nonce, record.echo, record.text, record.gate) == (UUID(NONCE), NONCE, "0123456789ABCDEF", 7)
    assert (record.device_at, record.clock_offset_ms, record.sound) == (AT - timedelta(seconds=2), -1200, True)


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": "no uuid"},
        {"nonce": None},
        {"nonce": 12},
        {"text": None},
        {"text": ["0123456789ABCDEF"]},
        {"gate": "7"},
        {"gate": True},
        {"gate": 0},
        {"gate": 2**31},
        {"device_at": "yesterday"},
        {"device_at": "2027-03-24T08:59:58"},
        {"device_at": "0001-01-01T00:00:00+14:00"},
        {"device_at": "9999-12-31T23:59:59-12:00"},
        {"device_at": "1970-01-01T00:00:00Z"},
        {"device_at": 1_800_000_000},
    ],
)
def test_record_that_makes_no_sense_is_kept_and_lets_nobody_in(change):
    record = read_record({**GOOD, **change}, "b2b", AT)

    assert record.sound is False
    assert abs(record.device_at - AT) < timedelta(days=366)


@pytest.mark.parametrize("raw", [None, 3, "text", [], {}, {"nonce": {}}])
def test_what_is_no_record_at_all_is_kept_too(raw):
    record = read_record(raw, "b2b", AT)

    assert (record.sound, record.device_at) == (False, AT)
    assert record.text == json.dumps(raw)


def test_unsound_record_sent_again_is_the_same_scan_but_another_events_is_not():
    raw = {"text": "?", "gate": 7}

    assert read_record(raw, "b2b", AT).nonce == read_record(dict(raw), "b2b", AT + timedelta(hours=1)).nonce
    assert read_record(raw, "b2b", AT).nonce != read_record(raw, "night", AT).nonce


@pytest.mark.parametrize("offset", [None, "12", True, 2**40, float("inf"), float("nan")])
def test_offset_that_was_not_measured_is_none(offset):
    assert read_record({**GOOD, "clock_offset_ms": offset}, "b2b", AT).clock_offset_ms is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(["nonce", "text", "gate", "device_at", "clock_offset_ms"])


@given(JSON | st.dictionaries(FIELDS, JSON | st.text(alphabet="\0\ud800å")))
def test_any_json_becomes_a_record_that_a_database_can_keep(raw):
    record = read_record(raw, "b2b", AT)

    assert len(record.text) <= LONGEST_TEXT
    assert "\0" not in record.text
    assert record.text.encode().decode() == record.text
    assert record.device_at.tzinfo is not None
