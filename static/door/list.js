/**
 * The phone's list of tickets: which there are, what each says under its seal, and who has come. Pure.
 *
 * In memory a list is a few Maps that `applyList` changes in place: a hundred thousand tickets are not copied for each
 * delta. In the store it is a base in large parts, and small deltas after it that are merged when there are many.
 *
 * @typedef {import("./standing.js").Arrival} Arrival
 * @typedef {import("./verdict.js").Door} Door
 * @typedef {{title: string, title_en: string, starts_at: string, handles: string}} Elsewhere
 * @typedef {{
 *   door: Door, version: number, full: boolean, entries: string[], gone: string[], arrivals: [string, number, number,
 *   number|null, number|null][],
 *   cursor: number, elsewhere?: Elsewhere[], inside: number, came: number, now: string,
 * }} ListAnswer
 * @typedef {{
 *   door: Door, version: number, cursor: number, inside: number, came: number, at: number, seals: Map<string, string>,
 *   arrivals: Map<string, Arrival>, elsewhere: Elsewhere[], touched: Set<string>, arrived: Set<string>, deltas: number,
 *   base?: string,
 * }} List `at`: true time of the answer; `touched` and `arrived`: handles that changed since `base` was stored, in
 *   `deltas` parts
 * @typedef {{clear: boolean, put: [string, any][], remove: string[], meta: object}} Change what the store must write
 */

const HANDLE = 12;
const PREFIX = 7;
const PART = 10_000;
const MANY_DELTAS = 50;
const FEW_CHANGES = 2000;

/**
 * @param {List|null} list used up: take the one that is returned
 * @param {ListAnswer} answer @param {number} at true time, milliseconds
 * @returns {List}
 */
export function applyList(list, answer, at) {
  if (!list && !answer.full) throw new Error("a delta without a list");
  const next = answer.full ? emptyList(answer.elsewhere ?? []) : list;
  for (const entry of answer.entries) next.seals.set(entry.slice(0, HANDLE), entry.slice(HANDLE));
  for (const handle of answer.gone) next.seals.delete(handle);
  for (const [handle, inside, came, first, gate] of answer.arrivals) {
    next.arrivals.set(handle, { inside, came, at: first, gate });
  }
  if (!answer.full) {
    for (const entry of answer.entries) next.touched.add(entry.slice(0, HANDLE));
    for (const handle of answer.gone) next.touched.add(handle);
    for (const [handle] of answer.arrivals) next.arrived.add(handle);
  }
  const { door, version, cursor, inside, came } = answer;
  return Object.assign(next, { door, version, cursor, inside, came, at });
}

/** The other event whose ticket it seems to be. @param {List} list @param {string} handle @returns {Elsewhere|null} */
export function elsewhereOf(list, handle) {
  const prefix = handle.slice(0, PREFIX);
  return list.elsewhere.find(({ handles }) => holds(handles, prefix)) ?? null;
}

function holds(handles, prefix) {
  for (let at = handles.indexOf(prefix); at >= 0; at = handles.indexOf(prefix, at + 1)) {
    if (at % PREFIX === 0) return true;
  }
  return false;
}

/**
 * What to write after `applyList(…, answer)`: the delta alone, or all of it when it is new or has changed much.
 * @param {List} list @param {ListAnswer} answer @returns {Change}
 */
export function changeFor(list, answer) {
  const changes = list.touched.size + list.arrived.size;
  if (answer.full || changes > Math.max(FEW_CHANGES, list.seals.size / 4)) return wholeOf(list);
  const meta = metaOf(list);
  const { entries, gone, arrivals } = answer;
  if (!entries.length && !gone.length && !arrivals.length) return { clear: false, put: [], remove: [], meta };
  if (list.deltas < MANY_DELTAS) {
    const part = { entries: entries.join("\n"), gone, arrivals };
    return { clear: false, put: [[deltaKey(list.deltas++), part]], remove: [], meta };
  }
  const remove = Array.from({ length: list.deltas }, (_, n) => deltaKey(n));
  list.deltas = 1;
  return { clear: false, put: [[deltaKey(0), mergedDelta(list)]], remove, meta };
}

/** The whole list as parts, after which it has no deltas. @param {List} list @returns {Change} */
export function wholeOf(list) {
  list.touched.clear();
  list.arrived.clear();
  list.deltas = 0;
  list.base = `${list.version} ${list.cursor} ${list.at}`;
  const entries = [...list.seals].map(([handle, seal]) => handle + seal);
  const put = [
    ["base", list.base],
    ...inParts(entries).map((part, n) => [`entries-${padded(n)}`, part.join("\n")]),
    ...inParts([...list.arrivals].map(rowOf)).map((part, n) => [`arrivals-${padded(n)}`, part]),
    ["elsewhere", list.elsewhere],
  ];
  return { clear: true, put, remove: [], meta: metaOf(list) };
}

/**
 * The list that the store kept.
 * @param {object} meta @param {[string, any][]} parts
 * @returns {List|null} `null` when the base is not the one that the deltas belong to: the site's data was cleared in
 *   between
 */
export function listFrom(meta, parts) {
  if (new Map(parts).get("base") !== meta.base) return null;
  const list = Object.assign(emptyList([]), meta);
  const byKey = [...parts].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [key, part] of byKey) {
    if (key === "elsewhere") list.elsewhere = part;
    else if (key.startsWith("entries-")) setEntries(list, part);
    else if (key.startsWith("arrivals-")) setArrivals(list, part);
  }
  for (const [key, part] of byKey) {
    if (!key.startsWith("delta-")) continue;
    setEntries(list, part.entries, list.touched);
    for (const handle of part.gone) {
      list.seals.delete(handle);
      list.touched.add(handle);
    }
    setArrivals(list, part.arrivals, list.arrived);
    list.deltas += 1;
  }
  return list;
}

function emptyList(elsewhere) {
  const sets = { touched: new Set(), arrived: new Set() };
  return { seals: new Map(), arrivals: new Map(), elsewhere, deltas: 0, ...sets };
}

function metaOf({ door, version, cursor, inside, came, at, base }) {
  return { door, version, cursor, inside, came, at, base };
}

function mergedDelta(list) {
  const there = [...list.touched].filter((handle) => list.seals.has(handle));
  const gone = [...list.touched].filter((handle) => !list.seals.has(handle));
  const arrivals = [...list.arrived].map((handle) => rowOf([handle, list.arrivals.get(handle)]));
  return { entries: there.map((handle) => handle + list.seals.get(handle)).join("\n"), gone, arrivals };
}

function setEntries(list, lines, seen = null) {
  if (!lines) return;
  for (const line of lines.split("\n")) {
    const handle = line.slice(0, HANDLE);
    list.seals.set(handle, line.slice(HANDLE));
    seen?.add(handle);
  }
}

function setArrivals(list, rows, seen = null) {
  for (const [handle, inside, came, at, gate] of rows) {
    list.arrivals.set(handle, { inside, came, at, gate });
    seen?.add(handle);
  }
}

const rowOf = ([handle, { inside, came, at, gate }]) => [handle, inside, came, at, gate];
const padded = (n) => String(n).padStart(5, "0");
const deltaKey = (n) => `delta-${padded(n)}`;

function inParts(rows) {
  return Array.from({ length: Math.ceil(rows.length / PART) }, (_, n) => rows.slice(n * PART, (n + 1) * PART));
}
