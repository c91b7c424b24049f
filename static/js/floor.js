/**
 * Boxes on a floor, as hall.js walks and moves them. Pure. A box is [x, y, width, depth] in centimetres.
 * @module
 */

export const GRID_CM = 10;

/** @param {number} length @returns {number} on the nearest line of the grid */
export const snapped = (length) => Math.floor((length + GRID_CM / 2) / GRID_CM) * GRID_CM;

/**
 * The place of the box that an arrow key leads to from the one at ``from``; -1 where there is none on that side.
 * Nearest counts along the arrow, and twice over across it, so that a row is walked to its end.
 * @param {number[][]} boxes
 * @param {number} from
 * @param {string} key
 * @returns {number}
 */
export function next(boxes, from, key) {
  const [x, y] = middle(boxes[from]);
  let found = -1;
  let least = Infinity;
  boxes.forEach((box, place) => {
    if (place === from) return;
    const [a, b] = middle(box);
    const along = { ArrowRight: a - x, ArrowLeft: x - a, ArrowDown: b - y, ArrowUp: y - b }[key] ?? 0;
    if (along <= 0) return;
    const across = Math.abs(key === "ArrowRight" || key === "ArrowLeft" ? b - y : a - x);
    const far = along + 2 * across;
    if (far < least) [found, least] = [place, far];
  });
  return found;
}

/** @param {number[]} box */
const middle = ([x, y, width, depth]) => [x + width / 2, y + depth / 2];
