import assert from "node:assert/strict";
import test from "node:test";
import { createSight, readCode, typedLength } from "../../static/door/codes.js";

// The same texts as in tests/registrations/tickets/test_codes.py.
const FORGIVEN = [
  "0123456789ABCDEF",
  " 0123-4567-89ab-cdef ",
  "O123 4567 89AB CDEF",
  "oI23456789abcdef",
  "0l23456789abcdef",
  "HTTPS://TORGET.SE/T/0123456789ABCDEF",
  "http://localhost:8000/t/0123456789abcdef/",
];
const NO_CODES = ["", "0123", "0123456789ABCDEFG", "U123456789ABCDEF", "åäö", "https://example.com/", "////"];

for (const text of FORGIVEN) {
  test(`what people type is forgiven: ${text}`, () => assert.equal(readCode(text), "0123456789ABCDEF"));
}

for (const text of NO_CODES) {
  test(`no code: ${text}`, () => assert.equal(readCode(text), null));
}

test("typed length counts symbols only", () => {
  assert.equal(typedLength("0123-45 67"), 8);
  assert.equal(typedLength(""), 0);
});

test("a code that stays in view fires once", () => {
  const sight = createSight(1000);
  const times = [0, 300, 900, 1800, 2700];
  assert.deepEqual(
    times.map((now) => sight.isNew("0123456789ABCDEF", now)),
    [true, false, false, false, false],
  );
});

test("a code that was away fires again", () => {
  const sight = createSight(1000);
  assert.equal(sight.isNew("0123456789ABCDEF", 0), true);
  assert.equal(sight.isNew("0123456789ABCDEF", 1001), true);
});

test("two codes in view by turns fire once each", () => {
  const sight = createSight(1000);
  const [a, b] = ["0123456789ABCDEF", "FEDCBA9876543210"];
  assert.deepEqual(
    [a, b, a, b, a].map((text, turn) => sight.isNew(text, turn * 400)),
    [true, true, false, false, false],
  );
});

test("the same code as an address and typed is one", () => {
  const sight = createSight(1000);
  assert.equal(sight.isNew("HTTP://LOCALHOST/T/0123456789ABCDEF", 0), true);
  assert.equal(sight.isNew("0123-4567-89ab-cdef", 10), false);
});
