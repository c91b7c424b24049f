import assert from "node:assert/strict";
import test from "node:test";
import { NAME, createTabs } from "../../static/door/tabs.js";

/** Locks as the standard has them, for one name. */
function someLocks() {
  let holder = null;
  return {
    die: () => (holder = null),
    async request(name, { ifAvailable = false, steal = false }, work) {
      assert.equal(name, NAME);
      if (holder && ifAvailable) return work(null);
      if (holder && steal) holder.reject(new DOMException("stolen", "AbortError"));
      const me = {};
      const lost = new Promise((_, reject) => (me.reject = reject));
      holder = me;
      try {
        return await Promise.race([work({ name }), lost]);
      } finally {
        if (holder === me) holder = null;
      }
    },
  };
}

/** Channels between tabs; a message reaches all others a moment later. */
function someChannels() {
  const all = [];
  return () => {
    const listeners = [];
    const channel = {
      addEventListener: (_, listener) => listeners.push(listener),
      postMessage: (data) =>
        all.filter((other) => other !== channel).forEach((other) => queueMicrotask(() => other.hear(data))),
      hear: (data) => listeners.forEach((listener) => listener({ data })),
    };
    all.push(channel);
    return channel;
  };
}

function kinds() {
  const locks = someLocks();
  const channel = someChannels();
  const lost = [];
  const later = (run) => setImmediate(run);
  return [
    ["locks", lost, (n) => createTabs({ locks, channel: null, onLost: () => lost.push(n) })],
    ["a channel", lost, (n) => createTabs({ locks: null, channel: channel(), later, onLost: () => lost.push(n) })],
  ];
}

for (const index of [0, 1]) {
  const [what] = kinds()[index];
  test(`one tab at a time has the door, with ${what}`, async () => {
    const [, lost, tab] = kinds()[index];
    const [one, other] = [tab(1), tab(2)];
    assert.equal(await one.claim(), true);
    assert.equal(await one.claim(), true);
    assert.equal(await other.claim(), false);
    assert.deepEqual([one.holds(), other.holds()], [true, false]);
    await other.steal();
    await new Promise(setImmediate);
    assert.deepEqual([one.holds(), other.holds(), lost], [false, true, [1]]);
    assert.equal(await one.claim(), false);
    other.release();
    await new Promise(setImmediate);
    assert.equal(await one.claim(), true);
    assert.deepEqual(lost, [1]);
  });
}

test("where a browser has neither, a tab has the door", async () => {
  const tabs = createTabs({ locks: null, channel: null, onLost: () => {} });
  assert.equal(await tabs.claim(), true);
});
