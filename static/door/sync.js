/**
 * Sends what was done and fetches what others did, one after the other: first the queue, all of it, then the state and
 * the list. So a list never holds a record of ours that we do not know to be confirmed, and nobody is counted twice.
 *
 * @typedef {{
 *   online: boolean, trouble: import("./api.js").Kind|"store"|null, queue: number, setAside: number, left: number,
 *   listVersion: number|null,
 *   listAge: number|null, inside: number, came: number, device: import("./store.js").Device|null,
 *   clock: import("./clock.js").Measured|null,
 * }} SyncState `listAge` in milliseconds; `left`: unsent records of an event that this phone is no longer at
 */

import { Trouble } from "./api.js";
import { inDoubt, nextBatch } from "./queue.js";
import { wireOf } from "./records.js";

const POLL_EVERY = 5000;
const LIST_EVERY = 15_000;
const ASIDE_EVERY = 120_000;
// Reading all that is kept takes longer the more it is: not after each scan.
const REFRESH_EVERY = 10_000;
const LONGEST_WAIT = 30_000;

/**
 * @param {{
 *   api: Pick<import("./api.js").Api, "scans"|"status"|"list">,
 *   book: import("./book.js").Book,
 *   clock: Pick<import("./clock.js").Clock, "now"|"steady"|"measured">,
 *   later: (run: () => void, ms: number) => any,
 *   cancel: (timer: any) => void,
 *   chance: () => number,
 *   onState?: (state: SyncState) => void,
 *   onResults?: (results: import("./api.js").Result[]) => void,
 *   onError?: (error: unknown) => void,
 *   battery?: () => number|null,
 *   app?: string,
 *   pollEvery?: number,
 *   listEvery?: number,
 * }} parts `onError`: what should not happen, such as a store that cannot be written; the loop goes on
 */
export function createSync({
  api,
  book,
  clock,
  later,
  cancel,
  chance,
  onState = () => {},
  onResults = () => {},
  onError = () => {},
  battery = () => null,
  app = "",
  pollEvery = POLL_EVERY,
  listEvery = LIST_EVERY,
}) {
  const now = () => clock.steady();
  let running = false;
  let again = false;
  let stopped = true;
  let timer = null;
  let online = false;
  /** @type {SyncState["trouble"]} */
  let trouble = null;
  let holdUntil = 0;
  let pollAt = 0;
  let pollFailures = 0;
  let asideAt = 0;
  let listAt = -Infinity;
  let refreshAt = 0;

  /** @returns {SyncState} */
  function state() {
    const list = book.list();
    const queue = book.queue();
    return {
      online,
      trouble,
      queue: queue.pending.length,
      setAside: queue.aside.length,
      left: book.left(),
      listVersion: list?.version ?? null,
      listAge: list ? Math.max(0, clock.now() - list.at) : null,
      inside: book.inside(),
      came: book.came(),
      device: book.device(),
      clock: clock.measured(),
    };
  }

  const tell = () => onState(state());

  function works() {
    online = true;
    trouble = null;
  }

  /** @param {unknown} error @returns {Promise<Trouble>} */
  async function fails(error) {
    if (!(error instanceof Trouble)) throw error;
    online = error.kind !== "network" && error.kind !== "too_many";
    trouble = error.kind;
    if (error.kind === "too_many") holdUntil = now() + error.retryAfter;
    if (error.ends) {
      stop();
      await book.forget();
    }
    return error;
  }

  /** Send until nothing is left; whether nothing is. */
  async function flush() {
    for (;;) {
      if (stopped) return false;
      const batch = nextBatch(book.queue(), now());
      if (!batch.length) return !book.queue().pending.length;
      const before = book.confirmed();
      const asked = new Set(batch.map((record) => record.nonce));
      let results;
      try {
        const answer = await api.scans(batch.map(wireOf));
        results = answer.results.filter((result) => asked.has(result.nonce));
        const nonces = results.map((result) => result.nonce);
        if (nonces.length) await book.confirm(nonces);
        if (nonces.length) book.takeInside(answer, [...before, ...nonces]);
      } catch (error) {
        const { kind, status, retryAfter, ends } = await fails(error);
        if (!ends) await doubt(kind === "network" && status === 500 ? "server" : kind, retryAfter);
        return false;
      }
      works();
      if (!results.length) {
        // Answered, but for nothing that was asked: as bad as a failure, and perhaps one record's fault.
        await doubt("server");
        return false;
      }
      onResults(results);
      tell();
    }
  }

  /** A batch has failed: because of one record, or is the server ill? */
  async function doubt(why, retryAfter = 0) {
    await book.failed(now(), chance(), why, retryAfter);
    if (why !== "server" || !inDoubt(book.queue())) return;
    try {
      await api.status(told());
      book.answered();
    } catch (error) {
      await fails(error);
    }
  }

  async function poll() {
    // Nothing is sent meanwhile: the list holds all that is confirmed now, and none of what is not.
    const before = book.confirmed();
    try {
      const status = await api.status(told());
      if (stopped) return;
      works();
      await book.setDevice({ device: status.device });
      book.takeInside(status, before);
      const list = book.list();
      const moved =
        !list || list.version !== status.version || list.inside !== status.inside || list.came !== status.came;
      if (moved || now() - listAt >= listEvery) await fetchList(list, before);
      pollFailures = 0;
      pollAt = now() + pollEvery * (0.9 + chance() / 5);
    } catch (error) {
      const wait = Math.min(1000 * 2 ** pollFailures, LONGEST_WAIT) * (0.75 + chance() / 2);
      pollFailures += 1;
      pollAt = now() + Math.max(wait, pollEvery);
      await fails(error);
    }
  }

  async function fetchList(list, before) {
    const answer = await api.list(list?.version ?? 0, list?.cursor ?? 0);
    if (stopped) return;
    listAt = now();
    await book.takeList(answer, before);
  }

  function told() {
    const { listVersion, listAge, queue, setAside } = state();
    const measured = clock.measured();
    return {
      queue: queue + setAside,
      list_version: listVersion,
      list_age_s: listAge === null ? null : Math.round(listAge / 1000),
      clock_offset_ms: measured?.offset ?? null,
      clock_error_ms: measured?.error ?? null,
      battery: battery(),
      app,
    };
  }

  async function once() {
    if (now() < holdUntil || !book.token()) return;
    if (book.queue().aside.length && now() >= asideAt) {
      if (asideAt) book.retryAside();
      asideAt = now() + ASIDE_EVERY;
    }
    const flushed = await flush();
    if (stopped || (flushed && now() < pollAt)) return;
    if (now() >= refreshAt) {
      refreshAt = now() + REFRESH_EVERY;
      await book.refresh();
    }
    if (!flushed) return;
    if (book.queue().pending.length) again = true;
    else await poll();
  }

  /** One round at a time; whoever asks meanwhile gets another one after it. */
  async function round() {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      do {
        again = false;
        await once();
      } while (again && !stopped);
    } catch (error) {
      trouble = "store";
      pollAt = Math.max(pollAt, now() + pollEvery);
      onError(error);
    } finally {
      running = false;
      tell();
      schedule();
    }
  }

  function schedule() {
    if (timer !== null) cancel(timer);
    timer = null;
    if (stopped) return;
    const { pending, dueAt } = book.queue();
    const at = Math.max(pending.length ? dueAt : pollAt, holdUntil);
    timer = later(round, Math.max(at - now(), 50));
  }

  function stop() {
    stopped = true;
    if (timer !== null) cancel(timer);
    timer = null;
  }

  return {
    /** Begin, or begin again after pairing. The promise is kept after the first round. */
    start() {
      stopped = false;
      pollAt = 0;
      refreshAt = 0;
      pollFailures = 0;
      return round();
    },
    /** For good, or until `start`: another tab has taken over, or the device has ended. */
    stop,
    /** A new record has been kept: send it. */
    poke: round,
    /** The network is back, or the page is: try all of it now. */
    retry() {
      book.hurry();
      pollAt = 0;
      return round();
    },
    state,
  };
}
