/**
 * Handles, seals and boxes (docs/door.md): what a code opens, and what only the server opens. WebCrypto.
 *
 * @typedef {{kind: "v"|"e"|"c", state: "ok"|"x"|"b", name: string, company: string, pupils: number, wave:
 *   number|null}} Entry
 *   `name` is a class's label and `company` its school; `pupils` is 1 for a person; `wave` the key of a class's wave.
 */

const HANDLE_BYTES = 9;
const IV_BYTES = 12;
const SHORT_IV_BYTES = 6;
const SHORT_TAG_BITS = 96;
const SALT_BYTES = 16;
const PIN_ROUNDS = 600_000;
const BOX_INFO = "torget:door:box";

const toBytes = (text) => new TextEncoder().encode(text);
const fromBytes = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
const { subtle } = globalThis.crypto;

/** @param {Uint8Array} bytes @returns {string} without padding */
export function toBase64url(bytes) {
  let text = "";
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** @param {string} text @returns {Uint8Array} */
export function fromBase64url(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (symbol) => symbol.charCodeAt(0));
}

/** A new token, nonce or id of so many random bytes. @param {number} bytes */
export function randomText(bytes) {
  return toBase64url(randomBytes(bytes));
}

/**
 * The 12 characters by which everybody but the ticket's holder knows a ticket.
 * @param {string} code
 * @returns {Promise<string>}
 */
export async function handleOf(code) {
  const digest = new Uint8Array(await subtle.digest("SHA-256", toBytes(`torget:handle:${code}`)));
  return toBase64url(digest.subarray(0, HANDLE_BYTES));
}

/**
 * What the list says of the ticket, opened with its own code.
 * @param {string} code @param {string} seal
 * @returns {Promise<Entry|null>} `null` when the code does not open it
 */
export async function openSeal(code, seal) {
  try {
    const bytes = fromBase64url(seal);
    const iv = new Uint8Array(IV_BYTES);
    iv.set(bytes.subarray(0, SHORT_IV_BYTES));
    const digest = await subtle.digest("SHA-256", toBytes(`torget:key:${code}`));
    const key = await subtle.importKey("raw", digest, "AES-GCM", false, ["decrypt"]);
    const how = { name: "AES-GCM", iv, tagLength: SHORT_TAG_BITS };
    return entryOf(JSON.parse(fromBytes(await subtle.decrypt(how, key, bytes.subarray(SHORT_IV_BYTES)))));
  } catch {
    return null;
  }
}

/** @param {[string, string, string, string, number?, number?]} row @returns {Entry} */
function entryOf([kind, state, name, company, pupils = 1, wave = null]) {
  return { kind, state, name, company, pupils, wave };
}

/**
 * A box that only the server opens.
 * @param {string} boxKey the event's public key (`door.box`) @param {object} object
 * @returns {Promise<string>}
 */
export async function boxFor(boxKey, object) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const theirs = await subtle.importKey("raw", fromBase64url(boxKey), curve, false, []);
  const ours = await subtle.generateKey(curve, false, ["deriveBits"]);
  const point = new Uint8Array(await subtle.exportKey("raw", ours.publicKey));
  const secret = await subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: point, info: toBytes(BOX_INFO) };
  const long = await subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const key = await subtle.deriveKey(hkdf, long, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  return toBase64url(joined(point, await encrypted(key, toBytes(JSON.stringify(object)))));
}

/** A key of this device that no script can read out; the store keeps it. @returns {Promise<CryptoKey>} */
export function newDeviceKey() {
  return subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/**
 * Locked twice: under the PIN, and under the device's own key, so that a copy of the file is no use to guess PINs on.
 * @param {string} pin @param {object} object @param {CryptoKey} deviceKey
 * @returns {Promise<Uint8Array>}
 */
export async function sealWithPin(pin, object, deviceKey) {
  const salt = randomBytes(SALT_BYTES);
  const inner = await encrypted(await pinKey(pin, salt), toBytes(JSON.stringify(object)));
  return encrypted(deviceKey, joined(salt, inner));
}

/**
 * @param {string} pin @param {Uint8Array} sealed @param {CryptoKey} deviceKey
 * @returns {Promise<any>} what was sealed; `null` when the PIN or the device is another
 */
export async function openWithPin(pin, sealed, deviceKey) {
  try {
    const outer = await decrypted(deviceKey, sealed);
    const key = await pinKey(pin, outer.subarray(0, SALT_BYTES));
    return JSON.parse(fromBytes(await decrypted(key, outer.subarray(SALT_BYTES))));
  } catch {
    return null;
  }
}

async function pinKey(pin, salt) {
  const long = await subtle.importKey("raw", toBytes(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: PIN_ROUNDS };
  return subtle.deriveKey(how, long, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function encrypted(key, bytes) {
  const iv = randomBytes(IV_BYTES);
  return joined(iv, new Uint8Array(await subtle.encrypt({ name: "AES-GCM", iv }, key, bytes)));
}

async function decrypted(key, bytes) {
  const how = { name: "AES-GCM", iv: bytes.subarray(0, IV_BYTES) };
  return new Uint8Array(await subtle.decrypt(how, key, bytes.subarray(IV_BYTES)));
}

function randomBytes(count) {
  return globalThis.crypto.getRandomValues(new Uint8Array(count));
}

function joined(one, other) {
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
}
