/**
 * The way of a scan: seen → judged from the phone's own list → kept → only then shown. Sending comes later, or hours
 * later.
 *
 * @typedef {import("./records.js").DoorRecord} DoorRecord
 * @typedef {import("./seal.js").Entry} Entry
 * @typedef {import("./ground.js").Facts} Facts
 * @typedef {import("./ground.js").Ground} Ground
 * @typedef {"in"|"out"} Direction
 * @typedef {{
 *   nonce: string|null, verdict: import("./verdict.js").Verdict, entry: Entry|null, handle: string|null, heads: number,
 *   most: number,
 *   can: {correct: boolean, undo: boolean, overrule: boolean}, facts: Facts, direction: Direction, at: number,
 *   practice: boolean,
 * }} Shown `nonce` is the scan's own, also after a correction or an undoing; `null` where nothing was kept.
 *   `heads` count now; `most` may be let in by `overrule`, or counted by `correct` without a reason
 */

import { eventOf } from "./book.js";
import { practiceOf, readCode } from "./codes.js";
import { factsOf, limitOf, mostOf, realGround } from "./ground.js";
import { createPractice, outOfPlace } from "./practice.js";
import { recordOf } from "./records.js";
import { StoreFull } from "./store.js";
import { hasRoom, judge, judgeLeaving, mayOverrule, verdict } from "./verdict.js";

const LONGEST_TEXT = 200;
const REMEMBERED = 200;
const WALK_IN = { kind: "v", state: "ok", pupils: 1, wave: null };

/**
 * @param {{
 *   book: import("./book.js").Book,
 *   clock: Pick<import("./clock.js").Clock, "now"|"stamp">,
 *   seals: Pick<typeof import("./seal.js"), "handleOf"|"openSeal"|"boxFor">,
 *   newNonce: () => string,
 *   onVerdict: (shown: Shown) => void,
 *   onRecord?: () => void,
 *   practising?: () => boolean,
 * }} parts `onRecord`: something is there to be sent (sync.poke)
 */
export function createDoor({ book, clock, seals, newNonce, onVerdict, onRecord = () => {}, practising = () => false }) {
  /** @type {Map<string, Promise<Shown>>} what is being judged and kept right now */
  const making = new Map();
  /**
   * @type {Map<string, {record: DoorRecord, shown: Shown, heads: number, undone: boolean, ground: Ground}>} by the
   *   scan's nonce
   */
  const recent = new Map();
  const real = realGround(book, seals);
  let practice = null;
  let last = Promise.resolve();

  function ground() {
    if (!practising()) practice = null;
    else practice ??= createPractice({ now: clock.now });
    return practice ?? real;
  }

  /** One after the other: the next verdict knows of the one before. */
  function inTurn(run) {
    const turn = last.then(run);
    last = turn.then(
      () => {},
      () => {},
    );
    return turn;
  }

  /** What is asked for twice while it is being made is made once. */
  function onceAtATime(key, run) {
    if (!making.has(key)) {
      const made = inTurn(run).finally(() => making.delete(key));
      making.set(key, made);
    }
    return making.get(key);
  }

  const about = (place, handle, entry, elsewhere = null) => factsOf(place, book.door(), handle, entry, elsewhere);

  /** Nothing is kept; the guard is told why. */
  function tellOnly(given, more = {}) {
    const shown = {
      nonce: null,
      verdict: given,
      entry: null,
      handle: null,
      heads: 0,
      most: 0,
      can: { correct: false, undo: false, overrule: false },
      facts: about(practice ?? real, null, null),
      direction: "in",
      at: clock.now(),
      practice: Boolean(practice),
      ...more,
    };
    onVerdict(shown);
    return shown;
  }

  function recordFor(facts, stamp) {
    const device = book.device();
    const { device_at, clock_offset_ms, clock_error_ms, at } = stamp;
    return recordOf({
      nonce: newNonce(),
      gate: device?.gate.id ?? 0,
      event: eventOf(device),
      list_version: book.list()?.version ?? null,
      device_at,
      clock_offset_ms,
      clock_error_ms,
      at,
      ...facts,
    });
  }

  /** Keep the record, then show. @returns {Promise<Shown>} */
  async function keepAndShow(place, record, given, entry, facts, direction) {
    const fireLimit = limitOf(place, record.handle);
    try {
      await place.add(record);
    } catch (error) {
      if (!(error instanceof StoreFull)) throw error;
      return tellOnly(verdict("not_stored"), { entry, handle: record.handle, facts, direction });
    }
    const counts = record.act === "leave" || record.let_in;
    const heads = counts ? record.headcount : 0;
    const room = { inside: place.inside(), fireLimit };
    const overrule = direction === "in" && !record.let_in && mayOverrule(given.outcome, entry, room);
    const shown = {
      nonce: record.nonce,
      verdict: given,
      entry,
      handle: record.handle,
      heads,
      most: mostOf(record, entry, facts, heads),
      can: { correct: entry?.kind === "c" && heads > 0, undo: heads > 0, overrule },
      facts,
      direction,
      at: record.at,
      practice: place.practice,
    };
    recent.set(record.nonce, { record, shown, heads, undone: false, ground: place });
    if (recent.size > REMEMBERED) recent.delete(recent.keys().next().value);
    if (!place.practice) onRecord();
    onVerdict(shown);
    return shown;
  }

  async function scan(place, { handle, entry, text, direction }) {
    const stamp = clock.stamp();
    const elsewhere = entry || !handle ? null : place.elsewhere(handle);
    const facts = about(place, handle, entry, elsewhere);
    const given =
      direction === "out"
        ? judgeLeaving({ entry, seen: facts.seen, elsewhere: Boolean(elsewhere) })
        : judge({
            entry,
            seen: facts.seen,
            door: place.rules(handle),
            at: stamp.at,
            elsewhere: Boolean(elsewhere),
            inside: place.inside(),
          });
    const record = recordFor(
      {
        act: direction === "out" ? "leave" : "enter",
        handle,
        headcount: given.heads,
        shown: given.outcome,
        let_in: given.letsIn || given.outcome === "left",
      },
      stamp,
    );
    if (!handle && !place.practice) record.box = await seals.boxFor(book.door().box, { text });
    return keepAndShow(place, record, given, entry, facts, direction);
  }

  /** A scan of this page, or of the page before a reload. */
  function scanOf(nonce) {
    const known = recent.get(nonce);
    if (known) return known;
    const record = book.find(nonce);
    if (!record || !["enter", "leave", "walk_in"].includes(record.act)) return null;
    const changes = book.about(nonce);
    const counts = record.act === "leave" || record.let_in;
    const heads = changes
      .filter(({ act }) => act === "correct")
      .reduce((_, { headcount }) => headcount, counts ? record.headcount : 0);
    return { record, shown: null, heads, undone: changes.some(({ act }) => act === "undo"), ground: real };
  }

  /** A record about an earlier scan. */
  async function amend(found, act, heads, reason) {
    const { record: scanned, ground: place, shown: before } = found;
    const change = recordFor(
      { act, ref: scanned.nonce, handle: scanned.handle, headcount: heads, reason, was: found.heads, of: scanned.act },
      clock.stamp(),
    );
    const outcome = act === "undo" ? "undone" : "corrected";
    change.shown = outcome;
    const direction = scanned.act === "leave" ? "out" : "in";
    const entry = before?.entry ?? null;
    try {
      await place.add(change);
    } catch (error) {
      if (!(error instanceof StoreFull)) throw error;
      return tellOnly(verdict("not_stored"), { entry, handle: scanned.handle, direction });
    }
    found.heads = heads;
    found.undone = act === "undo";
    if (!recent.has(scanned.nonce)) recent.set(scanned.nonce, found);
    const shown = {
      nonce: scanned.nonce,
      verdict: verdict(outcome, heads),
      entry,
      handle: scanned.handle,
      heads,
      most: before?.most ?? heads,
      can: { correct: !found.undone && (entry?.kind === "c" || before === null), undo: !found.undone, overrule: false },
      facts: about(place, scanned.handle, entry),
      direction,
      at: change.at,
      practice: place.practice,
    };
    found.shown = shown;
    if (!place.practice) onRecord();
    onVerdict(shown);
    return shown;
  }

  return {
    /**
     * Somebody shows a code, or has typed it.
     * @param {string} text @param {{direction?: Direction}} [how]
     * @returns {Promise<Shown>}
     */
    take(text, { direction = "in" } = {}) {
      const code = readCode(text);
      return onceAtATime(`${direction} ${code ?? text}`, async () => {
        const place = ground();
        if (Boolean(practiceOf(code)) !== place.practice) return tellOnly(outOfPlace(place.practice), { direction });
        if (!place.ready()) return tellOnly(verdict("no_list"), { direction });
        const { handle, entry } = code ? await place.entryOf(code) : { handle: null, entry: null };
        // The device may have ended while the seal was opened.
        if (!place.ready()) return tellOnly(verdict("no_list"), { direction });
        return scan(place, { handle, entry, text: text.slice(0, LONGEST_TEXT), direction });
      });
    },

    /**
     * Somebody was found by name at the desk.
     * @param {string} handle @param {import("./api.js").Found} found @param {{direction?: Direction}} [how]
     * @returns {Promise<Shown>}
     */
    takeHandle(handle, found, { direction = "in" } = {}) {
      return onceAtATime(`${direction} ${handle}`, async () => {
        if (ground().practice) return tellOnly(outOfPlace(true), { direction });
        if (!real.ready()) return tellOnly(verdict("no_list"), { direction });
        const { kind, state, name, company, pupils, wave } = found;
        const entry = { kind, state, name, company, pupils: pupils ?? 1, wave: wave ?? null };
        return scan(real, { handle, entry, text: "", direction });
      });
    },

    /**
     * The true number of a class that came or went. More than it is for needs a reason, and room under the fire limit.
     * @param {string} nonce @param {number} heads @param {string} [reason]
     * @returns {Promise<Shown|{refused: "gone"|"reason"|"full"}>} `gone`: not of this phone, or undone
     */
    correct(nonce, heads, reason = "") {
      return inTurn(async () => {
        const found = scanOf(nonce);
        if (!found || found.undone || !Number.isInteger(heads) || heads < 0) return { refused: "gone" };
        const { record, ground: place } = found;
        const fireLimit = limitOf(place, record.handle);
        const enters = record.act !== "leave";
        const more = heads - found.heads;
        if (enters && more > 0 && found.shown && heads > found.shown.most && !reason) return { refused: "reason" };
        if (enters && more > 0 && !hasRoom(more, place.inside(), fireLimit)) return { refused: "full" };
        return amend(found, "correct", heads, reason);
      });
    },

    /** It was a mistake. @param {string} nonce @returns {Promise<Shown|{refused: "gone"}>} */
    undo(nonce) {
      return inTurn(async () => {
        const found = scanOf(nonce);
        if (!found || found.undone || !found.heads) return { refused: "gone" };
        return amend(found, "undo", 0, "");
      });
    },

    /**
     * Let in all the same.
     * @param {string} nonce of the scan that did not let in @param {string} reason @param {number} [heads]
     * @returns {Promise<Shown|{refused: "gone"|"reason"|"full"}>}
     */
    overrule(nonce, reason, heads = 1) {
      return onceAtATime(`overrule ${nonce}`, async () => {
        const found = recent.get(nonce);
        if (!found?.shown?.can.overrule) return { refused: "gone" };
        if (!reason.trim()) return { refused: "reason" };
        const { record: refused, shown: before, ground: place } = found;
        const { entry, verdict: given } = before;
        const count = entry.kind === "c" ? Math.max(1, heads) : 1;
        const room = { heads: count, inside: place.inside(), fireLimit: limitOf(place, refused.handle) };
        if (!mayOverrule(given.outcome, entry, room)) return { refused: "full" };
        const facts = about(place, refused.handle, entry);
        const told = {
          act: "enter",
          handle: refused.handle,
          headcount: count,
          shown: given.outcome,
          let_in: true,
          reason,
        };
        const record = recordFor(told, clock.stamp());
        before.can.overrule = false;
        return keepAndShow(place, record, verdict("admitted", count), entry, facts, "in");
      });
    },

    /**
     * Somebody without a ticket; the server makes one.
     * @param {{name: string, company: string, email: string, language: "sv"|"en"}} person
     * @param {{reason?: string}} [how]
     * @returns {Promise<Shown>} without a record when the door does not let in now (a reason overrules all but the
     *   fire limit and the day)
     */
    walkIn({ name, company, email, language }, { reason = "" } = {}) {
      return onceAtATime(`walk-in ${name} ${email}`, async () => {
        if (ground().practice) return tellOnly(outOfPlace(true));
        if (!real.ready()) return tellOnly(verdict("no_list"));
        const entry = { ...WALK_IN, name, company };
        const stamp = clock.stamp();
        const inside = real.inside();
        const facts = about(real, null, entry);
        const given = judge({ entry, seen: { inside: 0, came: 0 }, door: real.rules(null), at: stamp.at, inside });
        const overruled =
          reason.trim() && mayOverrule(given.outcome, entry, { inside, fireLimit: real.rules(null).fireLimit });
        if (!given.letsIn && !overruled) return tellOnly(given, { entry, facts });
        const record = recordFor({ act: "walk_in", headcount: 1, shown: given.outcome, let_in: true, reason }, stamp);
        record.box = await seals.boxFor(book.door().box, { name, company, email, language });
        return keepAndShow(real, record, verdict("admitted", 1), entry, facts, "in");
      });
    },
  };
}
