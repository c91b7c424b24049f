/**
 * The way of a scan: seen → kept → asked → shown. Everything around it is passed in.
 *
 * A scan is kept before it is sent, and forgotten only when the server has answered for it. Today the answer comes
 * from the server; a device with a list of its own will answer in `decide` and leave the sending as it is.
 *
 * @typedef {import("./queue.js").Scan} Scan
 * @typedef {import("./api.js").Result} Result
 */

import { readCode } from "./codes.js";
import { confirmed, failed, isWaiting, nextBatch, queueOf, withScan } from "./queue.js";
import { verdictOf, waitingVerdict } from "./verdict.js";

const keyOf = (text) => readCode(text) ?? text;
const LONGEST_TEXT = 500;

/**
 * @param {{
 *   store: import("./store.js").Store,
 *   api: ReturnType<import("./api.js").createApi>,
 *   screen: ReturnType<import("./screen.js").createScreen>,
 *   signals: {give: (tone: string) => void},
 *   texts: Record<string, string>,
 *   moment: (iso: string) => string,
 *   gate: () => number,
 *   newNonce: () => string,
 *   now: () => number,
 *   chance: () => number,
 *   later: (run: () => void, ms: number) => unknown,
 * }} parts
 */
export function createDoor({ store, api, screen, signals, texts, moment, gate, newNonce, now, chance, later }) {
  let queue = queueOf();
  let sending = false;
  /** @type {number|null} */
  let offset = null;
  let newest = "";

  function show(nonce, verdict) {
    screen.list(nonce, verdict);
    if (nonce !== newest) return;
    signals.give(verdict.tone);
    screen.verdict(verdict);
  }

  function change(next) {
    queue = next;
    screen.queue(queue.pending.length);
  }

  /** @param {Result} result */
  const decide = (result) => verdictOf(result, texts, moment);

  async function send() {
    if (sending) return;
    sending = true;
    try {
      for (let scans = nextBatch(queue, now()); scans.length; scans = nextBatch(queue, now())) {
        const answer = await api.send(scans);
        offset = answer.offset;
        const asked = new Set(scans.map((scan) => scan.nonce));
        const results = answer.results.filter((result) => asked.has(result.nonce));
        if (!results.length) throw new Error("answered for nothing that was asked");
        await store.remove(results.map((result) => result.nonce));
        change(
          confirmed(
            queue,
            results.map((result) => result.nonce),
          ),
        );
        screen.online(true);
        screen.count(answer.admitted);
        results.forEach((result) => show(result.nonce, decide(result)));
      }
    } catch (error) {
      change(failed(queue, now(), chance()));
      screen.online(false, error.kind ?? "network");
      if (queue.pending.some((scan) => scan.nonce === newest)) show(newest, waitingVerdict(texts));
      later(send, queue.dueAt - now());
    } finally {
      sending = false;
    }
    // What came in while the last answer was on its way.
    if (nextBatch(queue, now()).length) await send();
  }

  return {
    /** Take up what was kept when the page was closed. */
    async resume() {
      change(queueOf(await store.all()));
      await send();
    },

    /** Somebody shows a code, or has typed it. @param {string} text */
    async take(text) {
      if (isWaiting(queue, text, keyOf)) {
        screen.verdict(waitingVerdict(texts));
        return;
      }
      const device_at = new Date(now()).toISOString();
      const nonce = newNonce();
      const scan = { nonce, text: text.slice(0, LONGEST_TEXT), gate: gate(), device_at, clock_offset_ms: offset };
      newest = nonce;
      screen.asking();
      await store.put(scan);
      change(withScan(queue, scan));
      await send();
    },

    /** Ask again now: the network is back, or the page is. */
    retry: () => {
      change({ ...queue, dueAt: 0 });
      return send();
    },

    waiting: () => queue.pending.length,
  };
}
