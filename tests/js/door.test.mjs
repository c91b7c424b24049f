import assert from "node:assert/strict";
import test from "node:test";
import { practiceOf, readCode } from "../../static/door/codes.js";
import { PRACTICE_TICKETS } from "../../static/door/practice.js";
import { memoryTables } from "../../static/door/tables.js";
import { StoreFull, createStore, memoryStore } from "../../static/door/store.js";
import { CODES, DOOR, VISITOR, aPhone, handleOf, listAnswer } from "./help/phone.mjs";

const outcomes = (seen) => seen.shown.map(({ verdict }) => verdict.outcome);
const visitor = handleOf(CODES.visitor);
const aClass = handleOf(CODES.class);

test("a verdict is shown when its record is on the disk, and not before", async () => {
  const order = [];
  const tables = memoryTables();
  const write = async (ops, options) => {
    await new Promise(setImmediate);
    await tables.write(ops, options);
    if (ops[0].table === "records") order.push(`written ${options.strict ? "strictly" : ""}`);
  };
  const phone = await aPhone({ store: createStore({ ...tables, write }) });
  phone.seen.shown.push = (shown) => order.push(shown.verdict.outcome);
  await phone.door.take(CODES.visitor);
  assert.deepEqual(order, ["written strictly", "admitted"]);
  assert.equal(phone.seen.pokes, 1);
});

test("the record says what was seen and done, and holds neither name nor code", async () => {
  const phone = await aPhone();
  await phone.door.take(CODES.visitor);
  const [{ nonce, at, was, of, confirmed_at, set_aside, ...record }] = await phone.store.records();
  assert.deepEqual(record, {
    act: "enter",
    handle: visitor,
    gate: 7,
    device_at: "2027-03-24T11:00:00.000Z",
    clock_offset_ms: null,
    clock_error_ms: null,
    headcount: 1,
    shown: "admitted",
    let_in: true,
    reason: "",
    ref: null,
    list_version: 1,
    box: null,
    event: "fair",
  });
  assert.ok(!JSON.stringify(await phone.store.records()).includes("Åsa"));
});

test("the second time is already in, and says when and where", async () => {
  const phone = await aPhone();
  await phone.door.take(CODES.visitor);
  phone.wait(60_000);
  const { verdict, facts, can } = await phone.door.take(CODES.visitor);
  assert.equal(verdict.outcome, "already_in");
  assert.deepEqual(facts.earlier, { at: phone.clock.now() - 60_000, gate: "Norra" });
  assert.deepEqual(can, { correct: false, undo: false, overrule: false });
  assert.deepEqual(await phone.records(), [
    ["enter", visitor, 1, true, "admitted"],
    ["enter", visitor, 0, false, "already_in"],
  ]);
});

test("what another gate did is in the list", async () => {
  const phone = await aPhone({ list: listAnswer({ arrivals: [[visitor, 1, 1, 1000, 8]], inside: 1 }) });
  const { verdict, facts } = await phone.door.take(CODES.visitor);
  assert.deepEqual([verdict.outcome, facts.earlier], ["already_in", { at: 1000, gate: "Lastkajen" }]);
});

test("the same code twice in a moment makes one record", async () => {
  const phone = await aPhone();
  const both = await Promise.all([phone.door.take(CODES.visitor), phone.door.take(` ${CODES.visitor.toLowerCase()} `)]);
  assert.equal(both[0], both[1]);
  assert.deepEqual([(await phone.records()).length, outcomes(phone.seen)], [1, ["admitted"]]);
});

test("many codes in a moment are judged one after the other: the fire limit holds", async () => {
  const phone = await aPhone({ list: listAnswer({ inside: 99 }) });
  await Promise.all([phone.door.take(CODES.visitor), phone.door.take(CODES.other)]);
  assert.deepEqual(outcomes(phone.seen), ["admitted", "full"]);
});

test("an unknown code is kept by its handle, anything else in a box", async () => {
  const phone = await aPhone();
  await phone.door.take("ZZZZZZZZZZZZZZZZ");
  await phone.door.take(`https://example.com/${"x".repeat(300)}`);
  assert.deepEqual(outcomes(phone.seen), ["unknown", "unknown"]);
  const [code, other] = await phone.store.records();
  assert.deepEqual([code.handle, code.box], [handleOf("ZZZZZZZZZZZZZZZZ"), null]);
  assert.equal(other.handle, null);
  assert.equal(JSON.parse(other.box.replace("box:", "")).text.length, 200);
});

test("another event's ticket names it", async () => {
  const list = listAnswer({
    elsewhere: [{ title: "Natten", title_en: "", starts_at: "", handles: handleOf("ZZZZZZZZZZZZZZZZ").slice(0, 7) }],
  });
  const there = await (await aPhone({ list })).door.take("ZZZZZZZZZZZZZZZZ");
  assert.deepEqual([there.verdict.outcome, there.facts.elsewhere.title], ["wrong_event", "Natten"]);
});

test("a class comes in parts, each corrected, and more than all of it needs a reason", async () => {
  const phone = await aPhone();
  const first = await phone.door.take(CODES.class);
  assert.deepEqual(
    [first.verdict.outcome, first.heads, first.most, first.can],
    ["admitted", 27, 27, { correct: true, undo: true, overrule: false }],
  );
  const corrected = await phone.door.correct(first.nonce, 20);
  assert.deepEqual([corrected.verdict.outcome, corrected.heads, corrected.nonce], ["corrected", 20, first.nonce]);
  assert.equal(phone.book.inside(), 20);
  phone.wait(1000);
  const rest = await phone.door.take(CODES.class);
  assert.deepEqual([rest.heads, phone.book.inside()], [7, 27]);
  assert.deepEqual(await phone.door.correct(rest.nonce, 9), { refused: "reason" });
  const more = await phone.door.correct(rest.nonce, 9, "Two from another class");
  assert.deepEqual([more.heads, phone.book.inside()], [9, 29]);
  const { was, headcount, reason, ref, of } = (await phone.store.records()).at(-1);
  assert.deepEqual([was, headcount, reason, ref, of], [7, 9, "Two from another class", rest.nonce, "enter"]);
});

test("never past the fire limit, whatever the reason", async () => {
  const phone = await aPhone({ list: listAnswer({ inside: 70 }) });
  const first = await phone.door.take(CODES.class);
  assert.deepEqual(await phone.door.correct(first.nonce, 31, "They are more"), { refused: "full" });
  assert.equal((await phone.door.correct(first.nonce, 30, "They are more")).heads, 30);
});

test("all in already: a guard lets in more of the class, with a reason", async () => {
  const phone = await aPhone({ list: listAnswer({ arrivals: [[aClass, 27, 27, 1, 7]], inside: 27 }) });
  const refused = await phone.door.take(CODES.class);
  assert.deepEqual([refused.verdict.outcome, refused.can.overrule], ["already_in", true]);
  assert.deepEqual(await phone.door.overrule(refused.nonce, " ", 2), { refused: "reason" });
  const let_in = await phone.door.overrule(refused.nonce, "Two more came", 2);
  assert.deepEqual([let_in.verdict.outcome, let_in.heads, phone.book.inside()], ["admitted", 2, 29]);
  assert.deepEqual(await phone.records(), [
    ["enter", aClass, 0, false, "already_in"],
    ["enter", aClass, 2, true, "already_in"],
  ]);
  assert.deepEqual(await phone.door.overrule(refused.nonce, "Again", 2), { refused: "gone" });
});

test("a person who is in is not let in all the same", async () => {
  const phone = await aPhone({ list: listAnswer({ arrivals: [[visitor, 1, 1, 1, 7]] }) });
  const refused = await phone.door.take(CODES.visitor);
  assert.deepEqual(await phone.door.overrule(refused.nonce, "I know her"), { refused: "gone" });
});

test("undo, once; then the ticket is as before", async () => {
  const phone = await aPhone();
  const shown = await phone.door.take(CODES.visitor);
  phone.wait(1000);
  const undone = await phone.door.undo(shown.nonce);
  assert.deepEqual([undone.verdict.outcome, undone.can.undo, phone.book.inside()], ["undone", false, 0]);
  assert.deepEqual(await phone.door.undo(shown.nonce), { refused: "gone" });
  assert.deepEqual(await phone.door.undo("somebody else's"), { refused: "gone" });
  phone.wait(1000);
  assert.equal((await phone.door.take(CODES.visitor)).verdict.outcome, "admitted");
});

test("after a reload a scan can still be corrected and undone", async () => {
  const store = memoryStore();
  const before = await aPhone({ store });
  const shown = await before.door.take(CODES.class);
  before.wait(1000);
  await before.door.correct(shown.nonce, 25);
  const after = await aPhone({ store });
  after.wait(2000);
  assert.equal((await after.door.correct(shown.nonce, 24)).heads, 24);
  after.wait(1000);
  await after.door.undo(shown.nonce);
  assert.equal(after.book.inside(), 0);
  assert.deepEqual(
    (await store.records()).map(({ act, was, headcount }) => [act, was, headcount]),
    [
      ["enter", 0, 27],
      ["correct", 27, 25],
      ["correct", 25, 24],
      ["undo", 24, 0],
    ],
  );
});

test("after a reload a walk-in that was undone is not undone again", async () => {
  const store = memoryStore();
  const before = await aPhone({ store });
  const { nonce } = await before.door.walkIn({ name: "Cilla" });
  await before.door.undo(nonce);
  const after = await aPhone({ store });
  assert.deepEqual([await after.door.undo(nonce), after.book.inside()], [{ refused: "gone" }, 0]);
});

test("out: whoever is in leaves, whoever is not is told", async () => {
  const phone = await aPhone();
  await phone.door.take(CODES.class);
  phone.wait(1000);
  const left = await phone.door.take(CODES.class, { direction: "out" });
  assert.deepEqual([left.verdict.outcome, left.heads, phone.book.inside()], ["left", 27, 0]);
  phone.wait(1000);
  assert.equal((await phone.door.take(CODES.class, { direction: "out" })).verdict.outcome, "not_in");
  assert.equal((await phone.records()).at(-1)[2], 0);
});

test("found by name at the desk", async () => {
  const phone = await aPhone();
  const found = { ...VISITOR, handle: visitor, short: "0001", inside: 0, came: 0 };
  const shown = await phone.door.takeHandle(visitor, found);
  assert.deepEqual([shown.verdict.outcome, shown.entry.name], ["admitted", "Åsa"]);
  phone.wait(1000);
  assert.equal((await phone.door.take(CODES.visitor)).verdict.outcome, "already_in");
});

test("a walk-in's name is kept in a box", async () => {
  const phone = await aPhone();
  const person = { name: "Cilla", company: "Café", email: "c@example.com", language: "sv" };
  const shown = await phone.door.walkIn(person);
  assert.deepEqual([shown.verdict.outcome, shown.heads, phone.book.inside()], ["admitted", 1, 1]);
  const [{ act, handle, box }] = await phone.store.records();
  assert.deepEqual([act, handle, box], ["walk_in", null, `box:${JSON.stringify(person)}`]);
});

test("a walk-in when it is full is nobody's record; before the doors open it takes a reason", async () => {
  const full = await aPhone({ list: listAnswer({ inside: 100 }) });
  assert.equal((await full.door.walkIn({ name: "Cilla" })).verdict.outcome, "full");
  assert.equal((await full.door.walkIn({ name: "Cilla" }, { reason: "She sings" })).nonce, null);
  const closed = await aPhone({ list: listAnswer({ door: { ...DOOR, opens_at: "2027-03-24T13:00:00+01:00" } }) });
  assert.equal((await closed.door.walkIn({ name: "Cilla" })).verdict.outcome, "too_early");
  assert.equal((await closed.door.walkIn({ name: "Cilla" }, { reason: "She sings" })).verdict.outcome, "admitted");
  assert.deepEqual(await full.records(), []);
});

test("two thousand tickets in a row without a network, and no slower in the end", async () => {
  const entries = Array.from(
    { length: 2000 },
    (_, n) => handleOf(String(n).padStart(16, "0")) + JSON.stringify(VISITOR),
  );
  const phone = await aPhone({ list: listAnswer({ entries, door: { ...DOOR, fire_limit: null } }) });
  const times = [];
  for (let n = 0; n < 2000; n += 1) {
    const began = performance.now();
    await phone.door.take(String(n).padStart(16, "0"));
    times.push(performance.now() - began);
  }
  assert.deepEqual([phone.book.inside(), phone.book.queue().pending.length], [2000, 2000]);
  const middle = (some) => some.sort((a, b) => a - b)[some.length / 2];
  assert.ok(middle(times.slice(1900)) < 5, `${middle(times.slice(1900))} ms each`);
});

test("a phone without a list says so, and keeps nothing", async () => {
  const phone = await aPhone({ list: null });
  assert.equal((await phone.door.take(CODES.visitor)).verdict.outcome, "no_list");
  assert.deepEqual(await phone.records(), []);
});

test("a device that ends in the middle of a scan: what is kept is shown, what is not is said", async () => {
  for (const steps of [0, 1, 2, 3, 5, 8, 13]) {
    const phone = await aPhone();
    const taken = phone.door.take(CODES.visitor);
    for (let n = 0; n < steps; n += 1) await null;
    await phone.book.forget();
    const { verdict, nonce } = await taken;
    assert.equal(verdict.outcome, nonce ? "admitted" : "no_list");
    assert.equal((await phone.records()).length, nonce ? 1 : 0);
    if (nonce) assert.equal((await phone.door.undo(nonce)).verdict.outcome, "undone");
  }
});

test("a phone without room says so, and lets nobody in", async () => {
  const store = memoryStore();
  const phone = await aPhone({ store });
  const { putRecord } = store;
  store.putRecord = async () => {
    throw new StoreFull();
  };
  const shown = await phone.door.take(CODES.visitor);
  assert.deepEqual(
    [shown.verdict.outcome, shown.nonce, phone.book.inside(), phone.seen.pokes],
    ["not_stored", null, 0, 0],
  );
  store.putRecord = putRecord;
  assert.equal((await phone.door.take(CODES.visitor)).verdict.outcome, "admitted");
});

test("a mistake of ours does not stop the next scan", async () => {
  const store = memoryStore();
  const phone = await aPhone({ store });
  const { putRecord } = store;
  store.putRecord = () => Promise.reject(new TypeError("a bug"));
  await assert.rejects(phone.door.take(CODES.visitor), TypeError);
  store.putRecord = putRecord;
  assert.equal((await phone.door.take(CODES.visitor)).verdict.outcome, "admitted");
});

for (const { code, outcome } of PRACTICE_TICKETS) {
  test(`practice: ${code} is ${outcome}, and touches nothing`, async () => {
    assert.equal(readCode(code), code);
    assert.equal(practiceOf(code), code);
    const phone = await aPhone({ practising: () => true });
    const shown = await phone.door.take(`HTTPS://TORGET.SE/T/${code}`);
    assert.deepEqual([shown.verdict.outcome, shown.practice], [outcome, true]);
    assert.deepEqual([await phone.records(), phone.book.inside(), phone.seen.pokes], [[], 0, 0]);
    assert.equal((await (await aPhone()).door.take(code)).verdict.outcome, "practice");
  });
}

test("practice behaves like the door: twice, corrected, undone, let in all the same", async () => {
  const phone = await aPhone({ practising: () => true });
  const code = PRACTICE_TICKETS.find(({ entry }) => entry?.kind === "c").code;
  const first = await phone.door.take(code);
  assert.equal((await phone.door.correct(first.nonce, 25)).heads, 25);
  phone.wait(1000);
  assert.equal((await phone.door.take(code)).heads, 2);
  phone.wait(1000);
  const third = await phone.door.take(code);
  assert.equal(third.verdict.outcome, "already_in");
  assert.equal((await phone.door.overrule(third.nonce, "One more", 1)).heads, 1);
  await phone.door.undo(first.nonce);
  assert.deepEqual([await phone.records(), phone.seen.pokes], [[], 0]);
});

test("a real ticket while practising is told apart, and a practice ticket at the real door", async () => {
  let on = true;
  const phone = await aPhone({ practising: () => on });
  assert.equal((await phone.door.take(CODES.visitor)).verdict.outcome, "not_practice");
  on = false;
  assert.equal((await phone.door.take(PRACTICE_TICKETS[0].code)).verdict.outcome, "practice");
  assert.equal((await phone.door.take(CODES.visitor)).verdict.outcome, "admitted");
  assert.equal((await phone.records()).length, 1);
});
