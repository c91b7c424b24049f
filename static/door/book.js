/**
 * The phone's book: who it is, its list, its own records and which of them the server has. Everything is in memory for
 * the verdict and in the store for the next start; a record is in the store first.
 *
 * @typedef {import("./records.js").DoorRecord} DoorRecord
 * @typedef {import("./store.js").Device} Device
 * @typedef {ReturnType<typeof createBook>} Book
 */

import { readCode } from "./codes.js";
import { applyList, changeFor, listFrom, wholeOf } from "./list.js";
import { answered, confirmed, failed, queueOf, retryAside, withRecord } from "./queue.js";
import { deltaOf } from "./standing.js";
import { doorRules } from "./verdict.js";

/** @param {Device|null|undefined} device @returns {string} the slug of its event */
export const eventOf = (device) => device?.event?.slug ?? device?.event ?? "";

const CLOCK_NEWS = 100;

function isNews({ clock, ...now }, { clock: kept, ...before }) {
  const moved = clock && kept ? Math.abs(clock.offset - kept.offset) > CLOCK_NEWS : clock !== kept;
  return moved || JSON.stringify(now) !== JSON.stringify(before);
}

/**
 * @param {{
 *   store: import("./store.js").Store,
 *   clock: Pick<import("./clock.js").Clock, "now"|"measured">,
 *   seals: Pick<typeof import("./seal.js"), "handleOf"|"boxFor">,
 * }} parts
 */
export function createBook({ store, clock, seals }) {
  /** @type {import("./store.js").DeviceRow} */
  let row = {};
  /** @type {import("./list.js").List|null} */
  let list = null;
  let rules = null;
  /** @type {Map<string, DoorRecord>} by nonce: all that the list does not hold yet */
  const own = new Map();
  /** @type {Map<string, Set<string>>} the nonces of a handle */
  const byHandle = new Map();
  let queue = queueOf();
  let base = { inside: 0, came: 0 };
  /** Own records that `base` holds already. */
  let counted = new Set();
  let storeWhole = false;

  const isOurs = (record) => !record.event || record.event === eventOf(row.device);

  function keep(record) {
    own.set(record.nonce, record);
    if (!record.handle) return;
    if (!byHandle.has(record.handle)) byHandle.set(record.handle, new Set());
    byHandle.get(record.handle).add(record.nonce);
  }

  function drop(nonce) {
    const record = own.get(nonce);
    own.delete(nonce);
    counted.delete(nonce);
    const nonces = byHandle.get(record?.handle);
    nonces?.delete(nonce);
    if (nonces?.size === 0) byHandle.delete(record.handle);
  }

  function setDoor() {
    const door = list?.door ?? row.door;
    rules = door && row.device ? doorRules(door, row.device.gate.id) : null;
  }

  function fillQueue() {
    const unsent = [...own.values()].filter((record) => record.confirmed_at === null && isOurs(record));
    // What was set aside gets another chance at each start: the server may have learned since.
    queue = queueOf(unsent.map((record) => ({ ...record, set_aside: false })));
  }

  /** What an older door left behind holds a code in the clear: no longer. @param {DoorRecord} record */
  async function withoutText(record) {
    if (!record.text) return record;
    const code = readCode(record.text);
    const boxKey = (list?.door ?? row.door)?.box;
    if (!code && !boxKey) return record;
    const { text, ...rest } = record;
    const clean = code
      ? { ...rest, handle: await seals.handleOf(code) }
      : { ...rest, box: await seals.boxFor(boxKey, { text }) };
    await store.putRecord(clean);
    return clean;
  }

  /** What the store has; `found` are those that were new to us. */
  async function readRecords() {
    const kept = await store.records();
    const found = [];
    for (const record of kept) {
      if (own.has(record.nonce)) continue;
      const clean = await withoutText(record);
      // Unless `add` has kept it in the meantime.
      if (own.has(clean.nonce)) continue;
      keep(clean);
      found.push(clean);
    }
    return { kept: new Set(kept.map((record) => record.nonce)), found };
  }

  return {
    /** Take up what was kept when the page was closed. */
    async load() {
      row = await store.device();
      const kept = row.device ? await store.loadList() : null;
      list = kept ? listFrom(kept.meta, kept.parts) : null;
      base = { inside: list?.inside ?? 0, came: list?.came ?? 0 };
      setDoor();
      await readRecords();
      fillQueue();
    },

    /** Take up what another tab has written since, and write again what the store has lost. */
    async refresh() {
      const { kept, found } = await readRecords();
      for (const record of found) {
        if (record.confirmed_at === null && isOurs(record)) queue = withRecord(queue, record);
      }
      for (const [nonce, record] of [...own]) {
        if (record.confirmed_at === null && !kept.has(nonce)) await store.putRecord(record);
      }
      if (row.token && (await store.device()).token !== row.token) await store.setDevice(row);
    },

    /** @returns {Device|null} */
    device: () => row.device ?? null,
    /** @returns {string|null} */
    token: () => row.token ?? null,
    list: () => list,
    /** @returns {import("./verdict.js").Door|null} */
    door: () => list?.door ?? row.door ?? null,
    /** @returns {import("./verdict.js").Rules|null} at this device's gate */
    rules: () => rules,
    queue: () => queue,

    /** @param {string|null} handle @returns {DoorRecord[]} of this ticket, that the list does not hold yet */
    own: (handle) => [...(byHandle.get(handle) ?? [])].map((nonce) => own.get(nonce)),
    /** The corrections and undoings of a record, oldest first. @param {string} nonce @returns {DoorRecord[]} */
    about: (nonce) => [...own.values()].filter((record) => record.ref === nonce).sort((a, b) => a.at - b.at),
    /** @param {string} nonce @returns {DoorRecord|null} */
    find: (nonce) => own.get(nonce) ?? null,
    /**
     * Everything that the server has not confirmed, of whatever event: what an export takes.
     * @returns {DoorRecord[]}
     */
    unsent: () => [...own.values()].filter((record) => record.confirmed_at === null),
    /** Unsent records of an event that this phone is no longer at. */
    left: () => [...own.values()].filter((record) => record.confirmed_at === null && !isOurs(record)).length,

    /** People inside, as well as this phone can know. */
    inside() {
      let inside = base.inside;
      for (const record of own.values()) if (!counted.has(record.nonce) && isOurs(record)) inside += deltaOf(record);
      return Math.max(0, inside);
    },
    came: () => base.came,

    /** Keep a record; when the promise is kept it is on the disk. Throws StoreFull. @param {DoorRecord} record */
    async add(record) {
      await store.putRecord(record);
      // Unless `refresh` has found it in the store a moment before us.
      if (own.has(record.nonce)) return;
      keep(record);
      queue = withRecord(queue, record);
    },

    /** The nonces of the records that the server has confirmed and the list does not hold yet. */
    confirmed: () => [...own.values()].filter((record) => record.confirmed_at !== null).map((record) => record.nonce),

    /** The server has these. @param {string[]} nonces */
    async confirm(nonces) {
      const at = clock.now();
      queue = confirmed(queue, nonces);
      for (const nonce of nonces)
        if (own.has(nonce)) own.set(nonce, { ...own.get(nonce), confirmed_at: at, set_aside: false });
      // Where this fails they are sent once more after the next start, which does no harm.
      await store.confirm(nonces, at).catch(() => {});
    },

    /** @param {number} now @param {number} chance @param {import("./queue.js").Why} why @param {number} atLeast */
    async failed(now, chance, why, atLeast) {
      const before = queue.aside.length;
      queue = failed(queue, now, chance, why, atLeast);
      const aside = queue.aside.slice(before).map((record) => record.nonce);
      for (const nonce of aside) own.set(nonce, { ...own.get(nonce), set_aside: true });
      if (aside.length) await store.setAside(aside, true).catch(() => {});
    },

    /** Send now, without waiting. */
    hurry: () => void (queue = { ...queue, dueAt: 0 }),
    /** The server has answered something else. */
    answered: () => void (queue = answered(queue)),
    retryAside: () => void (queue = retryAside(queue)),

    /** How many are in by the server's count, which holds the records `before`. */
    takeInside({ inside, came }, before) {
      if (!Number.isFinite(inside)) return;
      base = { inside, came: came ?? base.came };
      counted = new Set(before.filter((nonce) => own.has(nonce)));
    },

    /**
     * A new list, or a delta. @param {import("./list.js").ListAnswer} answer
     * @param {string[]} before the nonces that were confirmed before it was asked for: it holds them
     */
    async takeList(answer, before) {
      list = applyList(list, answer, clock.now());
      before.forEach(drop);
      base = { inside: answer.inside ?? base.inside, came: answer.came ?? base.came };
      counted = new Set();
      setDoor();
      const change = storeWhole ? wholeOf(list) : changeFor(list, answer);
      if (!change.clear && !store.hasList()) return store.drop(before);
      storeWhole = true;
      await store.saveList(change, before);
      storeWhole = false;
    },

    /** @param {Partial<import("./store.js").DeviceRow>} change */
    async setDevice(change) {
      const elsewhere = change.device && row.device && eventOf(change.device) !== eventOf(row.device);
      if (elsewhere || (change.token && change.token !== row.token)) {
        list = null;
        base = { inside: 0, came: 0 };
        await store.dropList();
        // The desk's names are the other event's, under the PIN of whoever had the phone then.
        if (await store.names()) await store.setNames(null);
      }
      const next = { ...row, ...change, clock: clock.measured() ?? row.clock ?? null };
      // The state is told every few seconds, and seldom is any of it new.
      if (isNews(next, row)) await store.setDevice(next);
      else next.clock = row.clock;
      row = next;
      setDoor();
      if (change.token) fillQueue();
    },

    /** The device has ended: token, list and names go; what has not been sent stays. */
    async forget() {
      row = {};
      list = null;
      rules = null;
      base = { inside: 0, came: 0 };
      for (const record of [...own.values()]) if (record.confirmed_at !== null) drop(record.nonce);
      await store.forget();
    },
  };
}
