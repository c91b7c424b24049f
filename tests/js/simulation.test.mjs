/**
 * Forty phones at two gates for two hours of virtual time: the network flaps, answers are lost after the server has
 * written, requests come twice and late, pages are killed in the middle of anything, clocks are hours wrong and are set.
 * In the end server and phones agree on every record, and every verdict that was shown has its own.
 */

import assert from "node:assert/strict";
import test from "node:test";
import { HOUR, createPhone, createServer, createTime, randomOf, standingOf } from "./help/world.mjs";

const SEEDS = Number(process.env.DOOR_SEEDS ?? 3);
const PHONES = 40;
const SCANS = 25;
const MINUTE = 60_000;

function someCodes() {
  const people = Array.from({ length: 250 }, (_, n) => ({
    code: `P${String(n).padStart(15, "0")}`.replace(/^(.)(.*)(.{4})$/, "$1$3$2"),
    entry: { kind: "v", state: n % 20 ? "ok" : "x", name: "", company: "", pupils: 1, wave: null },
  }));
  const classes = Array.from({ length: 25 }, (_, n) => ({
    code: `C${String(n).padStart(4, "0")}00000000000`,
    entry: { kind: "c", state: "ok", name: "9A", company: "", pupils: 20 + n, wave: null },
  }));
  return [...people, ...classes];
}

/** Two hours, and then a quiet time in which all that waits is sent. */
async function simulate(seed, { phones: count = PHONES, scans = SCANS, broken = {} } = {}) {
  const random = randomOf(seed);
  const time = createTime();
  const codes = someCodes();
  const server = createServer(time, { codes, ...broken.server });
  const shown = [];
  let quiet = false;
  const onShown = (one, phone) => shown.push({ ...one, phone });
  const phones = Array.from({ length: count }, (_, n) =>
    createPhone(`p${n}`, { time, random, server, codes, broken, perfect: () => quiet, onShown }),
  );
  for (const phone of phones) {
    time.later(phone.start, random() * MINUTE);
    for (let n = 0; n < scans; n += 1) time.later(phone.act, random() * 2 * HOUR);
    for (let n = 0; n < 3; n += 1) {
      const at = random() * 2 * HOUR;
      time.later(phone.kill, at);
      time.later(phone.start, at + 1 + random() * 5 * MINUTE);
    }
    // In the middle of a scan, too.
    const at = random() * 2 * HOUR;
    time.later(phone.act, at);
    time.later(phone.kill, at + random() * 60);
    time.later(phone.start, at + MINUTE);
    if (random() < 0.3) time.later(phone.setClock, random() * 2 * HOUR);
  }
  await time.runUntil(2 * HOUR + 6 * MINUTE);
  quiet = true;
  await time.runUntil(2 * HOUR + 20 * MINUTE);
  return { server, shown, phones, codes };
}

/** Nothing lost, nothing doubled, nothing shown without its record; and all know the same. */
async function check({ server, shown, phones, codes }) {
  const kept = shown.filter(({ nonce }) => nonce !== null);
  assert.ok(kept.length > 0, "something was scanned");
  for (const { nonce, phone, doubled } of kept) {
    assert.ok(server.stored.has(nonce), `${phone} showed ${nonce}, and the server has it`);
    assert.deepEqual(doubled, [], `${phone} counted nobody twice when it showed ${nonce}`);
  }

  const contents = new Map();
  for (const record of server.received) {
    const content = JSON.stringify(record);
    assert.equal(contents.get(record.nonce) ?? content, content, `${record.nonce} is the same each time`);
    contents.set(record.nonce, content);
  }
  for (const phone of phones) {
    const { book, sync } = phone.current();
    assert.deepEqual(await phone.tables.all("records"), [], `${phone.name} has nothing left`);
    assert.deepEqual([sync.state().queue, sync.state().setAside, sync.state().left], [0, 0, 0]);
    for (const { code } of codes) {
      const handle = code.slice(0, 12);
      const { inside, came } = server.presences.get(handle) ?? { inside: 0, came: 0 };
      const arrival = book.list().arrivals.get(handle) ?? { inside: 0, came: 0 };
      assert.deepEqual([arrival.inside, arrival.came], [inside, came], `${phone.name} knows ${handle}`);
    }
  }
  const people = codes.reduce((sum, { code }) => sum + (server.presences.get(code.slice(0, 12))?.inside ?? 0), 0);
  for (const phone of phones) assert.equal(phone.current().book.inside(), people);

  // What the server adds up is what its records, each counted once, add up to.
  for (const { code, entry } of codes) {
    const handle = code.slice(0, 12);
    const records = [...server.stored.values()].filter((record) => record.handle === handle);
    const { inside, came } = standingOf(records, entry.kind !== "c");
    const found = server.presences.get(handle) ?? { inside: 0, came: 0 };
    assert.deepEqual([found.inside, found.came], [inside, came], `${handle} adds up`);
  }
  // The true time of each record is within what its phone admitted, once the phone had measured.
  for (const { nonce, trueAt, certain } of kept.filter(({ certain }) => certain)) {
    const record = server.stored.get(nonce);
    if (record.clock_offset_ms === null || !certain) continue;
    // Between looking at the clock and showing the verdict lies the writing; a correction shows its scan's nonce.
    const late = trueAt - record.at;
    assert.ok(late > -record.clock_error_ms - 2 && late < record.clock_error_ms + 5000, `${nonce} is ${late} ms off`);
  }
}

for (let seed = 1; seed <= SEEDS; seed += 1) {
  test(`forty phones, two hours: seed ${seed}`, async (t) => {
    const world = await simulate(seed);
    const { server, shown } = world;
    t.diagnostic(`${server.stored.size} records of ${shown.length} verdicts, ${server.received.length} received`);
    assert.ok(server.received.length > server.stored.size, "some came twice");
    await check(world);
  });
}

const SMALL = { phones: 8, scans: 20 };

for (const [what, broken] of [
  ["a queue that forgets what it has sent, whatever came back", { drops: true }],
  ["a store that says it has written before it has", { lies: true }],
  ["a book that adds to the list what the list holds", { keeps: true }],
  ["a server that counts a record each time it comes", { server: { dedupes: false } }],
]) {
  test(`the same check finds ${what}`, async () => {
    const found = async (seed) =>
      check(await simulate(seed, { ...SMALL, broken })).then(
        () => null,
        (error) => error,
      );
    let error = null;
    for (let seed = 1; seed <= 5 && !error; seed += 1) error = await found(seed);
    assert.ok(error instanceof assert.AssertionError, String(error?.stack ?? "nothing was found"));
  });
}

test("with nothing broken the small world is sound, too", async () => {
  for (let seed = 1; seed <= 3; seed += 1) await check(await simulate(seed, SMALL));
});
