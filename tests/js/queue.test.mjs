import assert from "node:assert/strict";
import test from "node:test";
import {
  BATCH,
  LONG_BATCH,
  answered,
  confirmed,
  failed,
  inDoubt,
  nextBatch,
  queueOf,
  retryAside,
  withRecord,
} from "../../static/door/queue.js";

const record = (n) => ({ nonce: `n${n}`, set_aside: false });
const records = (count) => Array.from({ length: count }, (_, n) => record(n));
const nonces = (batch) => batch.map(({ nonce }) => nonce);

test("an empty queue has nothing to send", () => assert.deepEqual(nextBatch(queueOf(), 0), []));

test("records are sent in the order in which they were made, so many at a time", () => {
  assert.deepEqual(nextBatch(queueOf(records(BATCH + 5)), 0), records(BATCH));
});

test("a long queue goes in long batches once the server has answered, and in short ones in the end", () => {
  let queue = queueOf(records(2000));
  const sizes = [];
  for (let batch = nextBatch(queue, 0); batch.length; batch = nextBatch(queue, 0)) {
    sizes.push(batch.length);
    queue = confirmed(queue, nonces(batch));
  }
  assert.deepEqual(sizes, [100, 200, 400, LONG_BATCH, LONG_BATCH, 300]);
});

test("only what the server answered for leaves the queue", () => {
  const queue = confirmed(queueOf(records(3)), ["n0", "n2", "somebody else's"]);
  assert.deepEqual(queue.pending, [record(1)]);
});

test("a record that failed is sent again with the same nonce", () => {
  const queue = failed(queueOf(records(1)), 1000, 0.5);
  assert.deepEqual(nextBatch(queue, queue.dueAt), [record(0)]);
});

test("waiting doubles from one second to thirty, and an answer ends it", () => {
  let queue = queueOf(records(2));
  const waits = [];
  for (let n = 0; n < 7; n += 1) {
    queue = failed(queue, 0, 0.5);
    waits.push(queue.dueAt);
  }
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16000, 30000, 30000]);
  assert.deepEqual(nextBatch(queue, 29_999), []);
  assert.equal(confirmed(queue, ["n0"]).dueAt, 0);
});

test("a server that asks to wait is waited for", () => {
  const queue = failed(queueOf(records(5)), 0, 0.5, "too_many", 20_000);
  assert.deepEqual([queue.dueAt, queue.size], [20_000, BATCH]);
});

test("devices do not all come back at the same moment", () => {
  const [early, late] = [0, 0.999].map((chance) => failed(queueOf(records(1)), 0, chance).dueAt);
  assert.equal(early, 750);
  assert.ok(late > 1249 && late < 1250);
});

test("a new record does not wait for the old ones' next try", () => {
  const queue = withRecord(failed(queueOf(records(1)), 0, 0.5), record(1));
  assert.deepEqual(nextBatch(queue, 1), records(2));
});

test("functions leave the queue that they got alone", () => {
  const queue = Object.freeze({ ...queueOf(), pending: Object.freeze(records(2)), alone: Object.freeze({}) });
  withRecord(queue, record(3));
  confirmed(queue, ["n0"]);
  failed(queue, 0, 0);
  failed({ ...queue, size: 1 }, 0, 0, "server");
  assert.equal(queue.pending.length, 2);
});

/** Send all of a queue to a server that answers `why` to any batch with a bad record in it. */
function sendAll(count, bad, why, rounds = 200) {
  let queue = queueOf(records(count));
  const sent = [];
  for (let n = 0; n < rounds && queue.pending.length; n += 1) {
    const batch = nextBatch(queue, Infinity);
    const isBad = batch.some(({ nonce }) => bad.includes(nonce));
    sent.push(batch.length);
    queue = isBad ? failed(queue, 0, 0.5, why) : confirmed(queue, nonces(batch));
    // As sync.js: a healthy server says so.
    if (isBad && bad.length < count && inDoubt(queue)) queue = answered(queue);
  }
  return { queue, sent };
}

for (const why of ["refused", "server"]) {
  test(`one record that the server cannot take blocks no other (${why})`, () => {
    const { queue, sent } = sendAll(120, ["n57"], why);
    assert.deepEqual([queue.pending.length, nonces(queue.aside)], [0, ["n57"]]);
    assert.equal(queue.aside[0].set_aside, true);
    assert.ok(sent.length < 60, `${sent.length} requests`);
  });

  test(`several, at both ends and side by side (${why})`, () => {
    const { queue } = sendAll(40, ["n0", "n1", "n20", "n39"], why);
    assert.deepEqual([queue.pending.length, nonces(queue.aside).sort()], [0, ["n0", "n1", "n20", "n39"]]);
  });
}

test("a server that answers 500 to everything sets nothing aside", () => {
  const all = nonces(records(30));
  const { queue } = sendAll(30, all, "server");
  assert.deepEqual([queue.pending.length, queue.aside.length], [30, 0]);
  assert.equal(confirmed(queue, all).pending.length, 0);
});

test("the batch is not cut to pieces while there is no network", () => {
  let queue = queueOf(records(400));
  for (let n = 0; n < 50; n += 1) queue = failed(queue, 0, 0.5, "network");
  assert.equal(nextBatch(queue, Infinity).length, 25);
});

test("cutting a batch in halves does not keep the others waiting for long", () => {
  const waits = (why) => {
    let queue = queueOf(records(100));
    let sum = 0;
    for (let n = 0; n < 30 && !queue.aside.length; n += 1) {
      const bad = nextBatch(queue, Infinity).some(({ nonce }) => nonce === "n0");
      queue = bad ? failed(queue, 0, 0.5, why) : confirmed(queue, nonces(nextBatch(queue, Infinity)));
      sum += queue.dueAt;
    }
    return sum;
  };
  assert.ok(waits("refused") < 5000, `${waits("refused")} ms`);
  assert.ok(waits("server") < 60_000, `${waits("server")} ms`);
});

test("what was set aside may be tried again", () => {
  const { queue } = sendAll(3, ["n1"], "refused");
  const again = retryAside(queue);
  assert.deepEqual([nonces(nextBatch(again, Infinity)), again.aside], [["n1"], []]);
  assert.deepEqual(nonces(retryAside(confirmed(queue, ["n1"])).pending), []);
});
