/** Ticking many rows: "all on this page", and the count beside the words on each button. Without it the form works as it is. */

/** @param {HTMLElement} bar */
function boxesOf(bar) {
  return /** @type {HTMLInputElement[]} */ ([...bar.closest("form").querySelectorAll('input[name="chosen"]')]);
}

/** @param {HTMLElement} bar */
function show(bar) {
  const boxes = boxesOf(bar);
  const ticked = boxes.filter((box) => box.checked).length;
  for (const slot of bar.querySelectorAll("[data-bulk-count]")) slot.textContent = `(${ticked})`;
  for (const button of bar.querySelectorAll("button")) button.disabled = ticked === 0;
  const all = /** @type {HTMLInputElement} */ (bar.querySelector("[data-bulk-all]"));
  all.checked = ticked > 0 && ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
}

function showAll() {
  for (const bar of document.querySelectorAll("[data-bulk]")) show(/** @type {HTMLElement} */ (bar));
}

document.addEventListener("change", (event) => {
  const box = /** @type {HTMLInputElement} */ (event.target);
  const bar = /** @type {HTMLElement | null} */ (box.closest("form")?.querySelector("[data-bulk]"));
  if (!bar) return;
  if (box.matches("[data-bulk-all]")) for (const other of boxesOf(bar)) other.checked = box.checked;
  show(bar);
});
document.addEventListener("htmx:afterSwap", showAll);
showAll();
