import assert from "node:assert/strict";
import test from "node:test";
import { Trouble } from "../../static/door/api.js";
import { recordOfOldScan } from "../../static/door/records.js";
import { memoryStore } from "../../static/door/store.js";
import { CODES, DEVICE, aPhone, handleOf, listAnswer } from "./help/phone.mjs";

/** A server that remembers; `works` throws what is to go wrong. */
function aServer() {
  const server = {
    calls: [],
    stored: [],
    works: () => {},
    version: 1,
    inside: 0,
    arrivals: [],
    device: DEVICE,
    answered: (results) => results,
  };
  const call =
    (name, answer) =>
    async (...given) => {
      server.calls.push(name);
      await server.works(name, ...given);
      return answer(...given);
    };
  server.api = {
    scans: call("scans", (scans) => {
      server.stored.push(...scans);
      return {
        results: server.answered(scans.map(({ nonce }) => ({ nonce, outcome: "admitted" }))),
        inside: server.inside,
      };
    }),
    status: call("status", () => ({ device: server.device, version: server.version, inside: server.inside, came: 0 })),
    list: call("list", (since) =>
      listAnswer({
        full: !since,
        entries: [],
        version: server.version,
        arrivals: server.arrivals,
        inside: server.inside,
      }),
    ),
  };
  return server;
}

const offline = () => {
  throw new Trouble("network");
};
const visitor = handleOf(CODES.visitor);

async function aSyncedPhone(options = {}) {
  const server = aServer();
  const phone = await aPhone({ api: server.api, ...options });
  await phone.sync.start();
  server.calls.length = 0;
  return { server, ...phone };
}

test("first what is kept is sent, then the state is told, then the list is fetched", async () => {
  const server = aServer();
  const phone = await aPhone({ api: server.api });
  await phone.door.take(CODES.visitor);
  await phone.sync.start();
  assert.deepEqual(server.calls, ["scans", "status", "list"]);
  assert.deepEqual(Object.keys(server.stored[0]).includes("event"), false);
  assert.deepEqual(await phone.store.records(), []);
  const { online, trouble, queue, listVersion, device } = phone.sync.state();
  assert.deepEqual([online, trouble, queue, listVersion, device], [true, null, 0, 1, DEVICE]);
});

test("a record is sent at once, and waits in the store until the list holds it", async () => {
  const { server, door, sync, store, book } = await aSyncedPhone();
  await door.take(CODES.visitor);
  await sync.poke();
  assert.deepEqual(server.calls, ["scans"]);
  const [{ confirmed_at }] = await store.records();
  assert.ok(confirmed_at > 0);
  assert.deepEqual([book.queue().pending.length, book.own(visitor).length], [0, 1]);
});

test("the list that holds our record counts it, and nobody counts it twice", async () => {
  const { server, door, sync, store, book, wait } = await aSyncedPhone();
  await door.take(CODES.visitor);
  server.inside = 1;
  await sync.poke();
  assert.equal(book.inside(), 1);
  server.arrivals = [[visitor, 1, 1, 5, 7]];
  wait(20_000);
  await sync.poke();
  assert.deepEqual([book.inside(), await store.records()], [1, []]);
  assert.equal((await door.take(CODES.visitor)).verdict.outcome, "already_in");
});

test("while a record may have come through or not, the list is not asked for", async () => {
  const { server, door, sync, book, wait } = await aSyncedPhone();
  server.works = offline;
  await door.take(CODES.visitor);
  wait(60_000);
  await sync.poke();
  assert.deepEqual(server.calls, ["scans"]);
  assert.deepEqual(
    [sync.state().online, sync.state().trouble, sync.state().queue, book.inside()],
    [false, "network", 1, 1],
  );
});

test("it is tried again after a while, with the same nonce, and by itself", async () => {
  const { server, door, sync, seen, next } = await aSyncedPhone();
  server.works = offline;
  await door.take(CODES.visitor);
  await sync.poke();
  const waits = [];
  for (let n = 0; n < 5; n += 1) {
    waits.push(seen.later.at(-1).ms);
    await next();
  }
  server.works = () => {};
  await next();
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16000]);
  assert.deepEqual([server.stored.length, sync.state().queue, sync.state().online], [1, 0, true]);
});

test("an answer that was lost is asked for again, and nothing is lost or doubled", async () => {
  const { server, door, sync, book, next } = await aSyncedPhone();
  const scans = server.api.scans;
  server.api.scans = async (records) => {
    await scans(records);
    throw new Trouble("network");
  };
  await door.take(CODES.visitor);
  await sync.poke();
  server.api.scans = scans;
  server.inside = 1;
  await next();
  assert.deepEqual(
    server.stored.map(({ nonce }) => nonce),
    [server.stored[0].nonce, server.stored[0].nonce],
  );
  assert.deepEqual([book.queue().pending.length, book.inside()], [0, 1]);
});

test("half an answer confirms half, and an answer for nothing is none", async () => {
  const { server, door, sync, book } = await aSyncedPhone();
  await door.take(CODES.visitor);
  await door.take(CODES.other);
  server.answered = (results) => (server.stored.length === 2 ? results.slice(0, 1) : [{ nonce: "somebody else's" }]);
  await sync.poke();
  assert.deepEqual([server.calls, book.queue().pending.length], [["scans", "scans"], 1]);
});

test("never two batches at once; what comes meanwhile goes after", async () => {
  const { server, door, sync } = await aSyncedPhone();
  let going = 0;
  let most = 0;
  server.works = async () => {
    most = Math.max(most, (going += 1));
    await new Promise(setImmediate);
    going -= 1;
  };
  const rounds = [];
  for (const code of Object.values(CODES)) {
    await door.take(code);
    rounds.push(sync.poke());
  }
  await Promise.all(rounds);
  while (sync.state().queue) await new Promise(setImmediate);
  assert.deepEqual([most, server.stored.length], [1, 4]);
});

for (const kind of ["revoked", "expired", "unknown"]) {
  test(`a device that is ${kind} forgets itself, and keeps what was not sent`, async () => {
    const { server, door, sync, store, book, seen } = await aSyncedPhone();
    server.works = () => {
      throw new Trouble(kind);
    };
    await door.take(CODES.visitor);
    await sync.poke();
    assert.deepEqual([await store.device(), await store.loadList(), book.list(), book.token()], [{}, null, null, null]);
    assert.deepEqual([seen.states.at(-1).device, seen.states.at(-1).trouble], [null, kind]);
    assert.deepEqual(
      (await store.records()).map(({ handle }) => handle),
      [visitor],
    );
    server.calls.length = 0;
    await sync.retry();
    assert.deepEqual(server.calls, []);
    assert.equal((await door.take(CODES.other)).verdict.outcome, "no_list");
  });
}

test("paired again, it sends what it had kept; another event's records stay for the export", async () => {
  const { server, door, sync, store, book } = await aSyncedPhone();
  server.works = () => {
    throw new Trouble("revoked");
  };
  await door.take(CODES.visitor);
  await sync.poke();
  server.works = () => {};

  server.device = { ...DEVICE, event: "night" };
  await book.setDevice({ token: "new", device: server.device });
  await sync.start();
  assert.deepEqual([server.stored.length, sync.state().left, sync.state().queue], [0, 1, 0]);

  server.device = DEVICE;
  await book.setDevice({ token: "newer", device: DEVICE });
  await sync.start();
  assert.deepEqual([server.stored.length, sync.state().left, await store.records()], [1, 0, []]);
});

test("too many: wait as long as the server says, and a new record does not change that", async () => {
  const { server, door, sync, seen, wait } = await aSyncedPhone();
  server.works = () => {
    throw new Trouble("too_many", { retryAfter: 20_000 });
  };
  await door.take(CODES.visitor);
  await sync.poke();
  server.works = () => {};
  await door.take(CODES.other);
  await sync.poke();
  assert.deepEqual([server.calls, sync.state().trouble], [["scans"], "too_many"]);
  assert.ok(seen.later.at(-1).ms >= 19_000);
  wait(20_001);
  await sync.poke();
  assert.equal(server.stored.length, 2);
});

for (const [what, trouble] of [
  ["refuses", new Trouble("refused", { status: 422 })],
  ["falls over", new Trouble("network", { status: 500 })],
]) {
  test(`a server that ${what} because of one record gets all the others, and the list goes on`, async () => {
    const { server, door, sync, store, next } = await aSyncedPhone();
    server.works = (name, scans) => {
      if (name === "scans" && scans.some(({ handle }) => handle === visitor)) throw trouble;
    };
    for (const code of Object.values(CODES)) await door.take(code);
    await sync.poke();
    for (let n = 0; n < 30 && sync.state().queue; n += 1) await next();
    for (let n = 0; n < 4; n += 1) await next();
    assert.deepEqual([server.stored.length, sync.state().queue, sync.state().setAside], [3, 0, 1]);
    assert.deepEqual(
      (await store.records()).map(({ handle, set_aside }) => [handle, set_aside]),
      [[visitor, true]],
    );
    assert.ok(server.calls.includes("list"));

    // The server has been mended: after a reload, or two minutes, it gets this one, too.
    server.works = () => {};
    const after = await aPhone({ api: server.api, store });
    await after.sync.start();
    assert.deepEqual([server.stored.length, after.sync.state().setAside], [4, 0]);
  });
}

test("what was set aside is tried again by and by, without a reload", async () => {
  const { server, door, sync, next } = await aSyncedPhone();
  server.works = (name) => {
    if (name === "scans") throw new Trouble("refused", { status: 422 });
  };
  await door.take(CODES.visitor);
  await sync.poke();
  for (let n = 0; n < 5; n += 1) await next();
  assert.deepEqual([sync.state().setAside, server.stored.length], [1, 0]);
  server.works = () => {};
  for (let n = 0; n < 30; n += 1) await next();
  assert.deepEqual([sync.state().setAside, server.stored.length], [0, 1]);
});

test("a server that is down for half an hour sets nothing aside", async () => {
  const { server, door, sync, next } = await aSyncedPhone();
  server.works = () => {
    throw new Trouble("network", { status: 500 });
  };
  for (const code of Object.values(CODES)) await door.take(code);
  await sync.poke();
  for (let n = 0; n < 100; n += 1) await next();
  assert.deepEqual([sync.state().queue, sync.state().setAside], [4, 0]);
  server.works = () => {};
  for (let n = 0; n < 5; n += 1) await next();
  assert.deepEqual([server.stored.length, sync.state().queue], [4, 0]);
});

test("a quiet door asks for the state only, and for the list now and then or when something moved", async () => {
  const { server, next } = await aSyncedPhone();
  for (let n = 0; n < 3; n += 1) await next();
  assert.deepEqual(server.calls, ["status", "status", "status", "list"]);
  server.inside = 5;
  server.calls.length = 0;
  await next();
  assert.deepEqual(server.calls, ["status", "list"]);
});

test("moved to another gate at the desk: the next verdict is that gate's", async () => {
  const { server, door, next } = await aSyncedPhone();
  server.device = { ...DEVICE, gate: { id: 8, name: "Lastkajen" } };
  await next();
  const { verdict, facts } = await door.take(CODES.visitor);
  assert.deepEqual([verdict.outcome, facts.gates], ["wrong_gate", ["Norra"]]);
});

test("stopped: another tab has the door, and nothing is sent or written any more", async () => {
  const { server, door, sync, book } = await aSyncedPhone();
  sync.stop();
  await door.take(CODES.visitor);
  await sync.poke();
  await sync.retry();
  assert.deepEqual([server.calls, book.queue().pending.length], [[], 1]);
});

test("what another tab had written is sent by the one that took over", async () => {
  const store = memoryStore();
  const { server, next, seen, wait } = await aSyncedPhone({ store });
  const other = await aPhone({ store });
  other.wait(1);
  await other.door.take(CODES.visitor);
  wait(10_000);
  await next();
  assert.deepEqual([server.stored.length, seen.errors], [1, []]);
});

test("the site's data is cleared under us: device and records are written again, and nothing is lost", async () => {
  const store = memoryStore();
  const { server, door, sync, next, wait } = await aSyncedPhone({ store });
  server.works = offline;
  await door.take(CODES.visitor);
  await sync.poke();
  await store.forget();
  await store.drop((await store.records()).map(({ nonce }) => nonce));
  server.works = () => {};
  await next();
  assert.equal(server.stored.length, 1);
  server.inside = 1;
  wait(10_000);
  await next();
  assert.equal((await store.device()).token, "token");
});

test("what the store has lost is written again while the network is away", async () => {
  const store = memoryStore();
  const { server, door, sync, wait } = await aSyncedPhone({ store });
  server.works = offline;
  const { nonce } = await door.take(CODES.visitor);
  await store.drop([nonce]);
  wait(10_000);
  await sync.poke();
  assert.deepEqual(
    (await store.records()).map((record) => record.nonce),
    [nonce],
  );
});

test("a store that fails is told of, and the loop goes on", async () => {
  const store = memoryStore();
  const { server, sync, seen, next } = await aSyncedPhone({ store });
  const { saveList } = store;
  store.saveList = () => Promise.reject(new TypeError("a bug"));
  server.inside = 3;
  await next();
  assert.deepEqual([seen.errors.length, sync.state().trouble], [1, "store"]);
  store.saveList = saveList;
  server.inside = 4;
  await next();
  assert.deepEqual([sync.state().trouble, (await store.loadList()).meta.inside], [null, 4]);
});

test("scans that an older door kept become handles and boxes, and are sent", async () => {
  const store = memoryStore();
  const scan = (nonce, text) =>
    recordOfOldScan({ nonce, text, gate: 7, device_at: "2027-03-24T08:00:00Z", clock_offset_ms: null, event: "fair" });
  await store.putRecord(scan("n1", `HTTPS://TORGET.SE/T/${CODES.visitor}`));
  await store.putRecord(scan("n2", "something"));
  const server = aServer();
  const phone = await aPhone({ store, api: server.api });
  assert.ok((await store.records()).every((record) => !("text" in record)));
  await phone.sync.start();
  assert.deepEqual(
    server.stored.map(({ nonce, handle, box }) => [nonce, handle, box]),
    [
      ["n1", visitor, null],
      ["n2", null, 'box:{"text":"something"}'],
    ],
  );
});

test("a scan that is kept while the store is read stands in the queue once", async () => {
  const store = memoryStore();
  const phone = await aPhone({ store });
  const { records } = store;
  let added;
  store.records = async () => {
    // The record reaches the store before the reading does, and the book after it.
    const { putRecord } = store;
    store.putRecord = async (record) => {
      await putRecord(record);
      const read = await records();
      readDone(read);
    };
    added = phone.door.take(CODES.visitor);
    return reading;
  };
  let readDone;
  const reading = new Promise((resolve) => (readDone = resolve));
  await phone.book.refresh();
  const { nonce } = await added;
  assert.deepEqual(
    phone.book.queue().pending.map((record) => record.nonce),
    [nonce],
  );
});

test("the device is written when there is news of it, not at each contact", async () => {
  const store = memoryStore();
  const { server, next } = await aSyncedPhone({ store });
  let written = 0;
  const { setDevice } = store;
  store.setDevice = (row) => {
    written += 1;
    return setDevice(row);
  };
  await next();
  await next();
  assert.equal(written, 0);
  server.device = { ...DEVICE, name: "Another name" };
  await next();
  assert.deepEqual(
    [written, (await store.device()).device.name, (await store.device()).token],
    [1, "Another name", "token"],
  );
});

test("the state that the desk sees", async () => {
  const server = aServer();
  let told = null;
  server.works = (name, body) => {
    if (name === "status") told = body;
  };
  const phone = await aPhone({ api: server.api });
  phone.wait(30_000);
  await phone.sync.start();
  assert.deepEqual(told, {
    queue: 0,
    list_version: 1,
    list_age_s: 30,
    clock_offset_ms: null,
    clock_error_ms: null,
    battery: null,
    app: "test",
  });
});
