import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import {
  boxFor,
  fromBase64url,
  handleOf,
  newDeviceKey,
  openSeal,
  openWithPin,
  sealWithPin,
  toBase64url,
} from "../../static/door/seal.js";

const VECTORS = JSON.parse(readFileSync(new URL("../door/seals.json", import.meta.url)));

for (const { code, plaintext, seal, handle } of VECTORS) {
  test(`the code ${code} leads to its handle and opens its seal`, async () => {
    const [kind, state, name, company, pupils = 1, wave = null] = JSON.parse(plaintext);
    assert.equal(await handleOf(code), handle);
    assert.deepEqual(await openSeal(code, seal), { kind, state, name, company, pupils, wave });
  });
}

test("another code, a changed seal and what is none open nothing", async () => {
  const [{ code, seal }, { code: other }] = VECTORS;
  const changed = seal.slice(0, -3) + (seal.at(-3) === "A" ? "B" : "A") + seal.slice(-2);
  assert.deepEqual(
    await Promise.all([openSeal(other, seal), openSeal(code, changed), openSeal(code, ""), openSeal(code, "å!")]),
    [null, null, null, null],
  );
});

test("base64url of any bytes and back, without padding", () => {
  for (let length = 0; length < 70; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, n) => (n * 97 + length) % 256);
    const text = toBase64url(bytes);
    assert.match(text, /^[\w-]*$/);
    assert.deepEqual(fromBase64url(text), bytes);
  }
  assert.equal(toBase64url(new Uint8Array(200_000)).length, 266_667);
});

/** What the server does with a box, by docs/door.md. */
async function opened(box, privateKey) {
  const bytes = fromBase64url(box);
  const [point, iv, closed] = [bytes.subarray(0, 65), bytes.subarray(65, 77), bytes.subarray(77)];
  const theirs = await crypto.subtle.importKey("raw", point, { name: "ECDH", namedCurve: "P-256" }, false, []);
  const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, privateKey, 256);
  const long = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const info = new TextEncoder().encode("torget:door:box");
  const bits = await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: point, info }, long, 256);
  const key = await crypto.subtle.importKey("raw", bits, "AES-GCM", false, ["decrypt"]);
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, closed)));
}

test("a box is opened by the event's private key, and no two are alike", async () => {
  const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
  const boxKey = toBase64url(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
  const [one, other] = await Promise.all([boxFor(boxKey, { text: "Åsa 😀" }), boxFor(boxKey, { text: "Åsa 😀" })]);
  assert.deepEqual(await opened(one, pair.privateKey), { text: "Åsa 😀" });
  assert.notEqual(one, other);
});

test("names open with the PIN on this device alone", async () => {
  const [device, another] = await Promise.all([newDeviceKey(), newDeviceKey()]);
  const names = [{ handle: "h", name: "Åsa" }];
  const sealed = await sealWithPin("1234", names, device);
  assert.deepEqual(await openWithPin("1234", sealed, device), names);
  assert.equal(await openWithPin("1235", sealed, device), null);
  assert.equal(await openWithPin("1234", sealed, another), null);
  assert.equal(device.extractable, false);
});
