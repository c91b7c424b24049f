/** Why somebody is let in all the same: a few ready reasons, or own words. */

const READY = { more: ["reason_more", "reason_desk"], rule: ["reason_desk", "reason_room", "reason_sent"] };

/** @param {import("./page.js").Page} page */
export function createReason(page) {
  const { part } = page;
  const form = part("reason");
  /** @type {((reason: string) => any)|null} */
  let give = null;

  function refuse(text) {
    page.tell("reason-fault", text);
  }

  function insist() {
    refuse(page.say("reason_missing"));
    (part("reason-chips").querySelector("input:checked") ?? form.elements.own).focus();
  }

  function chosen() {
    return form.elements.own.value.trim() || part("reason-chips").querySelector("input:checked")?.value || "";
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const reason = chosen();
    if (!reason) return insist();
    part("reason-submit").disabled = true;
    const answer = await give(reason);
    part("reason-submit").disabled = false;
    if (answer?.refused) refuse(page.say(`refused_${answer.refused}`));
    else if (!form.hidden) drop();
  });

  function drop() {
    give = null;
    form.hidden = true;
    form.reset();
    refuse("");
  }

  return {
    /** @param {"more"|"rule"} kind which ready reasons @param {string} label of the button @param {(reason: string) => any} then */
    ask(kind, label, then) {
      part("reason-submit").textContent = label;
      give = then;
      if (!form.hidden) return;
      const chips = READY[kind].map((key) => {
        const input = page.element("input", { type: "radio", name: "ready", value: page.say(key) });
        return page.element("label", { class: "chip" }, input, page.element("span", {}, page.say(key)));
      });
      part("reason-chips").replaceChildren(...chips);
      form.hidden = false;
      refuse("");
      form.scrollIntoView({ block: "nearest" });
    },
    insist,
    refuse,
    drop,
    isAsked: () => !form.hidden,
  };
}
