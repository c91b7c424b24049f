import assert from "node:assert/strict";
import test from "node:test";
import { applyList, changeFor, elsewhereOf, listFrom, wholeOf } from "../../static/door/list.js";
import { randomOf } from "./help/world.mjs";

const handle = (n) => `h${String(n).padStart(11, "0")}`;
const entry = (n, seal = `seal-${n}`) => handle(n) + seal;
const arrival = (n, inside = 1) => [handle(n), inside, 1, 1000 + n, 7];
const DOOR = { opens_at: "2027" };
const answer = (more = {}) => ({
  door: DOOR,
  version: 1,
  full: false,
  entries: [],
  gone: [],
  arrivals: [],
  cursor: 1,
  inside: 0,
  came: 0,
  now: "2027",
  ...more,
});
const full = (count, more = {}) =>
  answer({ full: true, entries: Array.from({ length: count }, (_, n) => entry(n)), elsewhere: [], ...more });

/** A store that holds parts as the real one does. */
function aShelf() {
  const parts = new Map();
  let meta = null;
  return {
    parts,
    save(change) {
      const written = change.put.reduce((sum, [, part]) => sum + JSON.stringify(part).length, 0);
      if (change.clear) parts.clear();
      change.remove.forEach((key) => parts.delete(key));
      change.put.forEach(([key, part]) => parts.set(key, structuredClone(part)));
      meta = structuredClone(change.meta);
      return written;
    },
    load: () => listFrom(meta, [...parts].reverse()),
  };
}

const contentOf = ({ seals, arrivals, version, cursor, inside, came, at, door, elsewhere }) => ({
  seals: Object.fromEntries([...seals].sort()),
  arrivals: Object.fromEntries([...arrivals].sort()),
  version,
  cursor,
  inside,
  came,
  at,
  door,
  elsewhere,
});

test("a full list replaces what was there", () => {
  const first = applyList(null, full(3, { arrivals: [arrival(0)] }), 5);
  const list = applyList(
    first,
    answer({ full: true, entries: [entry(9)], version: 4, cursor: 77, inside: 3, came: 4 }),
    6,
  );
  assert.deepEqual([...list.seals], [[handle(9), "seal-9"]]);
  assert.deepEqual(
    [list.arrivals.size, list.version, list.cursor, list.inside, list.came, list.at],
    [0, 4, 77, 3, 4, 6],
  );
});

test("a delta adds, changes and takes away; an arrival is a state, not a change", () => {
  let list = applyList(null, full(3), 5);
  const delta = answer({
    version: 2,
    entries: [entry(1, "other"), entry(5)],
    gone: [handle(0)],
    arrivals: [arrival(1), arrival(1)],
  });
  list = applyList(list, delta, 6);
  list = applyList(list, delta, 7);
  assert.deepEqual([...list.seals].sort(), [
    [handle(1), "other"],
    [handle(2), "seal-2"],
    [handle(5), "seal-5"],
  ]);
  assert.deepEqual(list.arrivals.get(handle(1)), { inside: 1, came: 1, at: 1001, gate: 7 });
});

test("a delta without a list is a mistake", () => assert.throws(() => applyList(null, answer(), 1)));

test("a ticket of another event is found by the beginning of its handle, and only there", () => {
  const elsewhere = [{ title: "Natten", title_en: "The night", starts_at: "2027", handles: "abcdefgABCDEFG1234567" }];
  const list = applyList(null, full(1, { elsewhere }), 1);
  assert.equal(elsewhereOf(list, "ABCDEFGxxxxx").title, "Natten");
  assert.equal(elsewhereOf(list, "1234567xxxxx").title, "Natten");
  assert.equal(elsewhereOf(list, "defgABCxxxxx"), null);
  assert.equal(elsewhereOf(list, "zzzzzzzxxxxx"), null);
});

test("what is loaded is what was kept, after any deltas and however often they were merged", () => {
  for (let seed = 1; seed <= 15; seed += 1) {
    const random = randomOf(seed);
    const shelf = aShelf();
    const elsewhere = [{ title: "Natten", title_en: "", starts_at: "", handles: "abcdefg" }];
    let list = null;
    const take = (one) => {
      list = applyList(list, one, one.cursor);
      shelf.save(changeFor(list, one));
    };
    take(full(400, { elsewhere }));
    for (let n = 0; n < 130; n += 1) {
      const some = (most) => Array.from({ length: Math.floor(random() * most) }, () => Math.floor(random() * 600));
      const [entries, gone] = [some(4), some(3)];
      take(
        answer({
          version: n,
          cursor: n,
          entries: entries.map((one) => entry(one, `seal-${n}`)),
          gone: gone.filter((one) => !entries.includes(one)).map(handle),
          arrivals: some(5).map((one) => arrival(one, n)),
        }),
      );
      // Now and then the phone starts again.
      if (random() < 0.05) list = shelf.load();
    }
    assert.deepEqual(contentOf(shelf.load()), contentOf(list), `seed ${seed}`);
    assert.ok(shelf.parts.size < 60);
  }
});

test("deltas without the base that they belong to are no list", () => {
  const shelf = aShelf();
  let list = applyList(null, full(3), 1);
  shelf.save(changeFor(list, full(3)));
  shelf.parts.clear();
  const delta = answer({ arrivals: [arrival(1)] });
  list = applyList(list, delta, 2);
  shelf.save(changeFor(list, delta));
  assert.equal(shelf.load(), null);
});

test("a quiet minute writes next to nothing, an arrival little, whatever the list's size", () => {
  const shelf = aShelf();
  let list = applyList(null, full(20_000), 1);
  shelf.save(changeFor(list, full(0)));
  const written = (one) => {
    list = applyList(list, one, 2);
    return shelf.save(changeFor(list, one));
  };
  assert.equal(written(answer()), 0);
  assert.ok(written(answer({ arrivals: [arrival(3)] })) < 200);
});

test("a hundred thousand tickets load in about a second", (t) => {
  const shelf = aShelf();
  const seal = "x".repeat(100);
  const entries = Array.from({ length: 100_000 }, (_, n) => entry(n, seal));
  const arrivals = Array.from({ length: 50_000 }, (_, n) => arrival(n));
  const list = applyList(null, answer({ full: true, entries, arrivals, elsewhere: [] }), 1);
  shelf.save(wholeOf(list));
  const began = performance.now();
  const loaded = shelf.load();
  const took = performance.now() - began;
  t.diagnostic(`${Math.round(took)} ms`);
  assert.deepEqual(
    [loaded.seals.size, loaded.arrivals.size, loaded.seals.get(handle(99_999))],
    [100_000, 50_000, seal],
  );
  assert.ok(took < 1500, `${took} ms`);
});
