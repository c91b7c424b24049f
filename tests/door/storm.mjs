/**
 * Forty phones in a process of their own, scanning as fast as they can through bad weather: requests that never arrive,
 * answers that are lost after the server has written, requests that come twice, HTML instead of JSON, pages that are
 * killed in the middle. Run by tests/door/test_storm.py with one JSON argument, which names the file for every verdict that was shown.
 *
 * The weather is made here, on the phones' side; what happens to the server and its database, the test sees to.
 */

import { writeFileSync } from "node:fs";
import { createApi } from "../../static/door/api.js";
import { createBook } from "../../static/door/book.js";
import { createClock } from "../../static/door/clock.js";
import { createDoor } from "../../static/door/door.js";
import { newNonce } from "../../static/door/records.js";
import * as seals from "../../static/door/seal.js";
import { createStore } from "../../static/door/store.js";
import { createSync } from "../../static/door/sync.js";
import { memoryTables } from "../../static/door/tables.js";
import { randomOf } from "../js/help/world.mjs";

const { base, tokens, codes, gates, event, seconds, calmSeconds, seed, result } = JSON.parse(process.argv[2]);
const random = randomOf(seed);
let stormEnds = 0;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const storming = () => Date.now() < stormEnds;
const count = { asked: 0, unsent: 0, lost: 0, twice: 0, html: 0, kills: 0 };

/** One phone's way to the server. */
async function ask(address, options) {
  count.asked += 1;
  const luck = storming() ? random() : 1;
  if (luck < 0.08) {
    count.unsent += 1;
    throw new TypeError("Failed to fetch");
  }
  if (luck < 0.12) {
    count.html += 1;
    return new Response("<html>Sign in to the café's network</html>", { headers: { "Content-Type": "text/html" } });
  }
  const response = await fetch(address, options);
  if (luck < 0.2) {
    count.lost += 1;
    throw new TypeError("Failed to fetch");
  }
  if (luck < 0.25) {
    count.twice += 1;
    return fetch(address, { ...options, signal: AbortSignal.timeout(8000) });
  }
  return response;
}

const shown = [];

function createPhone(n) {
  const tables = memoryTables();
  // Up to three hours wrong, each in its own way.
  const wrong = Math.round((random() - 0.5) * 6 * 3_600_000);
  let parts = null;

  async function start() {
    const store = createStore(tables);
    const clock = createClock({ raw: () => Date.now() + wrong, steady: () => performance.now() });
    const book = createBook({ store, clock, seals });
    const api = createApi({ base, token: () => book.token(), clock, ask });
    const later = (run, ms) => setTimeout(run, ms);
    const sync = createSync({ api, book, clock, later, cancel: clearTimeout, chance: random, app: "storm" });
    const onVerdict = ({ nonce, verdict, handle }) => shown.push({ nonce, outcome: verdict.outcome, handle, phone: n });
    const door = createDoor({ book, clock, seals, newNonce, onVerdict, onRecord: () => sync.poke() });
    if (!(await store.device()).token) {
      const gate = { id: gates[n % gates.length], name: `Gate ${n % gates.length}` };
      const device = { name: `Phone ${n}`, role: "door", gate, ends_at: "2999-01-01T00:00:00Z", event: event[0] };
      await store.setDevice({ token: tokens[n], device });
    }
    await book.load();
    parts = { store, book, sync, door };
    sync.start();
  }

  return {
    start,
    parts: () => parts,
    async scan() {
      await parts.door.take(codes[Math.floor(random() * codes.length)]);
    },
    /** The page is gone; what was stored is not. */
    kill() {
      count.kills += 1;
      parts?.sync.stop();
      parts = null;
    },
  };
}

const phones = tokens.map((_, n) => createPhone(n));
// Paired at the desk, while the weather is fine.
await Promise.all(phones.map((phone) => phone.start()));
while (!phones.every((phone) => phone.parts().book.list())) await pause(100);
console.log("ready");
stormEnds = Date.now() + seconds * 1000;
await Promise.all(
  phones.map(async (phone) => {
    while (storming()) {
      await pause(100 + random() * 300);
      const scan = phone.scan();
      if (random() < 0.02) {
        phone.kill();
        await pause(random() * 500);
        await scan.catch(() => {});
        await phone.start();
      } else {
        await scan;
      }
    }
  }),
);

const calmEnds = Date.now() + calmSeconds * 1000;
while (Date.now() < calmEnds) {
  await Promise.all(phones.map((phone) => phone.parts().sync.retry()));
  const states = phones.map((phone) => phone.parts().sync.state());
  if (states.every(({ queue, setAside, online }) => !queue && !setAside && online)) break;
  await pause(500);
}
// One more look at the list, so that everybody knows all of it.
await pause(2500);
await Promise.all(phones.map((phone) => phone.parts().sync.retry()));
await pause(500);
const know = phones.map((phone) => {
  const { book, sync } = phone.parts();
  return { inside: book.inside(), queue: sync.state().queue + sync.state().setAside };
});
writeFileSync(result, JSON.stringify({ shown, know, count }));
process.exit(0);
