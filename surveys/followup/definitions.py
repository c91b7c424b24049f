"""What an indicator counts and how, so that two readings can be told to be of the same thing. Pure."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

Definition = Mapping[str, str | int | float | None]

# What a definition holds; a change of any breaks the series. Fields that came later are absent in older readings.
FIELDS = (
    "source",
    "question",
    "version",
    "kind",
    "definition",
    "unit",
    "direction",
    "baseline",
    "target",
    "programmes",
)


def fingerprint(definition: Definition) -> str:
    """Sixteen letters that are the same for the same ``definition`` and differ for another; empty fields do not count."""
    told = {name: value for name, value in sorted(definition.items()) if value not in (None, "")}
    return sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def differences(before: Definition, after: Definition) -> list[tuple[str, Any, Any]]:
    """Which fields differ, in the order of FIELDS, each with its value before and after; ``None`` where it was empty."""
    pairs = [(name, _told(before.get(name)), _told(after.get(name))) for name in FIELDS]
    return [(name, earlier, later) for name, earlier, later in pairs if earlier != later]


def _told(value: str | int | float | None) -> str | int | float | None:
    return None if value == "" else value
