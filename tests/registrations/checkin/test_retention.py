"""What somebody held before the camera that was no ticket is forgotten; that it was scanned is not."""

from datetime import timedelta

import pytest

from events.retention.services import erase_what_is_due
from registrations.checkin.models import Scan
from registrations.checkin.verdict import Outcome
from tests import factories

pytestmark = pytest.mark.django_db


def test_texts_of_unknown_codes_are_erased_after_three_months(now):
    gate = factories.GateFactory()
    for days in (89, 91):
        at = now - timedelta(days=days)
        Scan.objects.create(
            event=gate.event, gate=gate, text="BEGIN:VCARD", device_at=at, received_at=at, outcome=Outcome.UNKNOWN
        )

    counts = [erase_what_is_due(at=now).get("unknown-codes", 0) for _ in range(2)]

    assert counts == [1, 0]
    assert list(Scan.objects.order_by("pk").values_list("text", "outcome")) == [
        ("BEGIN:VCARD", Outcome.UNKNOWN),
        ("", Outcome.UNKNOWN),
    ]
