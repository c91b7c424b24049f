/**
 * Reads QR codes in pictures; the same in a worker and on the page.
 *
 * What is not read at once is looked at again in clearer versions of the picture's middle, as long as patience lasts.
 * Which versions, and with which numbers: those that together read most of other frames than the bench's
 * (tests/door/frames.py with another seed).
 */

import { prepareZXingModule, readBarcodes } from "../vendor/zxing/reader/index.js";
import { enlarged, evened, middleOf, sharpened, smoothed } from "./sharper.js";

// Micro QR and its like are none of ours, and their weaker check would let a wrong text through sooner.
const OPTIONS = { formats: ["QRCodeModel2"], maxNumberOfSymbols: 1, tryHarder: true, tryRotate: true, tryInvert: true };

// People aim; the share of the shorter side that a square in the middle takes.
const MIDDLE = 0.65;

// For grain and little contrast; for what is out of focus; for what is small.
const CLEARER = [
  (middle) => enlarged(sharpened(smoothed(middle, 1), { reach: 9, gain: 4 }), 1),
  (middle) => enlarged(evened(middle, { reach: 4, gain: 40 }), 1),
  (middle) => enlarged(sharpened(middle, { reach: 2, gain: 2 }), 2),
];

// In milliseconds: a slow phone looks at the next frame rather than on and on at this one.
const PATIENCE = 60;

let turn = 0;

/** @param {string} address where the reader's .wasm lies */
export async function prepare(address) {
  await prepareZXingModule({ overrides: { locateFile: () => address }, fireImmediately: true });
}

/**
 * No other version is begun when `patience` milliseconds are over; the next picture then goes on with it.
 * @param {ImageData} picture @returns {Promise<string|null>} the text of the code, if there is one
 */
export async function read(picture, patience = PATIENCE) {
  const start = performance.now();
  let text = await textIn(picture);
  for (let tries = 0; !text && tries < CLEARER.length && performance.now() - start < patience; tries++) {
    text = await textIn(CLEARER[turn](middleOf(picture, MIDDLE)));
    // The version that has just read something is the first for the next picture: it will be much like this one.
    if (!text) turn = (turn + 1) % CLEARER.length;
  }
  return text;
}

async function textIn(picture) {
  const [found] = await readBarcodes(picture, OPTIONS);
  return found?.isValid ? found.text : null;
}
