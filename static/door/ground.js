/**
 * The ground on which a scan is judged and kept: the phone's book, or practice (practice.js). And what is known of
 * whom.
 *
 * @typedef {import("./records.js").DoorRecord} DoorRecord
 * @typedef {import("./seal.js").Entry} Entry
 * @typedef {{
 *   entry: Entry|null, seen: import("./verdict.js").Seen, earlier: {at: number, gate: string}|null,
 *   elsewhere: {title: string, title_en: string, starts_at: string}|null, wave: {name: string, at: number}|null,
 *   opensAt: number|null, closesAt: number|null, event: {title: string, title_en: string}|null, gates: string[],
 * }} Facts what the words are made of; `gates` are those that take this kind
 * @typedef {{
 *   practice: boolean, ready: () => boolean,
 *   entryOf: (code: string) => Promise<{handle: string, entry: Entry|null}>,
 *   elsewhere: (handle: string) => Facts["elsewhere"],
 *   rules: (handle: string|null) => import("./verdict.js").Rules,
 *   arrival: (handle: string) => import("./standing.js").Arrival|null|undefined,
 *   own: (handle: string) => DoorRecord[],
 *   inside: () => number,
 *   add: (record: DoorRecord) => Promise<void>,
 * }} Ground where a scan is judged and kept: the book, or practice
 */

import { elsewhereOf } from "./list.js";
import { earlierOf, seenOf } from "./standing.js";

/**
 * @param {import("./book.js").Book} book @param {Pick<typeof import("./seal.js"), "handleOf"|"openSeal">} seals
 * @returns {Ground}
 */
export function realGround(book, seals) {
  return {
    practice: false,
    ready: () => Boolean(book.list() && book.rules()),
    async entryOf(code) {
      const handle = await seals.handleOf(code);
      const seal = book.list()?.seals.get(handle);
      return { handle, entry: seal ? await seals.openSeal(code, seal) : null };
    },
    elsewhere: (handle) => elsewhereOf(book.list(), handle),
    rules: () => book.rules(),
    arrival: (handle) => book.list().arrivals.get(handle),
    own: book.own,
    inside: book.inside,
    add: book.add,
  };
}

/**
 * What the words need to know.
 * @param {Ground} place @param {import("./verdict.js").Door|null} door @param {string|null} handle
 * @param {Entry|null} entry @param {Facts["elsewhere"]} elsewhere
 * @returns {Facts}
 */
export function factsOf(place, door, handle, entry, elsewhere) {
  const rules = place.ready() ? place.rules(handle) : null;
  const arrival = handle && place.ready() ? place.arrival(handle) : null;
  const own = handle ? place.own(handle) : [];
  const first = earlierOf(arrival, own);
  const gateName = (id) => door?.gates.find((gate) => gate.id === id)?.name ?? "";
  const wave = door?.waves.find(({ id }) => entry?.wave != null && id === entry.wave);
  const taking = (door?.gates ?? []).filter(({ kinds }) => !kinds.length || kinds.includes(entry?.kind));
  return {
    entry,
    seen: seenOf(arrival, own, { onePerson: entry?.kind !== "c" }),
    earlier: first ? { at: first.at, gate: gateName(first.gate) } : null,
    elsewhere,
    wave: wave ? { name: wave.name, at: Date.parse(wave.starts_at) } : null,
    opensAt: rules?.opensAt ?? null,
    closesAt: rules?.closesAt ?? null,
    event: door ? { title: door.event.title, title_en: door.event.title_en } : null,
    gates: taking.map(({ name }) => name),
  };
}

/** The rules go with the device; what it still has to say about its own scans does not. */
export function limitOf(place, handle) {
  return place.rules(handle)?.fireLimit ?? null;
}

/** How many heads need no reason: as many as the class is for, or as are inside on the way out. */
export function mostOf(record, entry, facts, heads) {
  if (!entry) return heads;
  if (record.act === "leave") return facts.seen.inside;
  return Math.max(heads, entry.pupils - facts.seen.inside, 0);
}
