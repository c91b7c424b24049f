import assert from "node:assert/strict";
import test from "node:test";
import { recordOf, recordOfOldScan, wireOf } from "../../static/door/records.js";
import { StoreFull, createStore, memoryStore } from "../../static/door/store.js";
import { memoryTables } from "../../static/door/tables.js";

const record = (nonce, at = 0, more = {}) => recordOf({ nonce, act: "enter", handle: "h", at, ...more });
const META = { version: 3 };
const whole = (parts) => ({ clear: true, put: parts, remove: [], meta: META });
const nonces = (records) => records.map(({ nonce }) => nonce);

/** A disk with room for the list or for the rest: writing throws while `full(ops)` is true. */
function aDisk() {
  const tables = memoryTables();
  const disk = { full: () => false, strict: [] };
  const write = async (ops, options) => {
    if (await disk.full(ops)) throw new DOMException("no room", "QuotaExceededError");
    if (options?.strict) disk.strict.push(ops.map(({ table }) => table).join());
    return tables.write(ops, options);
  };
  return { disk, store: createStore({ ...tables, write }) };
}

test("memory does not last, and says so", () => assert.equal(memoryStore().lasting, false));

test("records come back oldest first, and are written strictly", async () => {
  const { disk, store } = aDisk();
  await store.putRecord(record("b", 2));
  await store.putRecord(record("a", 1));
  await store.putRecord(record("c", 2));
  assert.deepEqual(nonces(await store.records()), ["a", "b", "c"]);
  assert.deepEqual(disk.strict, ["records", "records", "records"]);
});

test("a confirmed record is marked, one that is gone does not come back", async () => {
  const store = memoryStore();
  await store.putRecord(record("a", 1, { set_aside: true }));
  await store.confirm(["a", "gone"], 99);
  assert.deepEqual(
    (await store.records()).map(({ nonce, confirmed_at, set_aside }) => [nonce, confirmed_at, set_aside]),
    [["a", 99, false]],
  );
  await store.setAside(["a"], true);
  assert.equal((await store.records())[0].set_aside, true);
  await store.drop(["a"]);
  assert.deepEqual(await store.records(), []);
});

test("the list and the records that it holds are written together or not at all", async () => {
  const { disk, store } = aDisk();
  await store.putRecord(record("a"));
  disk.full = () => {
    throw new DOMException("the disk is gone", "UnknownError");
  };
  await assert.rejects(store.saveList(whole([["entries-0", "x"]]), ["a"]), { name: "UnknownError" });
  disk.full = () => false;
  assert.deepEqual([nonces(await store.records()), await store.loadList()], [["a"], null]);
  await store.saveList(whole([["entries-0", "x"]]), ["a"]);
  assert.deepEqual([await store.records(), await store.loadList()], [[], { meta: META, parts: [["entries-0", "x"]] }]);
});

test("a list that has no room is not kept, but the records that it holds are no longer needed", async () => {
  const { disk, store } = aDisk();
  await store.saveList(whole([["entries-0", "x"]]));
  await store.putRecord(record("a"));
  disk.full = (ops) => ops.some(({ table, op }) => table === "list" && op === "put");
  await store.saveList({ clear: false, put: [["delta-0", "y"]], remove: [], meta: META }, ["a"]);
  assert.deepEqual([await store.loadList(), store.hasList(), await store.records()], [null, false, []]);
});

test("a full disk: the list makes room for a record", async () => {
  const { disk, store } = aDisk();
  await store.saveList(whole([["entries-0", "x"]]));
  disk.full = async (ops) => ops[0].table === "records" && (await store.hasList());
  await store.putRecord(record("a"));
  assert.deepEqual([nonces(await store.records()), store.hasList(), await store.loadList()], [["a"], false, null]);
});

test("a disk that takes nothing says so by whatever name, and keeps the list that it has", async () => {
  const { store, disk } = aDisk();
  await store.saveList(whole([["entries-0", "x"]]));
  disk.full = () => {
    throw new DOMException("Internal error opening backing store", "UnknownError");
  };
  await assert.rejects(store.putRecord(record("a")), StoreFull);
  assert.equal(store.hasList(), true);
  disk.full = () => {
    throw new DOMException("cannot be cloned", "DataCloneError");
  };
  await assert.rejects(store.putRecord(record("a")), { name: "DataCloneError" });
});

test("a disk that is full without the list says so", async () => {
  const { disk, store } = aDisk();
  disk.full = (ops) => ops.some(({ op }) => op === "put");
  await assert.rejects(store.putRecord(record("a")), StoreFull);
  await assert.rejects(store.setDevice({ token: "t" }), StoreFull);
});

test("a device that ended forgets token, key, names and list; what was not sent stays, and the settings", async () => {
  const store = memoryStore();
  await store.setDevice({ token: "t", device: { name: "A" } });
  const key = await store.deviceKey();
  assert.equal(await store.deviceKey(), key);
  await store.setNames({ version: 1, sealed: new Uint8Array(3) });
  await store.saveList(whole([["entries-0", "x"]]));
  await store.setSetting("language", "sv");
  await store.putRecord(record("sent", 1));
  await store.putRecord(record("unsent", 2));
  await store.confirm(["sent"], 5);

  await store.forget();

  assert.deepEqual([await store.device(), await store.names(), await store.loadList()], [{}, null, null]);
  assert.notEqual(await store.deviceKey(), key);
  assert.deepEqual(nonces(await store.records()), ["unsent"]);
  assert.deepEqual(await store.settings(), { language: "sv" });
});

test("a device is changed in parts", async () => {
  const store = memoryStore();
  await store.setDevice({ token: "t" });
  await store.setDevice({ clock: { offset: 5, error: 1 } });
  assert.deepEqual(await store.device(), { token: "t", clock: { offset: 5, error: 1 } });
});

test("what is sent holds what the contract names, and no more", () => {
  const sent = wireOf(record("a", 5, { event: "fair", was: 3, of: "enter", confirmed_at: 1, text: "" }));
  assert.deepEqual(Object.keys(sent).sort(), [
    "act",
    "box",
    "clock_error_ms",
    "clock_offset_ms",
    "device_at",
    "gate",
    "handle",
    "headcount",
    "let_in",
    "list_version",
    "nonce",
    "reason",
    "ref",
    "shown",
  ]);
});

test("a scan that the older door kept is sent as it was, and the server judges it", () => {
  const scan = {
    nonce: "n",
    text: "0123456789ABCDEF",
    gate: 3,
    device_at: "2027-03-24T08:00:00.000Z",
    clock_offset_ms: 250,
    event: "fair",
  };
  const sent = wireOf(recordOfOldScan(scan));
  assert.deepEqual(
    [sent.nonce, sent.act, sent.text, sent.gate, sent.device_at, sent.clock_offset_ms, sent.let_in, sent.headcount],
    ["n", "enter", scan.text, 3, scan.device_at, 250, null, null],
  );
  assert.equal(recordOfOldScan(scan).event, "fair");
});
