/**
 * A phone in a process of its own against a real server: paired, its clock three hours wrong, its first answer lost.
 * Run by tests/registrations/checkin/test_phone_and_server.py with one JSON argument; prints what it came to.
 */

import { createApi } from "../../../static/door/api.js";
import { createBook } from "../../../static/door/book.js";
import { createClock } from "../../../static/door/clock.js";
import { createDoor } from "../../../static/door/door.js";
import { exportQueue } from "../../../static/door/export.js";
import { pair } from "../../../static/door/pairing.js";
import { newNonce } from "../../../static/door/records.js";
import * as seals from "../../../static/door/seal.js";
import { memoryStore } from "../../../static/door/store.js";
import { createSync } from "../../../static/door/sync.js";

const THREE_HOURS = 3 * 3_600_000;
const { base, secret, visitor, other, cancelled } = JSON.parse(process.argv[2]);

let lost = 0;
let reachable = true;
async function ask(address, options) {
  if (!reachable) throw new TypeError("Failed to fetch");
  const response = await fetch(address, options);
  // The server has written, and nobody hears of it.
  if (address.endsWith("/scans") && (lost += 1) === 1) throw new TypeError("Failed to fetch");
  return response;
}

const store = memoryStore();
const clock = createClock({ raw: () => Date.now() + THREE_HOURS, steady: () => performance.now() });
const book = createBook({ store, clock, seals });
const api = createApi({ base, token: () => book.token(), clock, ask });
const sync = createSync({ api, book, clock, later: () => 0, cancel: () => {}, chance: Math.random, app: "test" });
const shown = [];
const door = createDoor({ book, clock, seals, newNonce, onVerdict: ({ verdict }) => shown.push(verdict.outcome) });

await book.load();
await pair({ api, book, store, secret });
await sync.start();
const { name } = (await door.take(visitor)).entry;
await door.take(visitor);
await door.take(cancelled);
await door.take("hello, world");
const mistake = await door.take(other);
await door.undo(mistake.nonce);
await door.walkIn({ name: "Cilla Berg", company: "Café", email: "cilla@example.com", language: "sv" });
const insideBefore = book.inside();
reachable = false;
await sync.retry();
const exported = await exportQueue(book.unsent(), book.door(), book.device());
reachable = true;
await sync.retry();
await sync.retry();
const { queue, setAside, inside, trouble } = sync.state();
const kept = (await store.records()).length;
console.log(JSON.stringify({ name, shown, insideBefore, inside, queue, setAside, trouble, kept, lost, exported }));
process.exit(0);
