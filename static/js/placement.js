/**
 * On a floor plan: drag a company to a stand, or press it and then the stand. The next page shows what the move does, and
 * nothing is kept before that. Without it the lists above the plan do the same.
 */

/** @type {SVGGElement | null} */
let picked = null;

/** @param {Event} event */
function standAt(event) {
  const found = /** @type {Element} */ (event.target).closest("[data-floor] [data-stand]");
  return /** @type {SVGGElement | null} */ (found);
}

/** @param {SVGGElement | null} stand */
function pick(stand) {
  picked?.classList.remove("is-picked");
  picked = stand;
  picked?.classList.add("is-picked");
}

/** @param {SVGGElement} target */
function move(target) {
  const floor = /** @type {HTMLElement} */ (target.closest("[data-floor]"));
  const query = new URLSearchParams({ exhibitor: picked?.dataset.exhibitor ?? "", stand: target.dataset.stand ?? "" });
  pick(null);
  location.assign(`${floor.dataset.floor}?${query}`);
}

document.addEventListener("pointerdown", (event) => {
  const stand = standAt(event);
  if (!stand) return;
  if (picked && picked !== stand) {
    move(stand);
    return;
  }
  if (picked === stand) {
    pick(null);
    return;
  }
  if (!stand.dataset.exhibitor) return;
  // A finger that drags scrolls the plan; it picks by a press alone.
  if (event.pointerType === "mouse") event.preventDefault();
  pick(stand);
});

document.addEventListener("pointerup", (event) => {
  const stand = standAt(event);
  if (event.pointerType === "mouse" && picked && stand && stand !== picked) move(stand);
});

document.addEventListener("pointercancel", () => pick(null));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") pick(null);
});
for (const hint of document.querySelectorAll("[data-floor-hint]")) hint.removeAttribute("hidden");
