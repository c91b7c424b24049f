/**
 * What could not be sent, taken to the desk by hand: as a file, or piece by piece as QR codes. Only the server opens
 * it.
 *
 * @typedef {{format: "torget.door-export/1", event: string, device: string, box: string}} Export
 */

import { wireOf } from "./records.js";
import { boxFor, randomText } from "./seal.js";

export const FORMAT = "torget.door-export/1";
const PIECE = 700;
const MARK = "TORGETX";

/**
 * @param {import("./records.js").DoorRecord[]} records @param {import("./verdict.js").Door} door
 * @param {{name?: string}|null} device
 * @returns {Promise<Export>}
 */
export async function exportQueue(records, door, device) {
  const box = await boxFor(door.box, { records: records.map(wireOf) });
  return { format: FORMAT, event: door.event.slug, device: device?.name ?? "", box };
}

/** As a file to be saved or shared. @param {Export} exported @returns {{name: string, text: string}} */
export function fileOf(exported) {
  return { name: `torget-${exported.event}.json`, text: JSON.stringify(exported) };
}

/**
 * The texts of as many QR codes as it takes; they may be read in any order.
 * @param {Export} exported @param {{id?: string, size?: number}} [how] `id` tells this export's pieces from another's
 * @returns {string[]} `TORGETX/<id>/<number from 1>/<how many>/<piece>`
 */
export function piecesOf(exported, { id = randomText(3), size = PIECE } = {}) {
  // Percent signs: the pieces hold no slash, and no letter can be cut in two.
  const text = encodeURIComponent(JSON.stringify(exported));
  const count = Math.max(1, Math.ceil(text.length / size));
  return Array.from({ length: count }, (_, n) =>
    [MARK, id, n + 1, count, text.slice(n * size, (n + 1) * size)].join("/"),
  );
}

/**
 * The export that pieces make, read in any order and any number of times.
 * @param {string[]} pieces @returns {Export|null} `null` while one is missing, or they are of several exports
 */
export function fromPieces(pieces) {
  const read = pieces.map((piece) => piece.split("/")).filter(([mark]) => mark === MARK);
  const counts = new Set(read.map(([, id, , count]) => `${id}/${count}`));
  if (counts.size !== 1) return null;
  const chunks = new Map(read.map(([, , n, , chunk]) => [Number(n), chunk]));
  const count = Number(read[0][3]);
  const all = Array.from({ length: count }, (_, n) => chunks.get(n + 1));
  return all.includes(undefined) ? null : JSON.parse(decodeURIComponent(all.join("")));
}
