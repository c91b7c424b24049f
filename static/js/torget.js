/**
 * What every page does beyond HTML; all of it works without this file too.
 * @module
 */

/** Menus close with Escape and with a click elsewhere. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(/** @type {Node} */ (event.target))) menu.removeAttribute("open");
  }
});

/** The room that one is in stays in view where the rooms are a strip. */
document.querySelector("[data-rooms] [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

/** An error summary that htmx swapped in takes the focus, as one that came with the page does. */
document.addEventListener("htmx:afterSettle", (event) => {
  const target = /** @type {Element} */ (event.target);
  const summary = target.matches("[data-focus]") ? target : target.querySelector("[data-focus]");
  if (summary instanceof HTMLElement) summary.focus();
});

/** A request that failed says so, where messages stand; what asks by itself again and again (data-quiet) does not. */
function sayTrouble(/** @type {Event} */ event) {
  if (/** @type {Element} */ (event.target).closest?.("[data-quiet]")) return;
  const text = /** @type {HTMLTemplateElement | null} */ (document.querySelector("#trouble"));
  const messages = document.querySelector("#messages");
  if (text && messages) messages.replaceChildren(text.content.cloneNode(true));
}
document.addEventListener("htmx:sendError", sayTrouble);
document.addEventListener("htmx:responseError", sayTrouble);
document.addEventListener("htmx:timeout", sayTrouble);

/** One press is one press: while a form is on its way, pressing again does nothing. */
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method !== "post" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  window.setTimeout(() => delete form.dataset.sent, 8000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
