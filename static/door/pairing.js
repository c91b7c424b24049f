/** How a phone becomes a device: its own token, kept before anybody hears of it. */

import { Trouble } from "./api.js";
import { randomText } from "./seal.js";

const TOKEN_BYTES = 32;

/** The secret in the address that the desk's QR holds. @param {string} hash `location.hash` @returns {string|null} */
export function secretOf(hash) {
  return /^#p=([\w-]+)$/.exec(hash)?.[1] ?? null;
}

/**
 * Pair with the desk's secret. When the answer is lost, the same again gives the same answer.
 * @param {{api: Pick<import("./api.js").Api, "pair">, book: import("./book.js").Book, store:
 *   import("./store.js").Store, secret: string}} parts
 * @returns {Promise<import("./store.js").Device>} throws Trouble; `refused` with the codes of docs/door.md
 */
export async function pair({ api, book, store, secret }) {
  const { pairing } = await store.device();
  const token = pairing?.secret === secret ? pairing.token : randomText(TOKEN_BYTES);
  await store.setDevice({ pairing: { secret, token } });
  try {
    const { device, door } = await api.pair(secret, token);
    await book.setDevice({ token, device, door, pairing: null });
    return device;
  } catch (error) {
    if (error instanceof Trouble && error.kind === "refused") await store.setDevice({ pairing: null });
    throw error;
  }
}
