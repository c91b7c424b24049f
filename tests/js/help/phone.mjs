/** A phone for tests: its parts put together, with time and a server of our own. */

import { createBook } from "../../../static/door/book.js";
import { createClock } from "../../../static/door/clock.js";
import { createDoor } from "../../../static/door/door.js";
import { memoryStore } from "../../../static/door/store.js";
import { createSync } from "../../../static/door/sync.js";

export const NOON = Date.parse("2027-03-24T12:00:00+01:00");
export const DOOR = {
  event: {
    slug: "fair",
    title: "Mässan",
    title_en: "The fair",
    starts_at: "2027-03-24T09:00:00+01:00",
    ends_at: "2027-03-24T16:00:00+01:00",
  },
  opens_at: "2027-03-24T08:00:00+01:00",
  closes_at: "2027-03-24T17:00:00+01:00",
  early_minutes: 20,
  late_minutes: 30,
  reentry: false,
  fire_limit: 100,
  box: "box",
  gates: [
    { id: 7, name: "Norra", kinds: [] },
    { id: 8, name: "Lastkajen", kinds: ["e"] },
  ],
  waves: [{ id: 3, name: "Våg 1", starts_at: "2027-03-24T12:00:00+01:00" }],
  cancelled: false,
};
export const DEVICE = {
  name: "Phone 1",
  role: "door",
  gate: { id: 7, name: "Norra" },
  ends_at: "2027-03-25T00:00:00Z",
  event: "fair",
};

export const VISITOR = { kind: "v", state: "ok", name: "Åsa", company: "Bageriet", pupils: 1, wave: null };
export const CLASS = { kind: "c", state: "ok", name: "9C", company: "Österport", pupils: 27, wave: 3 };
export const CODES = {
  visitor: "0000000000000001",
  other: "0000000000000002",
  cancelled: "0000000000000003",
  class: "0000000000000004",
};
export const handleOf = (code) => `h${code.slice(5)}`;
const TICKETS = {
  [CODES.visitor]: VISITOR,
  [CODES.other]: { ...VISITOR, name: "Bo" },
  [CODES.cancelled]: { ...VISITOR, state: "x" },
  [CODES.class]: CLASS,
};

export const seals = {
  handleOf: async (code) => handleOf(code),
  openSeal: async (_, seal) => JSON.parse(seal),
  boxFor: async (key, object) => `${key}:${JSON.stringify(object)}`,
};

export function listAnswer(more = {}) {
  const entries = Object.entries(TICKETS).map(([code, entry]) => handleOf(code) + JSON.stringify(entry));
  const elsewhere = [
    { title: "Natten", title_en: "The night", starts_at: "2027-10-22T17:00:00+02:00", handles: "hNIGHT1" },
  ];
  return {
    door: DOOR,
    version: 1,
    full: true,
    entries,
    gone: [],
    arrivals: [],
    cursor: 5,
    elsewhere,
    inside: 0,
    came: 0,
    now: "",
    ...more,
  };
}

/** @param {{store?: object, list?: object|null, api?: object, practising?: () => boolean}} [options] */
export async function aPhone({
  store = memoryStore(),
  list = listAnswer(),
  api = {},
  practising = () => false,
  paired = true,
} = {}) {
  const seen = { shown: [], pokes: 0, states: [], later: [], errors: [], results: [] };
  let truth = NOON;
  let nonces = 0;
  const clock = createClock({ raw: () => truth, steady: () => truth - NOON });
  const book = createBook({ store, clock, seals });
  if (paired && !(await store.device()).token) await store.setDevice({ token: "token", device: DEVICE, door: DOOR });
  await book.load();
  if (list && !book.list()) await book.takeList(list, []);
  const door = createDoor({
    book,
    clock,
    seals,
    practising,
    newNonce: () => `n${(nonces += 1)}-${(truth - NOON) / 1000}`,
    onVerdict: (shown) => seen.shown.push(shown),
    onRecord: () => (seen.pokes += 1),
  });
  const sync = createSync({
    api,
    book,
    clock,
    later: (run, ms) => seen.later.push({ run, ms }) - 1,
    cancel: (n) => (seen.later[n].run = () => {}),
    chance: () => 0.5,
    onState: (state) => seen.states.push(state),
    onResults: (results) => seen.results.push(...results),
    onError: (error) => seen.errors.push(error),
    app: "test",
  });
  return {
    store,
    book,
    door,
    sync,
    clock,
    seen,
    wait: (ms) => (truth += ms),
    /** Time goes on to what is due next, and that is done. */
    async next() {
      const { run, ms } = seen.later.at(-1);
      truth += ms;
      await run();
    },
    records: async () =>
      (await store.records()).map(({ act, handle, headcount, let_in, shown }) => [
        act,
        handle,
        headcount,
        let_in,
        shown,
      ]),
  };
}
