"""What is the matter with a phone, by hand-worked examples."""

from datetime import timedelta

import pytest
from django.utils import translation

from registrations.checkin.devices.health import health_of
from registrations.checkin.devices.models import Device
from tests.factories import NOW

S, MIN = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def notes(**facts) -> list[tuple[str, str]]:
    device = Device(**{"name": "Lisas telefon", "contact_at": NOW, "list_version": 3} | facts)
    return [(n.tone, n.text.replace("\u00a0", " ")) for n in health_of(device, NOW, 3).notes]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"contact_at": NOW - 2 * MIN, "queue": 9, "clock_offset_ms": 120_000, "battery": 21}, []),
        ({"contact_at": None}, [("stop", "No contact since it was paired")]),
        ({"contact_at": NOW - 2 * MIN - S}, [("stop", "No contact: last heard of 2 min ago")]),
        (
            {"contact_at": NOW - 5 * MIN, "queue": 1},
            [("stop", "No contact: last heard of 5 min ago, 1 scan was not sent")],
        ),
        ({"queue": 10}, [("mind", "10 scans wait to be sent")]),
        ({"clock_offset_ms": 180_000}, [("mind", "Its clock is 3 min slow: set it")]),
        ({"clock_offset_ms": -7_200_000}, [("mind", "Its clock is 2 h fast: set it")]),
        ({"battery": 20}, [("mind", "Low battery, 20%: charge it")]),
        ({"battery": 10, "queue": 12}, [("stop", "Low battery, 10%: charge it"), ("mind", "12 scans wait to be sent")]),
        ({"list_version": 2, "list_at": NOW - 2 * MIN}, []),
        ({"list_version": 2, "list_at": NOW - 3 * MIN}, [("mind", "Its list is from 3 min ago")]),
    ],
)
def test_what_is_the_matter(facts, expected):
    assert notes(**facts) == expected
