import assert from "node:assert/strict";
import test from "node:test";
import { createClock } from "../../static/door/clock.js";

const TRUE = Date.parse("2027-03-24T08:00:00Z");
const HOUR = 3_600_000;
const iso = (at) => new Date(at).toISOString();

/** A phone whose clock is `skew` ahead of the truth; `passes(ms)` lets time pass, `sleeps(ms)` without the steady clock. */
function aPhone({ skew = 0, stored = null } = {}) {
  const phone = { truth: TRUE, skew, steady: 1000, jumps: [] };
  const raw = () => phone.truth + phone.skew;
  const clock = createClock({ raw, steady: () => phone.steady, stored, onJump: (ms) => phone.jumps.push(ms) });
  const passes = (ms) => {
    phone.truth += ms;
    phone.steady += ms;
  };
  return {
    phone,
    clock,
    passes,
    sleeps: (ms) => void (phone.truth += ms),
    /** A request that is answered in the middle of `there + back`. */
    contact(there, back) {
      const sent = clock.begin();
      passes(there);
      const answer = iso(phone.truth);
      passes(back);
      clock.end(sent, answer);
    },
  };
}

test("nothing measured: the phone's clock, and no offset is claimed", () => {
  const { clock } = aPhone({ skew: HOUR });
  assert.equal(clock.now(), TRUE + HOUR);
  assert.deepEqual(clock.stamp(), {
    device_at: iso(TRUE + HOUR),
    clock_offset_ms: null,
    clock_error_ms: null,
    at: TRUE + HOUR,
  });
});

test("a contact measures the offset within half the time that it took", () => {
  const { clock, contact, phone } = aPhone({ skew: 3 * HOUR });
  contact(40, 40);
  assert.deepEqual(clock.measured(), { offset: -3 * HOUR, error: 40 });
  assert.equal(clock.now(), phone.truth);
});

test("a crooked way is off by no more than it says", () => {
  const { clock, contact, phone } = aPhone({ skew: -2 * HOUR });
  contact(500, 20);
  const { error } = clock.measured();
  assert.equal(error, 260);
  assert.ok(Math.abs(clock.now() - phone.truth) <= error);
});

test("the best measure stays until a better one comes, or it is old", () => {
  const { clock, contact, passes } = aPhone({ skew: HOUR });
  contact(10, 10);
  contact(900, 100);
  assert.deepEqual(clock.measured(), { offset: -HOUR, error: 11 });
  passes(3 * HOUR);
  contact(100, 300);
  assert.equal(clock.measured().error, 200);
});

test("somebody sets the clock: the true time goes on, and each stamp still adds up", () => {
  const { clock, contact, passes, phone } = aPhone({ skew: HOUR });
  contact(20, 20);
  passes(60_000);
  phone.skew = -3 * HOUR;
  const stamp = clock.stamp();
  assert.equal(clock.now(), phone.truth);
  assert.equal(stamp.at, phone.truth);
  assert.equal(Date.parse(stamp.device_at) + stamp.clock_offset_ms, phone.truth);
  assert.deepEqual(phone.jumps, [-4 * HOUR]);
});

test("a clock that runs as it should does not jump", () => {
  const { clock, passes, phone } = aPhone();
  for (let n = 0; n < 100; n += 1) {
    passes(1000);
    clock.look();
  }
  assert.deepEqual(phone.jumps, []);
});

test("the hour when clocks go back is none for this one", () => {
  const { clock, contact, passes, phone } = aPhone();
  phone.truth = Date.parse("2026-10-25T00:59:00Z");
  contact(10, 10);
  passes(HOUR);
  assert.equal(clock.now(), phone.truth);
  assert.equal(clock.stamp().device_at, "2026-10-25T01:59:00.020Z");
});

test("a phone that slept with its page hidden has lost no time", () => {
  const { clock, contact, passes, sleeps, phone } = aPhone({ skew: HOUR });
  contact(10, 10);
  clock.hidden();
  passes(5000);
  sleeps(20 * 60_000);
  clock.visible();
  assert.equal(clock.now(), phone.truth);
  assert.deepEqual(phone.jumps, []);
  phone.skew = 0;
  assert.equal(clock.now(), phone.truth);
});

test("hidden without sleep is nothing", () => {
  const { clock, contact, passes, phone } = aPhone({ skew: HOUR });
  contact(10, 10);
  clock.hidden();
  passes(20 * 60_000);
  clock.visible();
  assert.equal(clock.now(), phone.truth);
});

test("a clock that is set forward while hidden looks like sleep, and the next contact puts it right", () => {
  const { clock, contact, phone } = aPhone();
  contact(10, 10);
  clock.hidden();
  phone.skew = 2 * HOUR;
  clock.visible();
  assert.equal(clock.now(), phone.truth + 2 * HOUR);
  contact(200, 200);
  assert.equal(clock.now(), phone.truth);
});

test("after a reload the last offset must do, until the next contact", () => {
  const { clock, contact, phone } = aPhone({ skew: HOUR, stored: { offset: -HOUR, error: 30 } });
  assert.equal(clock.now(), phone.truth);
  assert.deepEqual(clock.measured(), { offset: -HOUR, error: 30 });
  phone.skew = 0;
  contact(10, 10);
  assert.equal(clock.now(), phone.truth);
  assert.equal(clock.measured().offset, 0);
});

test("an answer without a moment measures nothing", () => {
  const { clock } = aPhone({ skew: HOUR });
  clock.end(clock.begin(), undefined);
  clock.end(clock.begin(), "yesterday");
  assert.equal(clock.measured(), null);
});
