"""What a phone could not send and somebody carried to the desk."""

import json
from functools import partial
from urllib.parse import quote

import pytest

from registrations.checkin.intake import exports
from registrations.checkin.intake.exports import read_export
from registrations.checkin.intake.services import take_in
from registrations.checkin.lists.header import door_header, open_box_of
from registrations.checkin.lists.sealing import close_box
from registrations.checkin.lists.services import ensure_door
from registrations.checkin.models import Presence, Scan
from tests import factories
from tests.door_factories import DeviceFactory, open_door, record_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    gate = factories.GateFactory()
    open_door(gate.event)
    return gate.event


def export_of(event, /, *records, device="Telefon 1", **also) -> dict:
    box = close_box(door_header(ensure_door(event=event))["box"], {"records": list(records)})
    return {"format": "torget.door-export/1", "event": event.slug, "device": device, "box": box} | also


def pieces_of(export: dict, size: int = 100, mark: str = "ab1") -> list[str]:
    """As static/door/export.js cuts them."""
    text = quote(json.dumps(export), safe="-_.!~*'()")
    count = -(-len(text) // size)
    return [f"TORGETX/{mark}/{n + 1}/{count}/{text[n * size : (n + 1) * size]}" for n in range(count)]


def read(event, raw):
    text = raw if isinstance(raw, str) else json.dumps(raw)
    return read_export(text.encode(), event.slug, partial(open_box_of, event))


def test_file_is_opened_by_the_server_alone(event):
    record = record_of(text="?")

    export = read(event, export_of(event, record))

    assert (export.device, export.records) == ("Telefon 1", [record])


@pytest.mark.parametrize("between", ["\n", " ", ""])
def test_pieces_are_joined_in_any_order_and_any_number_of_times(between, event):
    record = record_of(text="Åsa/Öberg")
    pieces = pieces_of(export_of(event, record, device="Norra entrén"))

    export = read(event, between.join([*reversed(pieces), pieces[0]]))

    assert (export.device, export.records) == ("Norra entrén", [record])


def test_missing_pieces_are_named(event):
    pieces = pieces_of(export_of(event), size=60)

    with pytest.raises(exports.PiecesMissing) as refusal:
        read(event, "\n".join(pieces[:1] + pieces[3:]))

    assert refusal.value.facts["missing"] == "2, 3"


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        ("", exports.NoExport),
        ("{", exports.NoExport),
        ("[" * 100_000, exports.NoExport),
        ("TORGETX/", exports.NoExport),
        ("TORGETX/a/1/0/x", exports.PiecesMissing),
        ('{"format": "torget.door-export/2"}', exports.NoExport),
    ],
)
def test_what_is_no_export_says_so(raw, refusal, event):
    with pytest.raises(refusal):
        read(event, raw)


def test_file_that_is_no_text_says_so(event):
    with pytest.raises(exports.NoExport):
        read_export(b"\xff\xfe\x00", event.slug, partial(open_box_of, event))


def test_other_events_and_damaged_exports_are_told_apart(event):
    elsewhere = factories.EventFactory()

    with pytest.raises(exports.OtherEvent):
        read(event, export_of(elsewhere))
    with pytest.raises(exports.ClosedBox):
        read(event, export_of(event, box="AAAA"))
    with pytest.raises(exports.ClosedBox):
        read(event, export_of(elsewhere, event=event.slug))
    with pytest.raises(exports.SeveralExports):
        read(event, "\n".join([*pieces_of(export_of(event), mark="a"), *pieces_of(export_of(event), mark="b")]))


def test_records_count_once_whether_sent_or_carried(event, now):
    by, device = factories.UserFactory(), DeviceFactory(gate=event.gates.get(), name="Telefon 1")
    tickets = [factories.TicketFactory(visitor__event=event) for _n in range(3)]
    records = [record_of(ticket) for ticket in tickets]
    send(event, records[0], device=device)
    raw = json.dumps(export_of(event, *records, {"odd": 1})).encode()

    first, second = (take_in(event=event, raw=raw, by=by, at=now) for _n in range(2))

    assert (first.new, first.known, first.unknown, first.device) == (3, 1, 1, device)
    assert (second.new, second.known) == (0, 4)
    assert Presence.objects.filter(inside=1).count() == 3
    assert set(Scan.objects.filter(scanned_by=by).values_list("device", flat=True)) == {device.pk}


def test_name_that_two_phones_have_is_nobodys(event, now):
    for _n in range(2):
        DeviceFactory(gate=event.gates.get(), name="Telefon 1")

    taken = take_in(event=event, raw=json.dumps(export_of(event)).encode(), by=factories.UserFactory(), at=now)

    assert taken.device is None
