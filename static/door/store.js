/**
 * Keeps scans until the server has confirmed them: in IndexedDB, or in memory where the browser has none.
 *
 * @typedef {import("./queue.js").Scan} Scan
 * @typedef {{
 *   put: (scan: Scan) => Promise<void>,
 *   remove: (nonces: string[]) => Promise<void>,
 *   all: () => Promise<Scan[]>,
 *   lasting: boolean,
 * }} Store `lasting`: what is put survives a reload.
 */

const DATABASE = "torget-door";
const SCANS = "scans";

/** The scans of one event. @param {string} event its slug @returns {Promise<Store>} */
export async function openStore(event) {
  try {
    return databaseStore(await openDatabase(), event);
  } catch {
    return memoryStore();
  }
}

/** @returns {Store} */
export function memoryStore() {
  /** @type {Map<string, Scan>} */
  const scans = new Map();
  return {
    lasting: false,
    put: async (scan) => void scans.set(scan.nonce, scan),
    remove: async (nonces) => nonces.forEach((nonce) => scans.delete(nonce)),
    all: async () => [...scans.values()],
  };
}

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(SCANS, { keyPath: "nonce" }).createIndex("event", "event");
  return answerOf(request);
}

/** @param {IDBDatabase} database @returns {Store} */
function databaseStore(database, event) {
  // "strict": the scan is on the disk, not in a buffer, when the promise is kept.
  const write = () => database.transaction(SCANS, "readwrite", { durability: "strict" });
  return {
    lasting: true,
    async put(scan) {
      const transaction = write();
      transaction.objectStore(SCANS).put({ ...scan, event });
      await endOf(transaction);
    },
    async remove(nonces) {
      const transaction = write();
      for (const nonce of nonces) transaction.objectStore(SCANS).delete(nonce);
      await endOf(transaction);
    },
    async all() {
      const rows = await answerOf(database.transaction(SCANS).objectStore(SCANS).index("event").getAll(event));
      const scans = rows.map(({ event: _, ...scan }) => scan);
      return scans.sort((a, b) => a.device_at.localeCompare(b.device_at));
    },
  };
}

function answerOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

function endOf(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}
