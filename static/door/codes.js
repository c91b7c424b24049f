/** What a camera reads and a person types. Pure. The same rules as registrations/tickets/codes.py. */

export const LENGTH = 16;
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const FORGIVEN = { O: "0", I: "1", L: "1" };

/**
 * The code in a bare code or in the address that our QR holds; small letters, dashes, spaces, O, I and L are forgiven.
 * @param {string} text
 * @returns {string|null}
 */
export function readCode(text) {
  const code = symbolsOf(text);
  return code.length === LENGTH && [...code].every((symbol) => ALPHABET.includes(symbol)) ? code : null;
}

/**
 * How many symbols somebody has typed so far, dashes and spaces aside.
 * @param {string} text
 * @returns {number}
 */
export function typedLength(text) {
  return symbolsOf(text).length;
}

function symbolsOf(text) {
  const last = text.trim().replace(/\/+$/, "").split("/").pop();
  return last
    .toUpperCase()
    .replace(/[-\s]/g, "")
    .replace(/[OIL]/g, (symbol) => FORGIVEN[symbol]);
}

/**
 * Lets a code through once while it stays in view, and again when it has been away for `gap` milliseconds.
 * @param {number} gap
 * @returns {{isNew: (text: string, now: number) => boolean}}
 */
export function createSight(gap) {
  /** @type {Map<string, number>} when each code was last seen */
  const seen = new Map();
  return {
    isNew(text, now) {
      for (const [code, at] of seen) {
        if (now - at > gap) seen.delete(code);
      }
      const key = readCode(text) ?? text;
      const isNew = !seen.has(key);
      seen.set(key, now);
      return isNew;
    },
  };
}

const PRACTICE = "PRACT1CE";

/**
 * The code, if it is one of the practice tickets' (practice.js): the odds that a real one begins so are 1 in 10^12.
 * @param {string|null} code @returns {string|null}
 */
export function practiceOf(code) {
  return code?.startsWith(PRACTICE) ? code : null;
}
