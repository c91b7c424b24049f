"""A hall small enough to place by hand."""

from typing import Any


def stand(id_: str, *, size: int = 6, power_w: int = 0, value: int = 1) -> dict[str, Any]:
    return {"id": id_, "size": size, "power_w": power_w, "value": value, "row": 0, "col": 0}


def exhibitor(id_: str, **given: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "municipality": given.pop("municipality", id_),
        "field": "it",
        "package": given.pop("package", 1),
        "registered_at": given.pop("registered_at", f"2026-09-01T08:00:{int(id_[1:]):02}"),
        "min_size": given.pop("min_size", 6),
        "power_w": given.pop("power_w", 0),
        "near": given.pop("near", []),
        "not_near": given.pop("not_near", []),
        **given,
    }


def hall(stands: list[Any], exhibitors: list[Any], adjacent: Any = ()) -> dict[str, Any]:
    return {
        "format": "alloc.stands/1",
        "stands": stands,
        "adjacent": [list(pair) for pair in adjacent],
        "exhibitors": exhibitors,
    }
