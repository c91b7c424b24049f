"""Who may open the desk's pages at the door, and who may ask the phones' API: only a phone with its token."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.permissions.row import DOOR, EDITOR, EVERYONE, ORGANISER, Row, World

AT_THE_DOOR = {ORGANISER, EDITOR, DOOR}
WHO_DECIDES = {ORGANISER, EDITOR}


def at_event(world: World) -> dict[str, Any]:
    return {"slug": world.event.slug}


def one_gate(world: World) -> dict[str, Any]:
    return {**at_event(world), "pk": world.spare_gate.pk}


def one_device(world: World) -> dict[str, Any]:
    return {**at_event(world), "pk": world.device.pk}


def one_conflict(world: World) -> dict[str, Any]:
    return {**at_event(world), "pk": world.conflict.pk}


def a_phone(world: World) -> dict[str, Any]:
    tomorrow = timezone.localtime() + timedelta(days=1)
    return {"gate": world.gate.pk, "name": "Telefon 3", "role": "door", "ends_at": f"{tomorrow:%Y-%m-%dT%H:%M}"}


DESK: list[Row] = [
    Row("registrations:door", AT_THE_DOOR, at_event),
    Row("registrations:door", AT_THE_DOOR, at_event, method="post"),
    Row("registrations:door-log", AT_THE_DOOR, at_event),
    Row("registrations:door-log-export", WHO_DECIDES, lambda w: {**at_event(w), "ending": "csv"}),
    Row("registrations:door-intake", AT_THE_DOOR, at_event),
    Row("registrations:door-intake", AT_THE_DOOR, at_event, method="post", ok=422),
]
RULES: list[Row] = [
    Row("registrations:door-gates", WHO_DECIDES, at_event),
    Row(
        "registrations:door-gates",
        WHO_DECIDES,
        at_event,
        method="post",
        data=lambda w: {"name": "Norra entrén"},
        ok=302,
    ),
    Row("registrations:door-gate", WHO_DECIDES, one_gate),
    Row("registrations:door-gate", WHO_DECIDES, one_gate, method="post", data=lambda w: {"name": "Östra"}, ok=302),
    Row("registrations:door-gate-remove", WHO_DECIDES, one_gate),
    Row("registrations:door-gate-remove", WHO_DECIDES, one_gate, method="post", ok=302),
    Row("registrations:door-rules", WHO_DECIDES, at_event),
    Row(
        "registrations:door-rules",
        WHO_DECIDES,
        at_event,
        method="post",
        data=lambda w: {"early_minutes": 20, "late_minutes": 30, "version": 1},
        ok=302,
    ),
]
PHONES: list[Row] = [
    Row("registrations:door-devices", AT_THE_DOOR, at_event),
    Row("registrations:door-device", AT_THE_DOOR, one_device),
    Row(
        "registrations:door-device",
        AT_THE_DOOR,
        one_device,
        method="post",
        data=lambda w: {"name": "Vid dörren", "gate": w.gate.pk},
        ok=302,
    ),
    Row("registrations:door-device-revoke", AT_THE_DOOR, one_device),
    Row("registrations:door-device-revoke", AT_THE_DOOR, one_device, method="post", ok=302),
    Row("registrations:door-pair", AT_THE_DOOR, at_event),
    Row("registrations:door-pair", AT_THE_DOOR, at_event, method="post", data=a_phone),
    Row("registrations:door-pair-here", AT_THE_DOOR, at_event, method="post", ok=302),
    Row("registrations:door-pairing", AT_THE_DOOR, lambda w: {**at_event(w), "pk": w.pairing.pk}, ok=302),
]
CONFLICTS: list[Row] = [
    Row("registrations:door-conflicts", AT_THE_DOOR, at_event),
    Row("registrations:door-conflict", AT_THE_DOOR, one_conflict),
    Row(
        "registrations:door-conflict",
        AT_THE_DOOR,
        one_conflict,
        method="post",
        data=lambda w: {"note": "Samma person två gånger"},
        ok=302,
    ),
]


def only_phones(name: str, method: str = "post", **parts: str) -> Row:
    """An address of the API: whoever is signed in, and as whom, is no phone."""
    return Row(f"api:{name}", set(), lambda w: parts, method=method, json=method == "post", denied=401, anonymous=401)


API: list[Row] = [
    Row(
        "api:door-pair",
        EVERYONE,
        method="post",
        data=lambda w: {"secret": "s" * 43, "token": "t" * 43},
        json=True,
        ok=404,
    ),
    only_phones("door-status"),
    only_phones("door-list", "get"),
    only_phones("door-scans"),
    only_phones("door-undo"),
]
ROWS: list[Row] = [*DESK, *RULES, *PHONES, *CONFLICTS, *API]
