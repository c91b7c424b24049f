import assert from "node:assert/strict";
import { test } from "node:test";

import { enlarged, evened, middleOf, sharpened, smoothed } from "../../static/door/sharper.js";

globalThis.ImageData ??= class {
  constructor(data, width, height) {
    Object.assign(this, { data, width, height });
  }
};

const grey = (rows) => ({ grey: Float32Array.from(rows.flat()), width: rows[0].length, height: rows.length });
const flat = (side, value) => grey(Array.from({ length: side }, () => Array(side).fill(value)));
/** Dark on the left, light on the right, ten to a side. */
const edge = (dark, light) => grey(Array.from({ length: 10 }, () => [...Array(5).fill(dark), ...Array(5).fill(light)]));

test("the middle is a square in grey", () => {
  const data = new Uint8ClampedArray(6 * 4 * 4);
  data.set([255, 0, 0, 255], (1 * 6 + 2) * 4);
  data.set([0, 255, 0, 255], (2 * 6 + 3) * 4);

  const middle = middleOf({ data, width: 6, height: 4 }, 0.5);

  assert.deepEqual([middle.width, middle.height], [2, 2]);
  assert.deepEqual([...middle.grey].map(Math.round), [76, 0, 0, 150]);
});

test("smoothing is a mean, and the edge counts on beyond itself", () => {
  const { grey: means } = smoothed(grey([[0, 0, 90], [0, 0, 90], [0, 0, 90]]), 1);

  assert.deepEqual([...means], [0, 30, 60, 0, 30, 60, 0, 30, 60]);
});

test("what is flat stays as it is, however it is sharpened", () => {
  assert.deepEqual(sharpened(flat(8, 77), { reach: 2, gain: 4 }).grey, flat(8, 77).grey);
  assert.deepEqual(evened(flat(8, 77), { reach: 2, gain: 40 }).grey, flat(8, 128).grey);
});

test("an edge gets steeper", () => {
  const { grey: steep } = sharpened(edge(100, 140), { reach: 2, gain: 2 });

  // The pixel before the edge: two of five around it are light, so its mean is 116.
  assert.equal(steep[4], 100 + 2 * (100 - 116));
  assert.equal(steep[5], 140 + 2 * (140 - 124));
});

test("a faint edge comes out nearly as strong as a clear one", () => {
  const [faint, clear] = [edge(100, 120), edge(20, 220)].map((one) => evened(one, { reach: 2, gain: 40 }).grey);

  assert.ok(faint[5] - faint[4] > 0.8 * (clear[5] - clear[4]));
});

test("enlarging keeps to what a byte holds", () => {
  const picture = enlarged(grey([[-40, 300], [-40, 300]]), 2);

  assert.deepEqual([picture.width, picture.height, picture.data.length], [4, 4, 64]);
  assert.deepEqual([...picture.data.slice(0, 4)], [0, 0, 0, 255]);
  assert.deepEqual([...picture.data.slice(12, 16)], [255, 255, 255, 255]);
});
