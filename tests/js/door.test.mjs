import assert from "node:assert/strict";
import test from "node:test";
import { Trouble, createApi } from "../../static/door/api.js";
import { createDoor } from "../../static/door/door.js";
import { memoryStore } from "../../static/door/store.js";

const TEXTS = { admitted: "in", already_in: "already", already_in_detail: "", unknown: "?", waiting: "wait", waiting_advice: "" };
const CODE = "0123456789ABCDEF";

/** A door with a server of our own: `answer(scans)` gives results or throws. */
function aDoor(answer, store = memoryStore()) {
  const seen = { verdicts: [], sounds: [], trouble: [], queue: 0, sent: [], later: [] };
  const screen = {
    verdict: (verdict) => seen.verdicts.push(verdict.outcome),
    list: () => {},
    asking: () => {},
    count: (people) => (seen.count = people),
    queue: (length) => (seen.queue = length),
    online: (works, kind) => seen.trouble.push(works ? "" : kind),
  };
  const api = {
    async send(scans) {
      seen.sent.push(scans);
      return { results: await answer(scans), admitted: 7, offset: 250 };
    },
  };
  let time = Date.parse("2027-03-24T08:00:00Z");
  let nonces = 0;
  const door = createDoor({
    store,
    api,
    screen,
    signals: { give: (tone) => seen.sounds.push(tone) },
    texts: TEXTS,
    moment: (iso) => iso,
    gate: () => 3,
    newNonce: () => `n${(nonces += 1)}`,
    now: () => time,
    chance: () => 0.5,
    later: (run) => seen.later.push(run),
  });
  return { door, seen, store, wait: (ms) => (time += ms) };
}

const admit = (scans) => scans.map((scan) => ({ nonce: scan.nonce, outcome: "admitted", holder: null }));
const fail = () => {
  throw new Trouble("network");
};

test("a scan is kept before it is sent, and forgotten when it is answered", async () => {
  let kept = null;
  const store = memoryStore();
  const { door, seen } = aDoor(async (scans) => {
    kept = await store.all();
    return admit(scans);
  }, store);

  await door.take(CODE);

  assert.deepEqual(kept, [
    { nonce: "n1", text: CODE, gate: 3, device_at: "2027-03-24T08:00:00.000Z", clock_offset_ms: null },
  ]);
  assert.deepEqual(await store.all(), []);
  assert.deepEqual([seen.verdicts, seen.sounds, seen.count, seen.queue], [["admitted"], ["good"], 7, 0]);
});

test("the clock's measured offset goes with the next scan", async () => {
  const { door, seen } = aDoor(admit);
  await door.take(CODE);
  await door.take("FEDCBA9876543210");
  assert.deepEqual(seen.sent.map(([scan]) => scan.clock_offset_ms), [null, 250]);
});

test("without an answer the scan waits, and is sent again with the same nonce", async () => {
  let works = false;
  const { door, seen, store, wait } = aDoor((scans) => (works ? admit(scans) : fail()));

  await door.take(CODE);
  assert.deepEqual([seen.verdicts, seen.queue, seen.trouble.at(-1)], [["waiting"], 1, "network"]);
  assert.equal((await store.all()).length, 1);

  works = true;
  wait(1000);
  await seen.later[0]();
  assert.deepEqual(seen.verdicts, ["waiting", "admitted"]);
  assert.deepEqual(seen.sent.map(([scan]) => scan.nonce), ["n1", "n1"]);
  assert.deepEqual(await store.all(), []);
});

test("a code that waits for its answer is not scanned again", async () => {
  const { door, seen } = aDoor(fail);
  await door.take(CODE);
  await door.take(CODE.toLowerCase());
  assert.deepEqual([seen.queue, seen.verdicts], [1, ["waiting", "waiting"]]);
});

test("what was kept when the page was closed is sent when it opens", async () => {
  const store = memoryStore();
  const first = aDoor(fail, store);
  await first.door.take(CODE);

  const second = aDoor(admit, store);
  await second.door.resume();

  assert.equal(second.seen.sent[0][0].nonce, "n1");
  assert.deepEqual(await store.all(), []);
});

test("a late answer to an older scan does not cover the screen", async () => {
  let works = false;
  const { door, seen } = aDoor((scans) => (works ? admit(scans) : fail()));
  await door.take(CODE);
  works = true;
  await door.take("FEDCBA9876543210");
  assert.deepEqual(seen.verdicts, ["waiting", "admitted"]);
  assert.equal(seen.queue, 0);
});

test("a server that answers for nothing is a server in trouble", async () => {
  const { door, seen, store } = aDoor(() => [{ nonce: "somebody else's", outcome: "admitted" }]);
  await door.take(CODE);
  assert.deepEqual([seen.queue, (await store.all()).length, seen.verdicts], [1, 1, ["waiting"]]);
});

test("half an answer confirms half", async () => {
  const { door, seen, wait } = aDoor((scans) => (seen.sent.length === 1 ? fail() : admit(scans.slice(0, 1))));
  await door.take(CODE);
  wait(1000);
  await door.take("FEDCBA9876543210");
  assert.equal(seen.queue, 0);
  assert.deepEqual(seen.sent.map((scans) => scans.length), [1, 2, 1]);
});

const PAGE = { scans: "/scans", count: "/count" };
const answering = (response) => createApi(PAGE, () => "token", async () => response);

for (const [what, response, kind] of [
  ["a café's sign-in page", new Response("<html>", { headers: { "Content-Type": "text/html" } }), "network"],
  ["a server in trouble", new Response("", { status: 500 }), "network"],
  ["too many", new Response("", { status: 429 }), "network"],
  ["JSON of another kind", Response.json({ hello: 1 }), "network"],
  ["signed out", new Response("", { status: 401 }), "signed-out"],
  ["a stale token", new Response("", { status: 403 }), "signed-out"],
  ["the role taken back", new Response("", { status: 404 }), "closed"],
]) {
  test(`trouble: ${what}`, async () => {
    await assert.rejects(answering(response).send([]), (error) => error instanceof Trouble && error.kind === kind);
  });
}

test("trouble: no network at all", async () => {
  const api = createApi(PAGE, () => "token", () => Promise.reject(new TypeError("Failed to fetch")));
  await assert.rejects(api.count(), { kind: "network" });
});

test("the request carries token and scans, and the answer the offset", async () => {
  let asked = null;
  const now = new Date(Date.now() + 90_000).toISOString();
  const api = createApi(PAGE, () => "token", async (address, options) => {
    asked = { address, ...options };
    return Response.json({ results: [], admitted: 3, now });
  });
  const answer = await api.send([{ nonce: "n1" }]);
  assert.equal(asked.headers["X-CSRFToken"], "token");
  assert.deepEqual(JSON.parse(asked.body), { scans: [{ nonce: "n1" }] });
  assert.ok(Math.abs(answer.offset - 90_000) < 2000);
});
