/**
 * Makes QR codes (ISO/IEC 18004) of plain ASCII text: byte mode, level L, for a screen that another camera reads. Pure.
 * Always mask 3, as the server's own: any mask reads well.
 */

/** Of level L, by version from 1: error correction codewords in a block, and blocks. */
const CHECKS = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8];
const BYTE_MODE = 0b0100;
const PADS = [0xec, 0x11];

/** What says how the code is made, with its own check bits: level L is 01, the mask's number follows. */
const FORMAT = (() => {
  const data = (0b01 << 3) | 3;
  let rest = data;
  for (let n = 0; n < 10; n++) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  return ((data << 10) | rest) ^ 0x5412;
})();

/** @param {string} text ASCII, at most 858 characters @returns {boolean[][]} rows, dark is true, without the white round it */
export function qrModules(text) {
  const bytes = new TextEncoder().encode(text);
  const version = CHECKS.findIndex((_, n) => dataBytes(n + 1) >= bytes.length + (n + 1 < 10 ? 2 : 3)) + 1;
  if (!version) throw new RangeError("too long for a QR code");
  const { grid, fixed } = frameOf(version);
  const bits = bitsOf(interleaved(dataOf(bytes, version), version));
  drawData(grid, fixed, bits);
  drawFormat(grid);
  return grid;
}

const sideOf = (version) => version * 4 + 17;

/** All codewords of a version, data and checks. */
function codewords(version) {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const marks = Math.floor(version / 7) + 2;
    modules -= (25 * marks - 10) * marks - 55;
    if (version >= 7) modules -= 36;
  }
  return Math.floor(modules / 8);
}

const dataBytes = (version) => codewords(version) - CHECKS[version - 1] * BLOCKS[version - 1];

function dataOf(bytes, version) {
  const bits = [];
  const put = (value, length) => {
    for (let n = length - 1; n >= 0; n--) bits.push((value >> n) & 1);
  };
  put(BYTE_MODE, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) put(byte, 8);
  const room = dataBytes(version) * 8;
  put(0, Math.min(4, room - bits.length));
  while (bits.length % 8) bits.push(0);
  const data = [];
  for (let at = 0; at < bits.length; at += 8)
    data.push(bits.slice(at, at + 8).reduce((value, bit) => value * 2 + bit, 0));
  for (let n = 0; data.length < room / 8; n++) data.push(PADS[n % 2]);
  return data;
}

/** The data in blocks, each with its checks, one codeword of each block in turn. */
function interleaved(data, version) {
  const [count, checks] = [BLOCKS[version - 1], CHECKS[version - 1]];
  const short = Math.floor(data.length / count);
  const longer = data.length % count;
  const divisor = divisorOf(checks);
  let at = 0;
  const blocks = Array.from({ length: count }, (_, n) => {
    const block = data.slice(at, (at += short + (n >= count - longer ? 1 : 0)));
    return { block, check: remainder(block, divisor) };
  });
  const all = [];
  for (let n = 0; n <= short; n++) for (const { block } of blocks) if (n < block.length) all.push(block[n]);
  for (let n = 0; n < checks; n++) for (const { check } of blocks) all.push(check[n]);
  return all;
}

/** Product in GF(2^8) with the polynomial 0x11D. */
function times(a, b) {
  let product = 0;
  for (let n = 7; n >= 0; n--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> n) & 1) * a;
  }
  return product;
}

function divisorOf(degree) {
  const divisor = Array(degree).fill(0);
  divisor[degree - 1] = 1;
  let root = 1;
  for (let n = 0; n < degree; n++) {
    for (let k = 0; k < degree; k++) divisor[k] = times(divisor[k], root) ^ (divisor[k + 1] ?? 0);
    root = times(root, 2);
  }
  return divisor;
}

function remainder(data, divisor) {
  const rest = Array(divisor.length).fill(0);
  for (const byte of data) {
    const factor = byte ^ rest.shift();
    rest.push(0);
    divisor.forEach((value, n) => (rest[n] ^= times(value, factor)));
  }
  return rest;
}

const bitsOf = (bytes) => bytes.flatMap((byte) => Array.from({ length: 8 }, (_, n) => (byte >> (7 - n)) & 1));

/** What every code of this version has: the eyes, the marks, the lines; and where they are. */
function frameOf(version) {
  const side = sideOf(version);
  const grid = Array.from({ length: side }, () => Array(side).fill(false));
  const fixed = Array.from({ length: side }, () => Array(side).fill(false));
  const set = (x, y, dark) => {
    if (x < 0 || y < 0 || x >= side || y >= side) return;
    grid[y][x] = dark;
    fixed[y][x] = true;
  };
  for (let n = 0; n < side; n++) {
    set(6, n, n % 2 === 0);
    set(n, 6, n % 2 === 0);
  }
  for (const [x, y] of [[3, 3], [side - 4, 3], [3, side - 4]]) drawRings(set, x, y, 4, [2, 4]); // prettier-ignore
  const marks = marksOf(version);
  marks.forEach((x, column) =>
    marks.forEach((y, row) => {
      const last = marks.length - 1;
      const isEye = (column === 0 && (row === 0 || row === last)) || (column === last && row === 0);
      if (!isEye) drawRings(set, x, y, 2, [1]);
    }),
  );
  if (version >= 7) drawVersion(set, version, side);
  for (let n = 0; n < 9; n++) {
    fixed[8][n] = fixed[n][8] = true;
    if (n < 8) fixed[8][side - 1 - n] = fixed[side - 1 - n][8] = true;
  }
  return { grid, fixed };
}

function drawRings(set, x, y, reach, light) {
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) set(x + dx, y + dy, !light.includes(Math.max(Math.abs(dx), Math.abs(dy))));
  }
}

function marksOf(version) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const places = Array.from({ length: count - 1 }, (_, n) => sideOf(version) - 7 - n * step);
  return [6, ...places.reverse()];
}

function drawVersion(set, version, side) {
  let rest = version;
  for (let n = 0; n < 12; n++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let n = 0; n < 18; n++) {
    const [far, near] = [side - 11 + (n % 3), Math.floor(n / 3)];
    set(far, near, Boolean((bits >> n) & 1));
    set(near, far, Boolean((bits >> n) & 1));
  }
}

/** Upwards and downwards in pairs of columns from the right; every third diagonal is turned over (mask 3). */
function drawData(grid, fixed, bits) {
  const side = grid.length;
  let at = 0;
  for (let right = side - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const upwards = ((right + 1) & 2) === 0;
    for (let n = 0; n < side; n++) {
      const y = upwards ? side - 1 - n : n;
      for (const x of [right, right - 1]) {
        if (fixed[y][x]) continue;
        grid[y][x] = Boolean(bits[at++] ?? 0) !== ((x + y) % 3 === 0);
      }
    }
  }
}

function drawFormat(grid) {
  const side = grid.length;
  const bit = (n) => Boolean((FORMAT >> n) & 1);
  for (let n = 0; n < 6; n++) grid[n][8] = bit(n);
  grid[7][8] = bit(6);
  grid[8][8] = bit(7);
  grid[8][7] = bit(8);
  for (let n = 9; n < 15; n++) grid[8][14 - n] = bit(n);
  for (let n = 0; n < 8; n++) grid[8][side - 1 - n] = bit(n);
  for (let n = 8; n < 15; n++) grid[side - 15 + n][8] = bit(n);
  grid[side - 8][8] = true;
}
