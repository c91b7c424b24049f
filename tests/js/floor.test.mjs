import assert from "node:assert/strict";
import { test } from "node:test";

import { next, snapped } from "../../static/js/floor.js";

// A row of three, and one below the first.
const ROW = [[0, 0, 300, 300], [300, 0, 300, 300], [600, 0, 300, 300], [0, 600, 300, 300]];

test("arrows walk a row to its end and stop there", () => {
  assert.equal(next(ROW, 0, "ArrowRight"), 1);
  assert.equal(next(ROW, 1, "ArrowRight"), 2);
  assert.equal(next(ROW, 2, "ArrowRight"), -1);
  assert.equal(next(ROW, 2, "ArrowLeft"), 1);
});

test("down goes to the row below, up comes back", () => {
  assert.equal(next(ROW, 0, "ArrowDown"), 3);
  assert.equal(next(ROW, 3, "ArrowUp"), 0);
  assert.equal(next(ROW, 0, "ArrowUp"), -1);
});

test("lengths snap to the nearest ten centimetres", () => {
  assert.deepEqual([304, 305, -4, -6].map(snapped), [300, 310, 0, -10]);
});
