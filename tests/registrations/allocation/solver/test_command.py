"""``manage.py allocate``: from file to file, and what it says when it cannot."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from registrations.allocation.solver.solution import Reason
from registrations.allocation.wording import TEXTS, reason_text
from tests.allocation_instances import schools_instance
from tests.registrations.allocation.solver.checking import broken_rules


def allocate(kind: str, source: Path, target: Path) -> str:
    """What it says; raises SystemExit where it refuses."""
    said = io.StringIO()
    try:
        call_command("allocate", kind, input=str(source), output=str(target), seconds=2.0, stderr=said)
    except SystemExit as end:
        return f"refused {end.code}: {said.getvalue()}"
    return said.getvalue()


def test_it_solves_from_file_to_file(tmp_path: Path):
    data = schools_instance(3, places=60, waves=2, station_count=8)
    (tmp_path / "in.json").write_text(json.dumps(data))
    said = allocate("schools", tmp_path / "in.json", tmp_path / "out.json")
    found = json.loads((tmp_path / "out.json").read_text())
    assert broken_rules(data, found) == []
    assert "schools_with_place" in said
    assert all(reason["text"] for reason in found["reasons"].values())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{", "line 1 column 2"),
        ('{"format": "alloc.stands/1"}', "format"),
        (json.dumps({**schools_instance(3, places=60), "waves": 7}), "waves"),
    ],
)
def test_it_refuses_with_the_path(tmp_path: Path, text: str, named: str):
    (tmp_path / "in.json").write_text(text)
    assert allocate("schools", tmp_path / "in.json", tmp_path / "out.json").startswith(f"refused 2: {named}")
    assert not (tmp_path / "out.json").exists()


def test_it_refuses_a_file_that_is_not_there(tmp_path: Path):
    assert "No such file" in allocate("schools", tmp_path / "none.json", tmp_path / "out.json")


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_every_reason_has_words_even_without_its_numbers(code: str):
    assert reason_text(Reason(code))


def test_a_reason_names_and_counts():
    reason = Reason("no_timetable", {"team": "t", "stations": ["st1"], "wave": "W1", "needed": 4})
    text = reason_text(reason, {"W1": "morning"})
    assert "morning" in text
    assert "1" in text
    assert reason_text(Reason("unheard_of", {"size": 3})) == "unheard_of size=3"
