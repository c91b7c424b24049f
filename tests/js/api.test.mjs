import assert from "node:assert/strict";
import test from "node:test";
import { Trouble, createApi } from "../../static/door/api.js";

const NOW = "2027-03-24T08:00:00Z";
const SCANNED = { results: [], now: NOW, inside: 3 };

function anApi(response, token = "token") {
  const seen = { measured: [], asked: [] };
  let ticks = 0;
  const clock = { begin: () => (ticks += 10), end: (...measure) => seen.measured.push(measure) };
  const ask = async (address, options) => {
    seen.asked.push({ address, ...options });
    return typeof response === "function" ? response() : response;
  };
  return { api: createApi({ token: () => token, clock, ask }), seen };
}

const json = (body, status, headers) => Response.json(body, { status, headers });

for (const [what, response, expected] of [
  [
    "a café's sign-in page",
    new Response("<html>", { headers: { "Content-Type": "text/html" } }),
    { kind: "network", status: 200 },
  ],
  [
    "a café's sign-in page with its own status",
    new Response("<html>", { status: 511 }),
    { kind: "network", status: 511 },
  ],
  ["a café that forbids", new Response("<html>", { status: 403 }), { kind: "network", status: 403 }],
  ["JSON of another kind", json({ hello: 1 }), { kind: "network", status: 200 }],
  ["JSON that is a list", json([1]), { kind: "network", status: 200 }],
  ["results that are none", json({ ...SCANNED, results: "x" }), { kind: "network", status: 200 }],
  ["a server in trouble", new Response("", { status: 500 }), { kind: "network", status: 500 }],
  ["a server in trouble that says so in JSON", json({ code: "oops" }, 503), { kind: "network", status: 503 }],
  ["revoked", json({ code: "revoked" }, 401), { kind: "revoked", code: "revoked" }],
  ["expired", json({ code: "expired" }, 401), { kind: "expired" }],
  ["unknown", json({ code: "unknown" }, 401), { kind: "unknown" }],
  ["somebody else's 401", json({ code: "sign in to the wifi" }, 401), { kind: "network", status: 401 }],
  ["an empty 401", new Response("", { status: 401 }), { kind: "network", status: 401 }],
  ["refused", json({ code: "pairing_used" }, 409), { kind: "refused", status: 409, code: "pairing_used" }],
  ["not understood", json({ detail: [] }, 422), { kind: "refused", status: 422, code: "" }],
  ["too large for a proxy", new Response("<html>", { status: 413 }), { kind: "refused", status: 413 }],
  ["too many", json({}, 429, { "Retry-After": "7" }), { kind: "too_many", retryAfter: 7000 }],
  ["too many, for an unknown time", new Response("", { status: 429 }), { kind: "too_many", retryAfter: 1000 }],
]) {
  test(`trouble: ${what}`, async () => {
    const { api, seen } = anApi(response);
    await assert.rejects(api.scans([]), (error) => {
      assert.ok(error instanceof Trouble);
      for (const [name, value] of Object.entries(expected)) assert.equal(error[name], value, name);
      assert.equal(error.ends, ["revoked", "expired", "unknown"].includes(error.kind));
      return true;
    });
    assert.ok(seen.measured.length <= 1);
  });
}

test("trouble: no network, a redirect, a time out", async () => {
  const { api } = anApi(() => Promise.reject(new TypeError("Failed to fetch")));
  await assert.rejects(api.status({}), { kind: "network", status: null });
});

test("a request carries the token and no cookies, follows no redirect, and is not kept", async () => {
  const { api, seen } = anApi(() => json(SCANNED));
  await api.scans([{ nonce: "n1" }]);
  const [{ address, method, headers, body, redirect, credentials, cache }] = seen.asked;
  assert.deepEqual(
    [address, method, headers.Authorization, body],
    ["/api/door/scans", "POST", "Bearer token", '{"scans":[{"nonce":"n1"}]}'],
  );
  assert.deepEqual([redirect, credentials, cache], ["error", "omit", "no-store"]);
});

test("every answer measures the clock, from sending until its head came", async () => {
  const { api, seen } = anApi(() => json(SCANNED));
  assert.deepEqual(await api.scans([]), SCANNED);
  assert.deepEqual(seen.measured, [[10, NOW, 20]]);
});

test("each address of the contract", async () => {
  const found = { handle: "h" };
  const everything = {
    device: {},
    door: {},
    version: 1,
    entries: [],
    arrivals: [],
    cursor: 1,
    found,
    names: [],
    name: "",
    qr: {},
    match: "none",
    now: NOW,
  };
  const { api, seen } = anApi(() => json(everything), null);
  await api.pair("secret", "new");
  await api.status({ queue: 1 });
  await api.list(17, 5);
  assert.deepEqual(await api.search("åsa ö"), found);
  await api.names();
  assert.deepEqual(await api.block("h", "lost"), found);
  assert.deepEqual(await api.unblock("h", "found"), found);
  await api.badge("h");
  await api.kiosk("Åsa", "");
  assert.deepEqual(
    seen.asked.map(({ address, method, body }) => [method, address, body && JSON.parse(body)]),
    [
      ["POST", "/api/door/pair", { secret: "secret", token: "new" }],
      ["POST", "/api/door/status", { queue: 1 }],
      ["GET", "/api/door/list?since=17&cursor=5", undefined],
      ["GET", "/api/door/search?q=%C3%A5sa%20%C3%B6", undefined],
      ["GET", "/api/door/names", undefined],
      ["POST", "/api/door/block", { handle: "h", reason: "lost" }],
      ["POST", "/api/door/unblock", { handle: "h", reason: "found" }],
      ["GET", "/api/door/badge/h", undefined],
      ["POST", "/api/door/kiosk", { name: "Åsa", company: "" }],
    ],
  );
  assert.ok(seen.asked.every(({ headers }) => !("Authorization" in headers)));
});
