/**
 * Pictures made clearer than the lens did, for a second look at what was not read. Pure.
 *
 * @typedef {{grey: Float32Array, width: number, height: number}} Grey  one number a pixel, 0 to 255
 */

// Red, green and blue take a byte each below it, on every machine that browsers run on.
const OPAQUE = 0xff000000 | 0;

/** The square in the middle, `share` of the shorter side wide: where people aim. @param {ImageData} picture @returns {Grey} */
export function middleOf({ data, width, height }, share) {
  const side = Math.round(Math.min(width, height) * share);
  const left = (width - side) >> 1;
  const top = (height - side) >> 1;
  const grey = new Float32Array(side * side);
  for (let y = 0, to = 0; y < side; y++) {
    for (let x = 0, from = ((top + y) * width + left) * 4; x < side; x++, from += 4) {
      grey[to++] = 0.299 * data[from] + 0.587 * data[from + 1] + 0.114 * data[from + 2];
    }
  }
  return { grey, width: side, height: side };
}

/**
 * Edges steeper, slow changes of light flatter: each pixel's distance from the mean around it, times `gain`, is added to it.
 * @param {Grey} picture @param {{reach: number, gain: number}} how `reach` in pixels to each side
 * @returns {Grey}
 */
export function sharpened(picture, { reach, gain }) {
  const { grey, width, height } = picture;
  const around = smoothed(picture, reach).grey;
  // Loops throughout, no functions for each pixel: those took five times as long.
  for (let at = 0; at < grey.length; at++) around[at] = grey[at] + gain * (grey[at] - around[at]);
  return { grey: around, width, height };
}

/**
 * The same contrast everywhere: each pixel's distance from the mean around it, measured by what such distances are thereabouts.
 * @param {Grey} picture @param {{reach: number, gain: number}} how
 * @returns {Grey}
 */
export function evened(picture, { reach, gain }) {
  const { grey, width, height } = picture;
  const off = smoothed(picture, reach).grey;
  const squares = new Float32Array(grey.length);
  for (let at = 0; at < grey.length; at++) {
    off[at] = grey[at] - off[at];
    squares[at] = off[at] * off[at];
  }
  const usual = smoothed({ grey: squares, width, height }, reach * 2).grey;
  for (let at = 0; at < grey.length; at++) off[at] = 128 + (gain * off[at]) / (Math.sqrt(Math.max(0, usual[at])) + 1);
  return { grey: off, width, height };
}

/** Every pixel the mean of the square that reaches so far to each side. @param {Grey} picture @param {number} reach @returns {Grey} */
export function smoothed({ grey, width, height }, reach) {
  return { grey: summedDown(summedAlong(grey, width, height, reach), width, height, reach), width, height };
}

/** @param {Grey} picture @param {number} factor 1 or more @returns {ImageData} between pixels in straight lines */
export function enlarged({ grey, width, height }, factor) {
  const wide = Math.round(width * factor);
  const high = Math.round(height * factor);
  const pixels = new Uint32Array(wide * high);
  const columns = new Int32Array(wide);
  const shares = new Float32Array(wide);
  for (let x = 0; x < wide; x++) {
    const from = Math.min(width - 1.001, Math.max(0, (x + 0.5) / factor - 0.5));
    columns[x] = from;
    shares[x] = from - columns[x];
  }
  const row = new Float32Array(width);
  for (let y = 0, to = 0; y < high; y++) {
    const from = Math.min(height - 1.001, Math.max(0, (y + 0.5) / factor - 0.5));
    const upper = Math.trunc(from) * width;
    const share = from - Math.trunc(from);
    for (let x = 0; x < width; x++) row[x] = grey[upper + x] + share * (grey[upper + width + x] - grey[upper + x]);
    for (let x = 0; x < wide; x++) {
      const left = row[columns[x]];
      const value = left + shares[x] * (row[columns[x] + 1] - left);
      pixels[to++] = OPAQUE | ((value < 0 ? 0 : value > 255 ? 255 : value | 0) * 0x010101);
    }
  }
  return new ImageData(new Uint8ClampedArray(pixels.buffer), wide, high);
}

/** Means along the rows, by a sum that takes one in and leaves one out; the edge counts on beyond itself. */
function summedAlong(grey, width, height, reach) {
  const means = new Float32Array(grey.length);
  const count = 2 * reach + 1;
  for (let y = 0; y < height; y++) {
    const first = y * width;
    const last = first + width - 1;
    let sum = grey[first] * (reach + 1);
    for (let x = 1; x <= reach; x++) sum += grey[Math.min(last, first + x)];
    for (let at = first; at <= last; at++) {
      means[at] = sum / count;
      sum += grey[Math.min(last, at + reach + 1)] - grey[Math.max(first, at - reach)];
    }
  }
  return means;
}

/** Means down the columns, all columns of a row at once: memory likes that better. */
function summedDown(grey, width, height, reach) {
  const means = new Float32Array(grey.length);
  const count = 2 * reach + 1;
  const sums = new Float32Array(width);
  const rowAt = (y) => Math.min(height - 1, Math.max(0, y)) * width;
  for (let y = -reach; y <= reach; y++) {
    for (let x = 0, at = rowAt(y); x < width; x++) sums[x] += grey[at + x];
  }
  for (let y = 0; y < height; y++) {
    const here = y * width;
    const comes = rowAt(y + reach + 1);
    const goes = rowAt(y - reach);
    for (let x = 0; x < width; x++) {
      means[here + x] = sums[x] / count;
      sums[x] += grey[comes + x] - grey[goes + x];
    }
  }
  return means;
}
