/**
 * A world for the simulation: virtual time, a server, a network that flaps, and phones that are killed and started again.
 * Everything follows from one seed.
 */

import { Trouble } from "../../../static/door/api.js";
import { createBook } from "../../../static/door/book.js";
import { createClock } from "../../../static/door/clock.js";
import { createDoor } from "../../../static/door/door.js";
import { createStore } from "../../../static/door/store.js";
import { createSync } from "../../../static/door/sync.js";
import { memoryTables } from "../../../static/door/tables.js";

export const START = Date.parse("2027-03-24T08:00:00+01:00");
export const HOUR = 3_600_000;

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Virtual time: what is due runs in order, and each thing to its end before the next. */
export function createTime() {
  const due = [];
  let now = 0;
  let count = 0;
  const before = (a, b) => a.at - b.at || a.n - b.n;
  return {
    now: () => now,
    later(run, ms) {
      const item = { at: now + Math.max(0, ms), n: (count += 1), run };
      // A heap would be quicker; the list is short.
      let low = 0;
      let high = due.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (before(due[middle], item) < 0) low = middle + 1;
        else high = middle;
      }
      due.splice(low, 0, item);
      return item;
    },
    cancel(item) {
      const at = due.indexOf(item);
      if (at >= 0) due.splice(at, 1);
    },
    async runUntil(end) {
      while (due.length && due[0].at <= end) {
        const item = due.shift();
        now = item.at;
        item.run();
        await new Promise(setImmediate);
      }
      now = end;
    },
  };
}

/** Codes are their own handles here: WebCrypto has a time of its own. */
export const seals = {
  handleOf: async (code) => code.slice(0, 12),
  openSeal: async (_, seal) => JSON.parse(seal),
  boxFor: async (_, object) => JSON.stringify(object),
};

const DOOR = {
  event: {
    slug: "fair",
    title: "Mässan",
    title_en: "The fair",
    starts_at: "2027-03-24T09:00:00+01:00",
    ends_at: "2027-03-24T16:00:00+01:00",
  },
  opens_at: "2027-03-24T07:00:00+01:00",
  closes_at: "2027-03-24T17:00:00+01:00",
  early_minutes: 20,
  late_minutes: 30,
  reentry: false,
  fire_limit: 5000,
  box: "box",
  gates: [
    { id: 1, name: "Norra", kinds: [] },
    { id: 2, name: "Södra", kinds: [] },
  ],
  waves: [],
  cancelled: false,
};

/** A server by docs/door.md. `dedupes: false` is a server that is broken. */
export function createServer(time, { codes, dedupes = true }) {
  const iso = () => new Date(START + time.now()).toISOString();
  /** @type {Map<string, object>} by nonce */
  const stored = new Map();
  const storedAt = new Map();
  const received = [];
  const byHandle = new Map();
  const presences = new Map();
  const changed = new Map();
  let inside = 0;
  let came = 0;
  const entries = codes.map(({ code, entry }) => code.slice(0, 12) + JSON.stringify(entry));
  const kinds = new Map(codes.map(({ code, entry }) => [code.slice(0, 12), entry]));

  function write(record) {
    received.push(record);
    if (dedupes && stored.has(record.nonce)) return;
    stored.set(record.nonce, { ...record, at: Date.parse(record.device_at) + (record.clock_offset_ms ?? 0) });
    storedAt.set(record.nonce, START + time.now());
    const handle = record.handle;
    if (!kinds.has(handle)) return;
    if (!byHandle.has(handle)) byHandle.set(handle, []);
    byHandle.get(handle).push(stored.get(record.nonce));
    const before = presences.get(handle) ?? { inside: 0, came: 0 };
    const after = standingOf(byHandle.get(handle), kinds.get(handle).kind !== "c");
    presences.set(handle, after);
    changed.set(handle, START + time.now());
    inside += after.inside - before.inside;
    came += after.came - before.came;
  }

  return {
    stored,
    storedAt,
    received,
    presences,
    scans(scans) {
      scans.forEach(write);
      return {
        results: scans.map(({ nonce }) => ({ nonce, outcome: "admitted", conflict: false })),
        inside,
        now: iso(),
      };
    },
    status: () => ({
      device: {
        name: "A phone",
        role: "door",
        gate: { id: 1, name: "Norra" },
        ends_at: "2027-03-25T00:00:00Z",
        event: "fair",
      },
      version: 1,
      inside,
      came,
      now: iso(),
    }),
    list(since, cursor) {
      const full = since !== 1;
      const arrivals = [...presences]
        .filter(([handle]) => full || changed.get(handle) >= cursor - 5000)
        .map(([handle, one]) => [handle, one.inside, one.came, one.first, 1]);
      const common = {
        door: DOOR,
        version: 1,
        full,
        gone: [],
        arrivals,
        cursor: START + time.now(),
        inside,
        came,
        now: iso(),
      };
      return { ...common, entries: full ? entries : [], ...(full ? { elsewhere: [] } : {}) };
    },
  };
}

/** As standing.py: all of a ticket's records, by true time. */
export function standingOf(records, onePerson) {
  const told = [...records].sort((a, b) => a.at - b.at || (a.nonce < b.nonce ? -1 : 1));
  const undone = new Set(told.filter(({ act }) => act === "undo").map(({ ref }) => ref));
  const heads = new Map(
    told
      .filter(({ act, nonce }) => act === "correct" && !undone.has(nonce))
      .map(({ ref, headcount }) => [ref, headcount]),
  );
  let [inside, came, first] = [0, 0, null];
  for (const record of told) {
    const leaves = record.act === "leave";
    if (undone.has(record.nonce) || !["enter", "leave", "walk_in"].includes(record.act) || (!leaves && !record.let_in))
      continue;
    const count = heads.get(record.nonce) ?? record.headcount;
    inside = leaves ? Math.max(0, inside - count) : inside + count;
    came = Math.max(came, inside);
    if (first === null && !leaves && count) first = record.at;
  }
  return { inside, came: onePerson ? Math.min(came, 1) : came, first };
}

/**
 * A network between a phone and the server. What it does to a request: lost on the way there, answered with a 500 or with
 * a café's sign-in page (for the phone a Trouble), lost on the way back after the server has done it, or delivered late.
 */
export function createLine(time, random, server, { perfect = () => false } = {}) {
  let up = true;
  let quality = 0.9;
  const flap = () => {
    up = random() < 0.65;
    quality = 0.3 + random() * 0.7;
    time.later(flap, 20_000 + random() * 400_000);
  };
  time.later(flap, random() * 300_000);

  return (alive, work) =>
    new Promise((resolve, reject) => {
      const good = perfect();
      const [there, back] = [random() * 400, random() * 400];
      const fails = () => alive() && reject(new Trouble("network"));
      if (!good && !up) return time.later(fails, 100 + random() * 8000);
      if (!good && random() > quality) return time.later(fails, 8000);
      time.later(() => {
        const fate = good ? 1 : random();
        if (fate < 0.05) return time.later(() => alive() && reject(new Trouble("network", { status: 500 })), back);
        const answer = structuredClone(work(server));
        // Done, and nobody hears of it.
        if (fate < 0.15) return time.later(fails, 8000);
        time.later(() => alive() && resolve(answer), back);
        // The same request once more, from a proxy that was in doubt.
        if (fate < 0.2) time.later(() => work(server), back + random() * 60_000);
      }, there);
    });
}

/** Tables whose writing takes time; a phone that is killed meanwhile has written it or has not. */
function slowTables(time, random, tables, alive, { lies = false } = {}) {
  return {
    ...tables,
    write: (ops, options) =>
      new Promise((resolve) => {
        const write = () => tables.write(ops, options);
        if (lies) resolve();
        time.later(
          async () => {
            if (!alive() && (lies || random() < 0.5)) return;
            await write();
            if (alive()) resolve();
          },
          1 + random() * 30,
        );
      }),
  };
}

/** A phone: its store outlives its page; its clock is wrong and may be set in the middle. */
export function createPhone(name, { time, random, server, codes, broken = {}, perfect, onShown }) {
  const tables = memoryTables();
  const line = createLine(time, random, server, { perfect });
  let skew = (random() - 0.5) * 6 * HOUR;
  let page = 0;
  let nonces = 0;
  let current = null;
  let uncertain = false;
  const raw = () => Math.round(START + time.now() + skew);

  async function start() {
    const mine = (page += 1);
    const alive = () => mine === page;
    const store = createStore(slowTables(time, random, tables, alive, { lies: broken.lies }));
    const born = time.now();
    const row = (await tables.get("device", "device")) ?? {};
    if (!alive()) return;
    const clock = createClock({ raw, steady: () => time.now() - born, stored: row.clock ?? null });
    uncertain = true;
    const book = createBook({ store, clock, seals });
    if (broken.keeps)
      book.takeList = (
        (take) => (answer) =>
          take(answer, [])
      )(book.takeList);
    const ask = async (work) => {
      const sent = clock.begin();
      const answer = await line(alive, work);
      clock.end(sent, answer.now);
      uncertain = false;
      return answer;
    };
    const api = {
      scans: (scans) => {
        const sent = structuredClone(scans);
        const answer = ask((to) => to.scans(sent));
        return broken.drops ? answer.catch(() => ({ results: sent })) : answer;
      },
      status: () => ask((to) => to.status()),
      list: (since, cursor) => ask((to) => to.list(since, cursor)),
    };
    const sync = createSync({
      api,
      book,
      clock,
      later: (run, ms) => time.later(() => alive() && run(), ms),
      cancel: time.cancel,
      chance: random,
      onError: (error) => {
        throw error;
      },
      pollEvery: 45_000,
      listEvery: 60_000,
    });
    const door = createDoor({
      book,
      clock,
      seals,
      newNonce: () => `${name}-${String((nonces += 1)).padStart(5, "0")}`,
      onVerdict(shown) {
        if (!alive()) return;
        // Records that the list holds and the book adds to it once more. Of those set aside nobody knows.
        const unsent = book.unsent().filter((record) => !record.set_aside);
        const own = [...book.confirmed(), ...unsent.map(({ nonce }) => nonce)];
        const doubled = own.filter((nonce) => server.storedAt.get(nonce) < book.list()?.cursor);
        onShown({ ...shown, doubled, trueAt: START + time.now(), certain: !uncertain }, name);
      },
      onRecord: () => sync.poke(),
    });
    if (!row.token) await store.setDevice({ token: `token-${name}`, device: server.status().device, door: DOOR });
    await book.load();
    if (!alive()) return;
    current = { door, book, sync, clock };
    sync.start();
  }

  async function act() {
    const phone = current;
    if (!phone) return;
    const { code } = codes[Math.floor(random() * codes.length)];
    const what = random();
    const shown = await phone.door.take(what < 0.03 ? "no code at all" : code, {
      direction: random() < 0.15 ? "out" : "in",
    });
    if (what > 0.7 && what < 0.72) phone.door.take(code);
    if (shown.can.correct && what > 0.8)
      await phone.door.correct(shown.nonce, Math.max(0, shown.heads - Math.floor(random() * 5)));
    if (shown.can.undo && what > 0.9) await phone.door.undo(shown.nonce);
    if (shown.can.overrule && what > 0.5)
      await phone.door.overrule(shown.nonce, "They are three more", 1 + Math.floor(random() * 3));
  }

  return {
    name,
    tables,
    start,
    act,
    current: () => current,
    kill() {
      page += 1;
      current?.sync.stop();
      current = null;
    },
    setClock: () => void (skew = (random() - 0.5) * 6 * HOUR),
  };
}
