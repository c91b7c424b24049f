/**
 * What the door answers. Pure: facts in, verdict out. The same rules as registrations/checkin/verdict.py; both are held
 * to tests/door/verdicts.json, and docs/door.md states them in words.
 *
 * @typedef {import("./seal.js").Entry} Entry
 * @typedef {{inside: number, came: number}} Seen what is known of a ticket: heads inside now, and at the most
 * @typedef
 *   {"admitted"|"again"|"already_in"|"early"|"too_early"|"closed"|"wrong_day"|"wrong_gate"|"full"|"cancelled"|"blocked"|
 *   "wrong_event"|"unknown"|"left"|"not_in"|"corrected"|"undone"|"practice"|"not_practice"|"no_list"|"not_stored"}
 *   Outcome
 *   the last four are the phone's own and lead to no record
 * @typedef {{outcome: Outcome, heads: number, minutes: number|null, letsIn: boolean}} Verdict
 *   `heads` come in or go out; `minutes` is how early (below 0) or late a class is, where it matters
 * @typedef {{
 *   event: {slug: string, title: string, title_en: string, starts_at: string, ends_at: string},
 *   opens_at: string, closes_at: string, early_minutes: number, late_minutes: number, reentry: boolean,
 *   fire_limit: number|null, box: string, gates: {id: number, name: string, kinds: string[]}[],
 *   waves: {id: number, name: string, starts_at: string}[], cancelled: boolean,
 * }} Door as the list brings it
 * @typedef {{
 *   opensAt: number, closesAt: number, earlyMinutes: number, lateMinutes: number, reentry: boolean, fireLimit:
 *   number|null,
 *   kinds: Set<string>, waves: Map<number, number>, cancelled: boolean,
 * }} Rules a Door at one gate, moments in milliseconds
 */

const MINUTE = 60_000;
const CLASS = "c";
const LETS_IN = new Set(["admitted", "again"]);
const STOCKHOLM = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm" });

/** After these a guard may let in all the same, with a reason; `already_in` only a class. @type {Set<Outcome>} */
export const OVERRIDABLE = new Set(["early", "too_early", "closed", "wrong_gate", "already_in"]);

/** @param {Door} door @param {number} gateId @returns {Rules} */
export function doorRules(door, gateId) {
  return {
    opensAt: Date.parse(door.opens_at),
    closesAt: Date.parse(door.closes_at),
    earlyMinutes: door.early_minutes,
    lateMinutes: door.late_minutes,
    reentry: door.reentry,
    fireLimit: door.fire_limit ?? null,
    kinds: new Set(door.gates.find((gate) => gate.id === gateId)?.kinds ?? []),
    waves: new Map(door.waves.map((wave) => [wave.id, Date.parse(wave.starts_at)])),
    cancelled: Boolean(door.cancelled),
  };
}

/**
 * The verdict on a ticket that comes in at `at` (true time, milliseconds).
 * @param {{entry: Entry|null, seen: Seen, door: Door|Rules, gateId?: number, at: number, elsewhere?: boolean,
 *   inside?: number}} facts
 *   `entry` null: a code that this event did not issue; `elsewhere`: another did; `inside`: people in the whole event
 * @returns {Verdict}
 */
export function judge({ entry, seen, door, gateId, at, elsewhere = false, inside = 0 }) {
  // Whoever stands at the wrong fair must hear that before anything else.
  if (!entry) return verdict(elsewhere ? "wrong_event" : "unknown");
  const rules = "opens_at" in door ? doorRules(door, gateId) : door;
  const refused = notGood(entry, rules) ?? notNow(rules, at) ?? notHere(entry, rules);
  if (refused) return verdict(refused);
  return entry.kind === CLASS ? aClass(entry, seen, rules, at, inside) : aPerson(seen, rules, inside);
}

/**
 * The verdict on a ticket that goes out.
 * @param {{entry: Entry|null, seen: Seen, elsewhere?: boolean}} facts
 * @returns {Verdict}
 */
export function judgeLeaving({ entry, seen, elsewhere = false }) {
  if (!entry) return verdict(elsewhere ? "wrong_event" : "unknown");
  if (seen.inside < 1) return verdict("not_in");
  return verdict("left", entry.kind === CLASS ? seen.inside : 1);
}

/**
 * Whether a guard may let in all the same, with a reason. Never past the fire limit.
 * @param {Outcome} outcome @param {Entry|null} entry
 * @param {{heads?: number, inside: number, fireLimit: number|null}} room
 */
export function mayOverrule(outcome, entry, { heads = 1, inside, fireLimit }) {
  if (!entry || !OVERRIDABLE.has(outcome)) return false;
  if (outcome === "already_in" && entry.kind !== CLASS) return false;
  return hasRoom(heads, inside, fireLimit);
}

/** Whether so many more may be in. @param {number} heads @param {number} inside @param {number|null} fireLimit */
export function hasRoom(heads, inside, fireLimit) {
  return fireLimit === null || inside + heads <= fireLimit;
}

/** @param {Outcome} outcome @returns {Verdict} */
export function verdict(outcome, heads = 0, minutes = null) {
  return { outcome, heads, minutes, letsIn: LETS_IN.has(outcome) };
}

function notGood(entry, rules) {
  if (rules.cancelled || entry.state === "x") return "cancelled";
  return entry.state === "b" ? "blocked" : null;
}

function notNow(rules, at) {
  if (at < rules.opensAt) return sameDay(at, rules.opensAt) ? "too_early" : "wrong_day";
  if (at > rules.closesAt) return sameDay(at, rules.closesAt) ? "closed" : "wrong_day";
  return null;
}

function notHere(entry, rules) {
  return rules.kinds.size && !rules.kinds.has(entry.kind) ? "wrong_gate" : null;
}

function aPerson(seen, rules, inside) {
  if (seen.inside > 0) return verdict(rules.reentry ? "again" : "already_in");
  if (seen.came > 0 && !rules.reentry) return verdict("already_in");
  return ifRoom(1, rules, inside);
}

function aClass(entry, seen, rules, at, inside) {
  const left = entry.pupils - seen.inside;
  if (left <= 0) return verdict("already_in");
  const wave = rules.waves.get(entry.wave);
  let minutes = null;
  if (wave !== undefined) {
    // Whole minutes towards zero, as people say them; adding 0 makes no minutes early no minutes.
    minutes = Math.trunc((at - wave) / MINUTE) + 0;
    if (at < wave - rules.earlyMinutes * MINUTE) return verdict("early", 0, minutes);
    if (at <= wave + rules.lateMinutes * MINUTE) minutes = null;
  }
  return ifRoom(left, rules, inside, minutes);
}

function ifRoom(heads, rules, inside, minutes = null) {
  return hasRoom(heads, inside, rules.fireLimit) ? verdict("admitted", heads, minutes) : verdict("full");
}

function sameDay(one, other) {
  return STOCKHOLM.format(one) === STOCKHOLM.format(other);
}
