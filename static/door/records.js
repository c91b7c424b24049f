/**
 * The records of what this phone did. Pure.
 *
 * @typedef {{
 *   nonce: string, act: "enter"|"leave"|"correct"|"undo"|"walk_in", handle: string|null, text?: string, gate: number,
 *   device_at: string,
 *   clock_offset_ms: number|null, clock_error_ms: number|null, headcount: number|null, shown: string, let_in:
 *   boolean|null,
 *   reason: string, ref: string|null, list_version: number|null, box: string|null,
 * }} Wire as the server gets it (docs/door.md)
 * @typedef {Wire & {
 *   event: string, at: number, was: number, of: string, confirmed_at: number|null, set_aside: boolean,
 * }} DoorRecord with what only the phone needs: the event's slug, the true time as well as it knew, for `correct` and
 *   `undo` the heads
 *   that counted before and the act of the record in `ref`; when the server confirmed it; whether the server refused it
 *   alone
 */

const WIRE = [
  "nonce",
  "act",
  "handle",
  "gate",
  "device_at",
  "clock_offset_ms",
  "clock_error_ms",
  "headcount",
  "shown",
  "let_in",
  "reason",
  "ref",
  "list_version",
  "box",
];

/**
 * @param {Partial<DoorRecord> & {nonce: string, act: DoorRecord["act"]}} facts
 * @returns {DoorRecord}
 */
export function recordOf(facts) {
  return {
    handle: null,
    gate: 0,
    device_at: "",
    clock_offset_ms: null,
    clock_error_ms: null,
    headcount: 0,
    shown: "",
    let_in: false,
    reason: "",
    ref: null,
    list_version: null,
    box: null,
    event: "",
    at: 0,
    was: 0,
    of: "",
    confirmed_at: null,
    set_aside: false,
    ...facts,
  };
}

/** What is sent. @param {DoorRecord} record @returns {Wire} */
export function wireOf(record) {
  const wire = Object.fromEntries(WIRE.map((name) => [name, record[name]]));
  // Only what an older door left behind, and only until it has become a handle or a box.
  if (record.text) wire.text = record.text;
  return wire;
}

/**
 * A scan that the door of before kept: it asked the server for each verdict, so whether somebody was let in is the
 * server's to say.
 * @param {{nonce: string, text: string, gate: number, device_at: string, clock_offset_ms: number|null, event:
 *   string}} scan
 * @returns {DoorRecord}
 */
export function recordOfOldScan({ nonce, text, gate, device_at, clock_offset_ms, event }) {
  const at = Date.parse(device_at) + (clock_offset_ms ?? 0);
  return recordOf({
    nonce,
    act: "enter",
    text,
    gate,
    device_at,
    clock_offset_ms,
    event,
    at,
    let_in: null,
    headcount: null,
  });
}

/** A version 4 UUID; browsers have it ready only on https. */
export function newNonce() {
  if (globalThis.crypto.randomUUID) return globalThis.crypto.randomUUID();
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
