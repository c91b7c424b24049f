import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { OVERRIDABLE, doorRules, judge, judgeLeaving, mayOverrule } from "../../static/door/verdict.js";

const CASES = JSON.parse(readFileSync(new URL("../door/verdicts.json", import.meta.url)));

// The same as in tests/registrations/checkin/test_verdict_cases.py.
for (const { name, entry, seen, door, gate, at, act, elsewhere, inside, expect } of CASES) {
  test(`verdict: ${name}`, () => {
    const facts = { entry, seen, elsewhere, inside, at: Date.parse(at) };
    const { outcome, heads, minutes } =
      act === "leave" ? judgeLeaving(facts) : judge({ ...facts, door: doorRules(door, gate) });
    assert.deepEqual({ outcome, heads, minutes }, expect);
  });
}

test("a door as the list brings it is judged by, too", () => {
  const [{ door }] = CASES;
  const entry = { kind: "v", state: "ok", pupils: 1, wave: null };
  const facts = { entry, seen: { inside: 0, came: 0 }, at: Date.parse("2027-03-24T12:00:00+01:00") };
  assert.equal(judge({ ...facts, door, gateId: 8 }).outcome, "wrong_gate");
  assert.deepEqual(judge({ ...facts, door, gateId: 7 }), {
    outcome: "admitted",
    heads: 1,
    minutes: null,
    letsIn: true,
  });
});

test("only welcome in and welcome back let in", () => {
  const entry = { kind: "v", state: "ok", pupils: 1, wave: null };
  const letsIn = CASES.filter(({ act }) => act === "enter").map(
    ({ entry, seen, door, gate, at, elsewhere, inside }) => {
      const verdict = judge({ entry, seen, door, gateId: gate, at: Date.parse(at), elsewhere, inside });
      return verdict.letsIn ? verdict.outcome : null;
    },
  );
  assert.deepEqual(new Set(letsIn), new Set(["admitted", "again", null]));
  assert.equal(judgeLeaving({ entry, seen: { inside: 1, came: 1 } }).letsIn, false);
});

test("a guard may let in all the same where docs/door.md says so, and never past the fire limit", () => {
  const person = { kind: "v", state: "ok", pupils: 1, wave: null };
  const aClass = { ...person, kind: "c", pupils: 27 };
  const room = { inside: 10, fireLimit: null };
  const every = new Set(CASES.map(({ expect }) => expect.outcome));
  const may = (entry) => [...every].filter((outcome) => mayOverrule(outcome, entry, room)).sort();
  assert.deepEqual(may(person), ["closed", "early", "too_early", "wrong_gate"]);
  assert.deepEqual(may(aClass), ["already_in", "closed", "early", "too_early", "wrong_gate"]);
  assert.deepEqual([...OVERRIDABLE].sort(), may(aClass));
  assert.deepEqual(may(null), []);
  const limited = (heads) => mayOverrule("early", aClass, { heads, inside: 90, fireLimit: 100 });
  assert.deepEqual([limited(10), limited(11)], [true, false]);
});
