/**
 * The tables under the store: IndexedDB, or the same in memory.
 *
 * @typedef {"device"|"list"|"records"|"settings"} Name
 * @typedef {{table: Name, op: "put"|"merge"|"delete"|"clear", key?: string, value?: any}} Op
 *   `merge` changes a row that is there, and makes none; records are put by their nonce
 * @typedef {{
 *   lasting: boolean,
 *   get: (table: Name, key: string) => Promise<any>,
 *   all: (table: Name) => Promise<any[]>,
 *   entries: (table: Name) => Promise<[string, any][]>,
 *   write: (ops: Op[], options?: {strict?: boolean}) => Promise<void>,
 * }} Tables `write` does all or nothing; `lasting`: what is written survives a reload
 */

import { recordOfOldScan } from "./records.js";

const DATABASE = "torget-door";
const VERSION = 2;
/** @type {Name[]} */
const NAMES = ["device", "list", "records", "settings"];
const OLD_SCANS = "scans";
// The connection was closed under us: the site's data was cleared, or a newer door is being set up in another tab.
const CLOSED = new Set(["InvalidStateError", "NotFoundError", "UnknownError", "AbortError"]);

/** @returns {Tables} */
export function memoryTables() {
  const tables = Object.fromEntries(NAMES.map((name) => [name, new Map()]));
  const copy = (value) => (value === undefined || value instanceof CryptoKey ? value : structuredClone(value));
  return {
    lasting: false,
    get: async (table, key) => copy(tables[table].get(key)),
    all: async (table) => [...tables[table].values()].map(copy),
    entries: async (table) => [...tables[table]].map(([key, value]) => [key, copy(value)]),
    async write(ops) {
      for (const { table, op, key, value } of ops) {
        const rows = tables[table];
        if (op === "clear") rows.clear();
        else if (op === "delete") rows.delete(key);
        else if (op === "put") rows.set(key ?? value.nonce, copy(value));
        else if (rows.has(key)) rows.set(key, { ...rows.get(key), ...copy(value) });
      }
    },
  };
}

/** @param {{onBlocked?: () => void}} [options] @returns {Promise<Tables>} */
export async function idbTables({ onBlocked = () => {} } = {}) {
  let database = await open(onBlocked);

  /** Do it; when the connection was closed, once more with a new one. */
  async function withDatabase(work) {
    try {
      return await work(database);
    } catch (error) {
      if (!CLOSED.has(error?.name)) throw error;
      database = await open(onBlocked);
      return work(database);
    }
  }

  const read = (table, ask) =>
    withDatabase((connection) => {
      const rows = connection.transaction(table).objectStore(table);
      return ask(rows);
    });

  return {
    lasting: true,
    get: (table, key) => read(table, (rows) => answerOf(rows.get(key))),
    all: (table) => read(table, (rows) => answerOf(rows.getAll())),
    entries: (table) =>
      read(table, async (rows) => {
        // Both are asked for before either is awaited: a transaction ends when it has nothing to do.
        const [keys, values] = await Promise.all([answerOf(rows.getAllKeys()), answerOf(rows.getAll())]);
        return keys.map((key, n) => [key, values[n]]);
      }),
    write: (ops, { strict = false } = {}) =>
      ops.length ? withDatabase((connection) => writeAll(connection, ops, strict)) : Promise.resolve(),
  };
}

/**
 * @param {IDBDatabase} database
 * @param {Op[]} ops
 * @param {boolean} strict on the disk, not in a buffer, when it is done
 */
function writeAll(database, ops, strict) {
  const names = [...new Set(ops.map((op) => op.table))];
  const transaction = database.transaction(names, "readwrite", { durability: strict ? "strict" : "relaxed" });
  const done = endOf(transaction);
  try {
    for (const { table, op, key, value } of ops) {
      const rows = transaction.objectStore(table);
      if (op === "clear") rows.clear();
      else if (op === "delete") rows.delete(key);
      else if (op === "put") table === "records" ? rows.put(value) : rows.put(value, key);
      else merge(rows, key, value);
    }
  } catch (error) {
    done.catch(() => {});
    transaction.abort();
    throw error;
  }
  return done;
}

function merge(rows, key, value) {
  const found = rows.get(key);
  found.onsuccess = () => {
    if (!found.result) return;
    const row = { ...found.result, ...value };
    if (rows.keyPath) rows.put(row);
    else rows.put(row, key);
  };
}

/**
 * A page that is left and put aside while it opens a database for the first time keeps it closed to every page after it;
 * the browser ends it when somebody else wants a lock that it has.
 * @returns {Promise<IDBDatabase>}
 */
async function open(onBlocked) {
  const locks = globalThis.navigator?.locks;
  if (!locks) return openHere(onBlocked);
  return locks.request(`${DATABASE}-opening`, () => openHere(onBlocked));
}

/** @returns {Promise<IDBDatabase>} */
async function openHere(onBlocked) {
  const request = indexedDB.open(DATABASE, VERSION);
  request.onblocked = onBlocked;
  request.onupgradeneeded = () => upgrade(request.result, request.transaction);
  const database = await answerOf(request);
  database.onversionchange = () => database.close();
  return database;
}

/**
 * Version 1 had scans alone; what was not sent then is sent now.
 * @param {IDBDatabase} database
 * @param {IDBTransaction} transaction
 */
function upgrade(database, transaction) {
  for (const name of NAMES) {
    if (database.objectStoreNames.contains(name)) continue;
    database.createObjectStore(name, name === "records" ? { keyPath: "nonce" } : {});
  }
  if (!database.objectStoreNames.contains(OLD_SCANS)) return;
  const old = transaction.objectStore(OLD_SCANS).getAll();
  old.onsuccess = () => {
    for (const scan of old.result) transaction.objectStore("records").put(recordOfOldScan(scan));
    database.deleteObjectStore(OLD_SCANS);
  };
}

function answerOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function endOf(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
  });
}
