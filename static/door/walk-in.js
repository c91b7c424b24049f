/** Somebody without a ticket: name, company, address. Kept like a scan, so it works without a network. */

import { OVERRIDABLE } from "./verdict.js";

// What a mail server would take; the rest is the server's to say.
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;

/**
 * @param {{
 *   page: import("./page.js").Page,
 *   walkIn: (person: object, how?: {reason?: string}) => Promise<import("./door.js").Shown>,
 *   present: (shown: import("./door.js").Shown, more: object) => any,
 *   badge: (person: {name: string, company: string}) => void,
 * }} parts
 */
export function createWalkIn({ page, walkIn, present, badge }) {
  const { part, say } = page;
  const form = part("walk-in-form");
  const { name, company, email } = form.elements;
  const line = (field) => page.root.getElementById(`${field.id}-fault`);

  /** The faults by key, so that they change with the language. */
  const faults = new Map();

  function drawFaults() {
    for (const field of [email, name]) page.fault(field, line(field), faults.has(field) ? say(faults.get(field)) : "");
  }
  page.drawn(() => [...faults.keys()].length && drawFaults());

  function isGood() {
    faults.clear();
    if (!name.value.trim()) faults.set(name, "walk_in_name_missing");
    if (email.value.trim() && !ADDRESS.test(email.value.trim())) faults.set(email, "walk_in_email_strange");
    drawFaults();
    return !faults.size;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!isGood()) return;
    const person = {
      name: name.value.trim(),
      company: company.value.trim(),
      email: email.value.trim(),
      language: page.language(),
    };
    show(await walkIn(person), person);
  });

  /** What was typed goes only when it is kept. */
  function show(shown, person) {
    if (shown.nonce) {
      form.reset();
      page.closeSheets();
      return present(shown, { badge: () => badge(person) });
    }
    page.closeSheets();
    const overrule = OVERRIDABLE.has(shown.verdict.outcome)
      ? async (reason) => show(await walkIn(person, { reason }), person)
      : null;
    return present(shown, { overrule });
  }
}
