import assert from "node:assert/strict";
import test from "node:test";
import { exportQueue, fileOf, fromPieces, piecesOf } from "../../static/door/export.js";
import { recordOf } from "../../static/door/records.js";
import { toBase64url } from "../../static/door/seal.js";

const records = Array.from({ length: 40 }, (_, n) =>
  recordOf({ nonce: `n${n}`, act: "enter", handle: "abcdefghijkl", event: "fair" }),
);

async function anExport() {
  const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
  const box = toBase64url(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
  return exportQueue(records, { box, event: { slug: "fair" } }, { name: "Åsas telefon / röd" });
}

test("an export names the event and the phone; the rest is in a box", async () => {
  const exported = await anExport();
  assert.deepEqual(
    [exported.format, exported.event, exported.device],
    ["torget.door-export/1", "fair", "Åsas telefon / röd"],
  );
  assert.ok(!JSON.stringify(exported).includes("abcdefghijkl"));
  assert.deepEqual(fileOf(exported), { name: "torget-fair.json", text: JSON.stringify(exported) });
});

test("it goes into pieces that a phone's screen can show, and comes together in any order", async () => {
  const exported = await anExport();
  const pieces = piecesOf(exported, { id: "abcd" });
  assert.ok(pieces.length > 5);
  pieces.forEach((piece, n) => {
    assert.ok(piece.length <= 720);
    assert.ok(piece.startsWith(`TORGETX/abcd/${n + 1}/${pieces.length}/`));
    assert.equal(piece.split("/").length, 5);
    assert.match(piece, /^[\x21-\x7e]+$/);
  });
  assert.deepEqual(fromPieces([...pieces].reverse()), exported);
  assert.deepEqual(fromPieces([...pieces, pieces[2], "https://example.com/"]), exported);
});

test("a missing piece is missed, and pieces of two exports are not mixed", async () => {
  const exported = await anExport();
  const pieces = piecesOf(exported, { id: "abcd" });
  assert.equal(fromPieces(pieces.slice(1)), null);
  assert.equal(fromPieces([...pieces.slice(1), piecesOf(exported, { id: "efgh" })[0]]), null);
  assert.equal(fromPieces([]), null);
});
