"""The same cases that the phone's rules are held to (tests/js/verdict.test.mjs)."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from registrations.checkin.verdict import Door, Entry, Seen, judge, judge_leaving

CASES = json.loads((Path(__file__).parents[2] / "door" / "verdicts.json").read_text(encoding="utf-8"))


def entry_of(facts, door):
    if facts is None:
        return None
    waves = {wave["id"]: datetime.fromisoformat(wave["starts_at"]) for wave in door["waves"]}
    return Entry(facts["kind"], facts["state"], facts["pupils"], waves.get(facts["wave"]))


def door_of(facts, gate_id, inside):
    [gate] = [gate for gate in facts["gates"] if gate["id"] == gate_id]
    return Door(
        opens_at=datetime.fromisoformat(facts["opens_at"]),
        closes_at=datetime.fromisoformat(facts["closes_at"]),
        early_minutes=facts["early_minutes"],
        late_minutes=facts["late_minutes"],
        reentry=facts["reentry"],
        fire_limit=facts["fire_limit"],
        kinds=frozenset(gate["kinds"]),
        cancelled=facts["cancelled"],
        inside=inside,
    )


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_verdict_cases(case):
    entry, seen = entry_of(case["entry"], case["door"]), Seen(**case["seen"])
    if case["act"] == "leave":
        verdict = judge_leaving(entry, seen, elsewhere=case["elsewhere"])
    else:
        door = door_of(case["door"], case["gate"], case["inside"])
        verdict = judge(entry, seen, door, datetime.fromisoformat(case["at"]), elsewhere=case["elsewhere"])

    assert {"outcome": verdict.outcome, "heads": verdict.heads, "minutes": verdict.minutes} == case["expect"]


def test_verdict_cases_speak_of_every_outcome_and_of_every_name_once():
    judged = {case["expect"]["outcome"] for case in CASES}
    assert judged == {
        "admitted", "again", "already_in", "early", "too_early", "closed", "wrong_day", "wrong_gate", "full",
        "cancelled", "blocked", "wrong_event", "unknown", "left", "not_in",
    }  # fmt: skip
    assert len({case["name"] for case in CASES}) == len(CASES)
