"""A hall is read and written; what cannot be read is refused with the path of the bad value."""

from typing import Any

import pytest

from registrations.allocation.solver.reading import Malformed
from registrations.allocation.solver.stands import StandsInstance
from tests import allocation_stands_instances as made
from tests.registrations.allocation.solver.small_hall import exhibitor, hall, stand


def test_stands_instance_is_written_as_it_was_read() -> None:
    instance = StandsInstance.from_json(made.stands(20, seed=7))

    assert StandsInstance.from_json(instance.as_json()) == instance


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("stands[0].size", -1),
        ("stands[0].power_w", "2300"),
        ("stands[0].value", 1.5),
        ("stands[1].id", "s1"),
        ("exhibitors[0].min_size", -6),
        ("exhibitors[0].package", True),
        ("exhibitors[0].registered_at", "yesterday"),
        ("exhibitors[0].near[0]", "e9"),
        ("exhibitors[0].near[0]", "e1"),
        ("exhibitors[1].not_near[0]", "e9"),
        ("exhibitors[1].id", "e1"),
        ("adjacent[0][1]", "s9"),
    ],
)
def test_stands_bad_value_is_refused_with_its_path(path: str, value: Any) -> None:
    data: Any = hall(
        [stand("s1"), stand("s2")],
        [exhibitor("e1", near=["e2"]), exhibitor("e2", not_near=["e1"])],
        [("s1", "s2")],
    )
    steps = [int(step) if step.isdigit() else step for step in path.replace("]", "").replace("[", ".").split(".")]
    place = data
    for step in steps[:-1]:
        place = place[step]
    place[steps[-1]] = value

    with pytest.raises(Malformed) as refusal:
        StandsInstance.from_json(data)

    assert refusal.value.path == path


@pytest.mark.parametrize("pair", [["s1"], ["s1", "s1"], "s1"])
def test_stands_bad_pair_is_refused(pair: Any) -> None:
    data = hall([stand("s1")], [])
    data["adjacent"] = [pair]

    with pytest.raises(Malformed) as refusal:
        StandsInstance.from_json(data)

    assert refusal.value.path == "adjacent[0]"


def test_stands_missing_key_is_refused() -> None:
    data = hall([stand("s1")], [])
    del data["adjacent"]

    with pytest.raises(Malformed) as refusal:
        StandsInstance.from_json(data)

    assert refusal.value.path == "adjacent"
