/**
 * The scans that the server has not confirmed yet. Pure: each function gives a new queue.
 *
 * A scan keeps its nonce from the first try to the last, so that sending it twice is harmless. It leaves the queue
 * only when the server has answered for its nonce.
 *
 * @typedef {{nonce: string, text: string, gate: number, device_at: string, clock_offset_ms: number|null}} Scan
 * @typedef {{pending: Scan[], failures: number, dueAt: number}} Queue
 */

export const BATCH = 100;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

/** @param {Scan[]} pending @returns {Queue} */
export function queueOf(pending = []) {
  return { pending: [...pending], failures: 0, dueAt: 0 };
}

/** A new scan is sent at once, whatever the waiting time after the last failure. @returns {Queue} */
export function withScan(queue, scan) {
  return { ...queue, pending: [...queue.pending, scan], dueAt: 0 };
}

/** What to send next, oldest first. @returns {Scan[]} */
export function nextBatch(queue, now) {
  return now >= queue.dueAt ? queue.pending.slice(0, BATCH) : [];
}

/** The server has answered for these nonces. @param {string[]} nonces @returns {Queue} */
export function confirmed(queue, nonces) {
  const done = new Set(nonces);
  return { pending: queue.pending.filter((scan) => !done.has(scan.nonce)), failures: 0, dueAt: 0 };
}

/**
 * Nothing came through: wait 1, 2, 4 … at most 30 seconds, a little more or less than other devices.
 * @param {Queue} queue @param {number} now milliseconds @param {number} chance 0 ≤ chance < 1 @returns {Queue}
 */
export function failed(queue, now, chance) {
  const wait = Math.min(FIRST_WAIT * 2 ** queue.failures, LONGEST_WAIT);
  return { ...queue, failures: queue.failures + 1, dueAt: now + wait * (0.75 + chance / 2) };
}

/** Whether a scan of the same code waits for its answer already. @param {(text: string) => string} keyOf */
export function isWaiting(queue, text, keyOf) {
  return queue.pending.some((scan) => keyOf(scan.text) === keyOf(text));
}
