/**
 * What a school's booking does beyond HTML: steppers, wishes in the order of tapping, a counter under a text, and a form
 * that is sent only when what it saves by itself has arrived. All of it works without this file too.
 * @module
 */

// --- Steppers -------------------------------------------------------------------------------------------------------

for (const count of document.querySelectorAll(".count")) {
  const input = /** @type {HTMLInputElement} */ (count.querySelector("input"));
  const label = input.labels?.[0]?.textContent?.trim() ?? "";
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (count.querySelectorAll("[data-step]"))) {
    button.hidden = false;
    button.ariaLabel = `${label}: ${button.ariaLabel}`;
    button.addEventListener("click", () => {
      const now = Number.parseInt(input.value, 10) || 0;
      const least = Number(input.getAttribute("min") ?? 0);
      const most = Number(input.getAttribute("max") ?? 999);
      const next = Math.min(most, Math.max(least, now + Number(button.dataset.step)));
      if (String(next) === input.value) return;
      input.value = String(next);
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}

// --- Wishes ---------------------------------------------------------------------------------------------------------

/**
 * Show the order of the wishes on the buttons.
 * @param {Element} part
 * @param {string[]} order
 */
function showOrder(part, order) {
  const word = /** @type {HTMLElement} */ (part).dataset.word;
  for (const button of part.querySelectorAll("[data-wish]")) {
    const number = order.indexOf(/** @type {HTMLElement} */ (button).dataset.wish ?? "") + 1;
    button.ariaPressed = String(number > 0);
    const spoken = document.createElement("span");
    spoken.className = "visually-hidden";
    spoken.textContent = number ? `${word} ` : "";
    button.querySelector(".wish-number")?.replaceChildren(spoken, number ? String(number) : "");
  }
}

for (const part of document.querySelectorAll("[data-wishes] [data-part]")) {
  const field = /** @type {HTMLInputElement} */ (part.querySelector("input[type=hidden]"));
  part.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-wish]"));
    if (!button) return;
    event.preventDefault();
    const key = button.dataset.wish ?? "";
    const before = field.value.split(",").filter(Boolean);
    const order = before.includes(key) ? before.filter((one) => one !== key) : [...before, key];
    field.value = order.join(",");
    showOrder(part, order);
    const name = button.querySelector(".wish-name")?.firstChild?.textContent?.trim();
    const { word, gone } = /** @type {HTMLElement} */ (part).dataset;
    const said = part.querySelector("[data-said]");
    if (said) said.textContent = order.includes(key) ? `${name}: ${word} ${order.length}` : `${name} ${gone}`;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// --- A counter under a text -----------------------------------------------------------------------------------------

for (const text of /** @type {NodeListOf<HTMLTextAreaElement>} */ (document.querySelectorAll("[data-count-to]"))) {
  const most = Number(text.dataset.countTo);
  const counter = document.createElement("p");
  counter.className = "counter";
  const show = () => {
    counter.textContent = `${text.value.length} / ${most}`;
    counter.classList.toggle("counter-over", text.value.length > most);
  };
  text.after(counter);
  text.addEventListener("input", show);
  show();
}

// --- Send only what has been saved ----------------------------------------------------------------------------------

for (const saver of document.querySelectorAll("[data-saver]")) {
  const form = saver.closest("form");
  if (!form) continue;
  let leaving = false;
  // Once the form is on its way, what waits to be saved comes with it.
  saver.addEventListener("htmx:beforeRequest", (event) => {
    if (leaving) event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    if (saver.classList.contains("htmx-request")) {
      const by = /** @type {SubmitEvent} */ (event).submitter;
      event.preventDefault();
      saver.addEventListener("htmx:afterRequest", () => form.requestSubmit(by), { once: true });
      return;
    }
    leaving = true;
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
}

// --- Copy -----------------------------------------------------------------------------------------------------------

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-copy]"))) {
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById(button.dataset.copy ?? ""));
  if (!field || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    const words = button.querySelector("span");
    if (words) words.textContent = button.dataset.done ?? "";
  });
}
