/** Practising: tickets that touch nothing, one button for each, and a banner that nobody can miss. */

import { PRACTICE_TICKETS } from "./practice.js";

/**
 * @param {{page: import("./page.js").Page, take: (code: string) => any, onChange: (on: boolean) => void}} parts
 */
export function createPracticeMode({ page, take, onChange }) {
  const { part, say, element } = page;
  let on = false;

  /** What it is a ticket for, in a word or two. */
  function nameOf({ outcome, entry }) {
    return outcome === "admitted" ? say(`kind_${entry.kind}`) : say(outcome);
  }

  page.drawn(() => {
    const buttons = PRACTICE_TICKETS.map((ticket) => {
      const button = element(
        "button",
        { class: "chip-button", type: "button", "data-code": ticket.code },
        nameOf(ticket),
      );
      button.addEventListener("click", () => take(ticket.code));
      return button;
    });
    part("practice-tickets").replaceChildren(...buttons);
  });

  return {
    isOn: () => on,
    /** @param {boolean} next */
    set(next) {
      on = next;
      page.root.documentElement.toggleAttribute("data-practice", on);
      part("practice").hidden = !on;
      part("practice-tickets").hidden = !on;
      onChange(on);
    },
  };
}
