import assert from "node:assert/strict";
import test from "node:test";
import { recordOf } from "../../static/door/records.js";
import { deltaOf, earlierOf, seenOf } from "../../static/door/standing.js";
import { randomOf, standingOf } from "./help/world.mjs";

const enter = (nonce, at, headcount, more = {}) =>
  recordOf({ nonce, act: "enter", handle: "h", at, headcount, let_in: true, gate: 1, ...more });
const leave = (nonce, at, headcount) => recordOf({ nonce, act: "leave", handle: "h", at, headcount, let_in: true });
const correct = (nonce, at, ref, was, headcount, of = "enter") =>
  recordOf({ nonce, act: "correct", handle: "h", at, ref, was, headcount, of });
const undo = (nonce, at, ref, was, of = "enter") => recordOf({ nonce, act: "undo", handle: "h", at, ref, was, of });

test("a ticket that nobody has seen", () => assert.deepEqual(seenOf(undefined, []), { inside: 0, came: 0 }));

test("the list's arrival and our own records add up", () => {
  const arrival = { inside: 20, came: 20, at: 1, gate: 2 };
  assert.deepEqual(seenOf(arrival, [enter("a", 5, 7)]), { inside: 27, came: 27 });
});

test("who was not let in has not come", () => {
  assert.deepEqual(seenOf(null, [enter("a", 1, 0, { let_in: false }), enter("b", 2, 27, { let_in: null })]), {
    inside: 0,
    came: 0,
  });
});

test("a correction counts from what counted before, in the list or not", () => {
  assert.deepEqual(seenOf(null, [enter("a", 1, 27), correct("b", 2, "a", 27, 25)]), { inside: 25, came: 25 });
  assert.deepEqual(seenOf({ inside: 27, came: 27, at: 1, gate: 1 }, [correct("b", 2, "a", 27, 25)]), {
    inside: 25,
    came: 25,
  });
  const twice = [enter("a", 1, 27), correct("b", 2, "a", 27, 25), correct("c", 3, "a", 25, 26)];
  assert.deepEqual(seenOf(null, twice), { inside: 26, came: 26 });
});

test("an undoing takes back what counted, in the list or not", () => {
  assert.deepEqual(seenOf(null, [enter("a", 1, 1), undo("b", 2, "a", 1)], { onePerson: true }), { inside: 0, came: 0 });
  assert.deepEqual(seenOf({ inside: 1, came: 1, at: 1, gate: 1 }, [undo("b", 2, "a", 1)], { onePerson: true }), {
    inside: 0,
    came: 0,
  });
  const corrected = [enter("a", 1, 27), correct("b", 2, "a", 27, 25), undo("c", 3, "a", 25)];
  assert.deepEqual(seenOf(null, corrected), { inside: 0, came: 0 });
});

test("leaving, its correction and its undoing", () => {
  const arrival = { inside: 27, came: 27, at: 1, gate: 1 };
  assert.deepEqual(seenOf(arrival, [leave("a", 2, 27)]), { inside: 0, came: 27 });
  assert.deepEqual(seenOf(arrival, [leave("a", 2, 27), correct("b", 3, "a", 27, 20, "leave")]), {
    inside: 7,
    came: 27,
  });
  assert.deepEqual(seenOf(arrival, [leave("a", 2, 27), undo("b", 3, "a", 27, "leave")]), { inside: 27, came: 27 });
});

test("never below nobody, and one person comes once at most", () => {
  assert.deepEqual(seenOf(null, [leave("a", 1, 1)]), { inside: 0, came: 0 });
  assert.deepEqual(seenOf({ inside: 1, came: 1, at: 1, gate: 1 }, [enter("a", 2, 1)], { onePerson: true }), {
    inside: 2,
    came: 1,
  });
});

test("the order of the true times counts, not that of the array", () => {
  assert.deepEqual(seenOf(null, [leave("b", 2, 1), enter("a", 1, 1)]), { inside: 0, came: 1 });
});

test("when and where somebody came first", () => {
  const arrival = { inside: 1, came: 1, at: 50, gate: 2 };
  assert.equal(earlierOf(null, []), null);
  assert.deepEqual(earlierOf(arrival, []), { at: 50, gate: 2 });
  assert.deepEqual(earlierOf(arrival, [enter("a", 40, 1)]), { at: 40, gate: 1 });
  assert.deepEqual(earlierOf(arrival, [enter("a", 60, 1)]), { at: 50, gate: 2 });
  assert.equal(earlierOf(null, [enter("a", 40, 1), undo("b", 41, "a", 1)]), null);
});

test("a walk-in is one more", () =>
  assert.equal(deltaOf(recordOf({ nonce: "a", act: "walk_in", headcount: 1, let_in: true })), 1));

/** Eight records that one phone could have made: comings, with corrections and undoings, or with leavings. */
function someRecords(random, leaves) {
  const records = [];
  const heads = new Map();
  for (let n = 0; n < 8; n += 1) {
    const nonce = `n${n}`;
    const { inside } = seenOf(null, records);
    const refs = [...heads.keys()];
    if (leaves && inside && random() < 0.4) {
      records.push(leave(nonce, n, 1 + Math.floor(random() * inside)));
    } else if (!leaves && refs.length && random() < 0.5) {
      const ref = refs[Math.floor(random() * refs.length)];
      const now = Math.floor(random() * 10);
      records.push(now ? correct(nonce, n, ref, heads.get(ref), now) : undo(nonce, n, ref, heads.get(ref)));
      if (now) heads.set(ref, now);
      else heads.delete(ref);
    } else {
      heads.set(nonce, 1 + Math.floor(random() * 9));
      records.push(enter(nonce, n, heads.get(nonce)));
    }
  }
  return records;
}

for (const leaves of [true, false]) {
  test(`own records add up to what the server finds, wherever the list cuts them (${leaves ? "leaving" : "correcting"})`, () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = randomOf(seed);
      const records = someRecords(random, leaves);
      const cut = Math.floor(random() * (records.length + 1));
      const listed = { ...standingOf(records.slice(0, cut), false), at: 0, gate: 1 };
      assert.equal(seenOf(listed, records.slice(cut)).inside, standingOf(records, false).inside, `seed ${seed}`);
    }
  });
}
