/** Reads QR codes in pictures; the same in a worker and on the page. */

import { prepareZXingModule, readBarcodes } from "../vendor/zxing/reader/index.js";

const OPTIONS = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: true, tryRotate: true, tryInvert: true };

/** @param {string} address where the reader's .wasm lies */
export async function prepare(address) {
  await prepareZXingModule({ overrides: { locateFile: () => address }, fireImmediately: true });
}

/** @param {ImageData} picture @returns {Promise<string|null>} the text of the code, if there is one */
export async function read(picture) {
  const [found] = await readBarcodes(picture, OPTIONS);
  return found?.isValid ? found.text : null;
}
