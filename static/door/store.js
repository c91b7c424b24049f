/**
 * What this phone keeps: its device, its list, its records until the server has confirmed them, and a few settings. In
 * IndexedDB, or in memory where the browser has none (`lasting` says which).
 *
 * @typedef {import("./records.js").DoorRecord} DoorRecord
 * @typedef {import("./list.js").Change} Change
 * @typedef {{name: string, role: "door"|"desk"|"kiosk", gate: {id: number, name: string}, ends_at: string, event:
 *   string}} Device
 * @typedef {{
 *   token?: string, device?: Device|null, door?: import("./verdict.js").Door, clock?:
 *   import("./clock.js").Measured|null,
 *   pairing?: {secret: string, token: string}|null,
 * }} DeviceRow
 * @typedef {ReturnType<typeof createStore>} Store
 */

import { newDeviceKey } from "./seal.js";
import { idbTables, memoryTables } from "./tables.js";

/** The phone takes nothing more, even without the list: what was to be stored is not. */
export class StoreFull extends Error {
  constructor() {
    super("the phone has no room left");
    this.name = "StoreFull";
  }
}

/** A disk that is full under the browser's own quota has many names for it; a bug of ours has none of these. */
function refusalOf(error) {
  return error instanceof DOMException && error.name !== "DataCloneError" ? new StoreFull() : error;
}

/**
 * @param {{onBlocked?: () => void}} [options] `onBlocked`: a tab with an older door must be closed first
 * @returns {Promise<Store>}
 */
export async function openStore({ onBlocked } = {}) {
  try {
    return createStore(await idbTables({ onBlocked }));
  } catch {
    return memoryStore();
  }
}

/** @returns {Store} */
export function memoryStore() {
  return createStore(memoryTables());
}

/** @param {import("./tables.js").Tables} tables */
export function createStore(tables) {
  let listKept = true;

  async function dropList() {
    listKept = false;
    await tables.write([{ table: "list", op: "clear" }]).catch(() => {});
  }

  /** Write; when the disk is full the list makes room: it can be had again, what is written here cannot. */
  async function mustWrite(ops) {
    try {
      await tables.write(ops, { strict: true });
    } catch (error) {
      if (error?.name !== "QuotaExceededError") throw refusalOf(error);
      await dropList();
      try {
        await tables.write(ops, { strict: true });
      } catch (again) {
        throw refusalOf(again);
      }
    }
  }

  const merges = (nonces, value) => nonces.map((key) => ({ table: "records", op: "merge", key, value }));
  const deletes = (nonces) => nonces.map((key) => ({ table: "records", op: "delete", key }));

  return {
    lasting: tables.lasting,

    /** @returns {Promise<DeviceRow>} */
    device: async () => (await tables.get("device", "device")) ?? {},

    /** @param {DeviceRow} change what is to be different from now on */
    async setDevice(change) {
      const row = { ...(await tables.get("device", "device")), ...change };
      await mustWrite([{ table: "device", op: "put", key: "device", value: row }]);
    },

    /** The key that locks names to this device; no script can read it out. @returns {Promise<CryptoKey>} */
    async deviceKey() {
      const kept = await tables.get("device", "key");
      if (kept) return kept;
      const key = await newDeviceKey();
      await mustWrite([{ table: "device", op: "put", key: "key", value: key }]);
      return key;
    },

    /** The desk's names under its PIN. @returns {Promise<{version: number, sealed: Uint8Array}|null>} */
    names: async () => (await tables.get("device", "names")) ?? null,

    /** @param {{version: number, sealed: Uint8Array}} names */
    setNames: (names) => mustWrite([{ table: "device", op: "put", key: "names", value: names }]),

    /** The device is no more: token, key, names and list go. What has not been sent stays. */
    async forget() {
      const records = await tables.all("records");
      const done = records.filter((record) => record.confirmed_at !== null).map((record) => record.nonce);
      await tables.write([{ table: "device", op: "clear" }, { table: "list", op: "clear" }, ...deletes(done)], {
        strict: true,
      });
    },

    /** @returns {Promise<{meta: object, parts: [string, any][]}|null>} */
    async loadList() {
      const parts = await tables.entries("list");
      const meta = parts.find(([key]) => key === "meta")?.[1];
      listKept = Boolean(meta);
      return meta ? { meta, parts: parts.filter(([key]) => key !== "meta") } : null;
    },

    /** Whether a delta has something to be added to. */
    hasList: () => listKept,

    /**
     * The list as it is now, and without the records that it holds: both or neither, so that nobody is counted twice.
     * @param {Change} change @param {string[]} absorbed nonces
     */
    async saveList({ clear, put, remove, meta }, absorbed = []) {
      const ops = [
        ...(clear ? [{ table: "list", op: "clear" }] : []),
        ...remove.map((key) => ({ table: "list", op: "delete", key })),
        ...put.map(([key, value]) => ({ table: "list", op: "put", key, value })),
        { table: "list", op: "put", key: "meta", value: meta },
      ];
      try {
        await tables.write([...ops, ...deletes(absorbed)]);
        listKept = true;
      } catch (error) {
        if (error?.name !== "QuotaExceededError") throw error;
        await dropList();
        await tables.write(deletes(absorbed));
      }
    },

    dropList,

    /** On the disk, not in a buffer, when the promise is kept. Throws StoreFull. @param {DoorRecord} record */
    putRecord: (record) => mustWrite([{ table: "records", op: "put", value: record }]),

    /** All that are kept, oldest first. @returns {Promise<DoorRecord[]>} */
    records: async () => (await tables.all("records")).sort((a, b) => a.at - b.at || (a.nonce < b.nonce ? -1 : 1)),

    /** The server has them. @param {string[]} nonces @param {number} at */
    confirm: (nonces, at) => tables.write(merges(nonces, { confirmed_at: at, set_aside: false })),

    /** @param {string[]} nonces @param {boolean} aside */
    setAside: (nonces, aside) => tables.write(merges(nonces, { set_aside: aside })),

    /** @param {string[]} nonces */
    drop: (nonces) => tables.write(deletes(nonces)),

    /** @returns {Promise<Record<string, any>>} language, theme, practice, camera … */
    settings: async () => Object.fromEntries(await tables.entries("settings")),

    /** @param {string} name @param {any} value */
    setSetting: (name, value) => tables.write([{ table: "settings", op: "put", key: name, value }]),
  };
}
