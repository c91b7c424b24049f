/**
 * What is known of a ticket on this phone: the list's arrival, plus the phone's own records that the list cannot have
 * seen yet. Pure. Each correction and undoing carries what counted before it, so that the sum needs no history.
 * A record that was set aside goes on counting, though the server may have it after all: rather ask twice than let in
 * twice.
 *
 * @typedef {import("./records.js").DoorRecord} DoorRecord
 * @typedef {{inside: number, came: number, at: number|null, gate: number|null}} Arrival when and at which gate first
 *   let in
 * @typedef {import("./verdict.js").Seen} Seen
 */

/** How many more (or fewer) are in after the record. @param {DoorRecord} record @returns {number} */
export function deltaOf(record) {
  if (record.act === "enter" || record.act === "walk_in") return record.let_in ? record.headcount : 0;
  if (record.act === "leave") return -record.headcount;
  const sign = record.of === "leave" ? -1 : 1;
  return record.act === "correct" ? sign * (record.headcount - record.was) : -sign * record.was;
}

/**
 * @param {Arrival|null|undefined} arrival @param {DoorRecord[]} own @param {{onePerson?: boolean}} [who]
 * @returns {Seen} as the server will find it when it has the same records
 */
export function seenOf(arrival, own, { onePerson = false } = {}) {
  let { inside, came } = arrival ?? { inside: 0, came: 0 };
  for (const record of inOrder(own)) {
    const delta = deltaOf(record);
    inside = Math.max(0, inside + delta);
    // Whoever came in by mistake has not come.
    const takesBack = delta < 0 && record.act !== "leave" && record.of !== "leave";
    came = Math.max(inside, takesBack ? came + delta : came, 0);
  }
  return { inside, came: onePerson ? Math.min(came, 1) : came };
}

/**
 * When and where the ticket was first let in.
 * @param {Arrival|null|undefined} arrival @param {DoorRecord[]} own
 * @returns {{at: number, gate: number|null}|null}
 */
export function earlierOf(arrival, own) {
  const undone = new Set(own.filter((record) => record.act === "undo").map((record) => record.ref));
  const first = inOrder(own).find(
    (record) => record.act === "enter" && deltaOf(record) > 0 && !undone.has(record.nonce),
  );
  const listed = arrival?.came && arrival.at ? { at: arrival.at, gate: arrival.gate } : null;
  if (!first) return listed;
  return listed && listed.at <= first.at ? listed : { at: first.at, gate: first.gate };
}

/** @param {DoorRecord[]} records @returns {DoorRecord[]} by true time, then nonce, as standing.py */
function inOrder(records) {
  return [...records].sort((a, b) => a.at - b.at || (a.nonce < b.nonce ? -1 : 1));
}
