import assert from "node:assert/strict";
import test from "node:test";
import { BATCH, confirmed, failed, isWaiting, nextBatch, queueOf, withScan } from "../../static/door/queue.js";

const scan = (n) => ({ nonce: `n${n}`, text: `code${n}`, gate: 1, device_at: "2027-03-24T08:00:00Z", clock_offset_ms: null });
const scans = (count) => Array.from({ length: count }, (_, n) => scan(n));

test("an empty queue has nothing to send", () => assert.deepEqual(nextBatch(queueOf(), 0), []));

test("scans are sent in the order in which they were made, so many at a time", () => {
  const batch = nextBatch(queueOf(scans(BATCH + 5)), 0);
  assert.deepEqual(batch, scans(BATCH));
});

test("only what the server answered for leaves the queue", () => {
  const queue = confirmed(queueOf(scans(3)), ["n0", "n2", "somebody else's"]);
  assert.deepEqual(queue.pending, [scan(1)]);
});

test("a scan that failed is sent again with the same nonce", () => {
  const queue = failed(queueOf(scans(1)), 1000, 0.5);
  assert.deepEqual(nextBatch(queue, queue.dueAt), [scan(0)]);
});

test("waiting doubles from one second to thirty, and an answer ends it", () => {
  let queue = queueOf(scans(2));
  const waits = [];
  for (let n = 0; n < 7; n += 1) {
    queue = failed(queue, 0, 0.5);
    waits.push(queue.dueAt);
  }
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16000, 30000, 30000]);
  assert.deepEqual(nextBatch(queue, 29_999), []);
  assert.equal(confirmed(queue, ["n0"]).dueAt, 0);
});

test("devices do not all come back at the same moment", () => {
  const [early, late] = [0, 0.999].map((chance) => failed(queueOf(scans(1)), 0, chance).dueAt);
  assert.equal(early, 750);
  assert.ok(late > 1249 && late < 1250);
});

test("a new scan does not wait for the old ones' next try", () => {
  const queue = withScan(failed(queueOf(scans(1)), 0, 0.5), scan(1));
  assert.deepEqual(nextBatch(queue, 1), scans(2));
});

test("functions leave the queue that they got alone", () => {
  const queue = Object.freeze({ ...queueOf(), pending: Object.freeze(scans(2)) });
  withScan(queue, scan(3));
  confirmed(queue, ["n0"]);
  failed(queue, 0, 0);
  assert.equal(queue.pending.length, 2);
});

test("a code that waits for its answer is known however it is written", () => {
  const queue = queueOf([scan(1)]);
  assert.equal(isWaiting(queue, "CODE1", (text) => text.toUpperCase()), true);
  assert.equal(isWaiting(queue, "code2", (text) => text), false);
});
