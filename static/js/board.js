/**
 * What the live board needs beside htmx: quiet when the net is slow, honest about old numbers, and not talkative.
 * @module
 */

const OLD_MS = 30_000;
const SAY_MS = 60_000;

const board = /** @type {HTMLElement | null} */ (document.querySelector("[data-board]"));
if (board) watch(board);

/** @param {HTMLElement} board */
function watch(board) {
  const old = /** @type {HTMLElement | null} */ (document.querySelector("[data-board-old]"));
  const from = document.querySelector("[data-board-from]");
  const said = document.querySelector("[data-board-said]");
  let freshAt = Date.now();
  let saidAt = Date.now();
  let lastSaid = headline(board);

  const look = () => {
    const isOld = Date.now() - freshAt > OLD_MS;
    board.toggleAttribute("data-old", isOld);
    if (from && isOld) from.textContent = board.querySelector("[data-board-updated]")?.textContent ?? "";
    if (old) old.hidden = !isOld;
  };

  // Only numbers take the place of numbers: a page to sign in with, or whatever a café's net answers, is no board.
  board.addEventListener("htmx:beforeSwap", (event) => {
    const detail = /** @type {CustomEvent} */ (event).detail;
    if (!String(detail.xhr.responseText).includes("data-board-updated")) detail.shouldSwap = false;
  });
  board.addEventListener("htmx:afterSwap", () => {
    freshAt = Date.now();
    look();
    const now = headline(board);
    if (said && now !== lastSaid && freshAt - saidAt >= SAY_MS) {
      said.textContent = lastSaid = now;
      saidAt = freshAt;
    }
  });
  // A request that failed is no news: the next one is seconds away, and the age of the numbers says the rest.
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout", "htmx:swapError"]) {
    board.addEventListener(name, (event) => event.stopPropagation());
  }
  window.setInterval(look, 1000);
}

/**
 * @param {HTMLElement} board
 * @returns {string}
 */
function headline(board) {
  return (board.querySelector("[data-board-headline]")?.textContent ?? "").replace(/\s+/g, " ").trim();
}
