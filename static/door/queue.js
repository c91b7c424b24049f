/**
 * The records that the server has not confirmed yet. Pure: each function gives a new queue.
 *
 * A record keeps its nonce from the first try to the last, so that sending it twice is harmless, and leaves the queue
 * only when the server has answered for its nonce. A batch that keeps failing is halved until the record that the
 * server
 * cannot take is alone; that one is set aside (kept, counted, exported) and blocks nobody.
 *
 * @typedef {import("./records.js").DoorRecord} DoorRecord
 * @typedef {"network"|"server"|"refused"|"too_many"} Why "server": it answered 500; "refused": it answered 4xx to
 *   these records
 * @typedef {{
 *   pending: DoorRecord[], aside: DoorRecord[], failures: number, dueAt: number, size: number, answers: number,
 *   alone: Record<string, {tries: number, answers: number}>,
 * }} Queue `size`: records in the next batch at most; `answers`: how often the server has answered; `alone`: records
 *   that failed alone
 */

export const BATCH = 100;
export const LONG_BATCH = 500;
const LONG_QUEUE = 200;
const FEW = 25;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;
// While a batch is cut in halves the server is there, and others wait behind the one that it cannot take.
const CUTTING_WAIT = 4000;
const SHORT_WAIT = 250;
const TRIES_ALONE = 5;

/** @param {DoorRecord[]} pending @param {DoorRecord[]} aside @returns {Queue} */
export function queueOf(pending = [], aside = []) {
  return { pending: [...pending], aside: [...aside], failures: 0, dueAt: 0, size: BATCH, answers: 0, alone: {} };
}

/**
 * A new record is sent at once, whatever the waiting time after the last failure.
 * @param {Queue} queue
 * @returns {Queue}
 */
export function withRecord(queue, record) {
  return { ...queue, pending: [...queue.pending, record], dueAt: 0 };
}

/** What to send next, oldest first. @param {Queue} queue @param {number} now milliseconds @returns {DoorRecord[]} */
export function nextBatch(queue, now) {
  return now >= queue.dueAt ? queue.pending.slice(0, queue.size) : [];
}

/** The server has answered for these nonces. @param {Queue} queue @param {Iterable<string>} nonces @returns {Queue} */
export function confirmed(queue, nonces) {
  const done = new Set(nonces);
  const rest = (records) => records.filter((record) => !done.has(record.nonce));
  const pending = rest(queue.pending);
  const most = pending.length > LONG_QUEUE ? LONG_BATCH : BATCH;
  const alone = Object.fromEntries(Object.entries(queue.alone).filter(([nonce]) => !done.has(nonce)));
  const size = Math.min(queue.size * 2, most);
  return { pending, aside: rest(queue.aside), failures: 0, dueAt: 0, size, answers: queue.answers + 1, alone };
}

/**
 * Nothing came through: wait 1, 2, 4 … at most 30 seconds, a little more or less than other devices.
 * @param {Queue} queue @param {number} now milliseconds @param {number} chance 0 ≤ chance < 1
 * @param {Why} [why] @param {number} [atLeast] milliseconds that the server asked to wait
 * @returns {Queue}
 */
export function failed(queue, now, chance, why = "network", atLeast = 0) {
  const sent = queue.pending.slice(0, queue.size);
  const answers = why === "server" || why === "refused";
  const longest = !answers || queue.pending.length < 2 ? LONGEST_WAIT : why === "refused" ? SHORT_WAIT : CUTTING_WAIT;
  const wait = Math.min(FIRST_WAIT * 2 ** queue.failures, longest);
  const next = { ...queue, failures: queue.failures + 1, dueAt: now + Math.max(wait * (0.75 + chance / 2), atLeast) };
  if (why === "too_many" || !sent.length) return next;
  if (why === "network") return { ...next, size: Math.min(queue.size, Math.max(FEW, halved(queue, sent))) };
  if (sent.length > 1) return { ...next, size: why === "refused" ? Math.ceil(sent.length / 2) : halved(queue, sent) };
  return failedAlone(next, sent[0], why);
}

/**
 * The server has answered something else: whatever fails alone now is at fault itself.
 * @param {Queue} queue
 * @returns {Queue}
 */
export function answered(queue) {
  return { ...queue, answers: queue.answers + 1 };
}

/** Whether a record has failed alone so often that only the server's health can speak for it. @param {Queue} queue */
export function inDoubt(queue) {
  return Object.values(queue.alone).some(({ tries }) => tries >= TRIES_ALONE);
}

/** What was set aside is tried again. @param {Queue} queue @returns {Queue} */
export function retryAside(queue) {
  return { ...queue, pending: [...queue.pending, ...queue.aside], aside: [], alone: {} };
}

/** The same batch once more, then half of it. */
function halved(queue, sent) {
  return queue.failures > 0 ? Math.ceil(sent.length / 2) : queue.size;
}

/**
 * A server that answers 500 to everything must not make us set everything aside: a record is at fault only when others
 * got through in the meantime. Until then it goes to the end, and the next one is tried.
 */
function failedAlone(queue, record, why) {
  const { tries, answers } = queue.alone[record.nonce] ?? { tries: 0, answers: queue.answers };
  const rest = queue.pending.slice(1);
  const known = { ...queue.alone, [record.nonce]: { tries: tries + 1, answers } };
  const faulty = why === "refused" || (tries + 1 >= TRIES_ALONE && queue.answers > answers);
  if (!faulty) return { ...queue, pending: [...rest, record], alone: known, size: 1 };
  delete known[record.nonce];
  const aside = [...queue.aside, { ...record, set_aside: true }];
  return {
    ...queue,
    pending: rest,
    aside,
    alone: known,
    size: 1,
    failures: 0,
    dueAt: why === "refused" ? 0 : queue.dueAt,
  };
}
