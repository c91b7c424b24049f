/** Practice tickets, that touch nothing: judged by the real rules at a door of their own. Pure. */

import { verdict } from "./verdict.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const person = (kind, name, company, state = "ok") => ({ kind, state, name, company, pupils: 1, wave: null });

/**
 * What a practice sheet shows, and what the phone answers to it the first time.
 * @type {{code: string, outcome: import("./verdict.js").Outcome, entry: import("./seal.js").Entry|null, came?:
 *   boolean, days?: number}[]}
 */
export const PRACTICE_TICKETS = [
  { code: "PRACT1CE00000ADM", outcome: "admitted", entry: person("v", "Vera Visitor", "Vera & Co") },
  { code: "PRACT1CE00000EXH", outcome: "admitted", entry: person("e", "Emil Exhibitor", "Emils Mek") },
  {
    code: "PRACT1CE0000C27A",
    outcome: "admitted",
    entry: { kind: "c", state: "ok", name: "9A", company: "Övningsskolan", pupils: 27, wave: null },
  },
  { code: "PRACT1CE00000TW1", outcome: "already_in", entry: person("v", "Ture Twice", "Tures Tak"), came: true },
  { code: "PRACT1CE00000CAN", outcome: "cancelled", entry: person("v", "Cilla Cancelled", "Cillas Café", "x") },
  { code: "PRACT1CE00000DAY", outcome: "wrong_day", entry: person("v", "Dan Otherday", "Dans Data"), days: 3 },
  { code: "PRACT1CE00000XXX", outcome: "unknown", entry: null },
];

/**
 * A door for practice, forgotten with the page.
 * @param {{now: () => number}} parts true time
 * @returns {import("./ground.js").Ground}
 */
export function createPractice({ now }) {
  const opened = now();
  /** @type {import("./records.js").DoorRecord[]} */
  const records = [];
  const ticketOf = (code) => PRACTICE_TICKETS.find((ticket) => ticket.code === code);
  return {
    practice: true,
    ready: () => true,
    entryOf: async (code) => ({ handle: code, entry: ticketOf(code)?.entry ?? null }),
    elsewhere: () => null,
    rules: (handle) => rulesOf(now(), ticketOf(handle)?.days ?? 0),
    arrival: (handle) => (ticketOf(handle)?.came ? { inside: 1, came: 1, at: opened - HOUR / 2, gate: null } : null),
    own: (handle) => records.filter((record) => record.handle === handle),
    inside: () => 0,
    add: async (record) => void records.push(record),
  };
}

/**
 * A real ticket while practising, or a practice ticket at the real door: nothing is kept.
 * @param {boolean} practising
 */
export const outOfPlace = (practising) => verdict(practising ? "not_practice" : "practice");

function rulesOf(now, days) {
  const opensAt = now - HOUR + days * DAY;
  return {
    opensAt,
    closesAt: opensAt + 8 * HOUR,
    earlyMinutes: 20,
    lateMinutes: 30,
    reentry: false,
    fireLimit: null,
    kinds: new Set(),
    waves: new Map(),
    cancelled: false,
  };
}
