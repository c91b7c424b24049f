/**
 * The desk's sheet: who is this? Found by name, company, school, class or the code's last four symbols; let in, taken
 * back, blocked, given a badge. Behind the PIN, online or not.
 *
 * @typedef {import("./api.js").Found} Found
 */

import { Trouble } from "./api.js";
import { findIn } from "./folding.js";
import { SHORTEST_PIN } from "./names.js";

const AFTER_TYPING = 250;
const KIND_ICONS = { v: "person", e: "person-badge", c: "mortarboard" };

/**
 * @param {{
 *   page: import("./page.js").Page, names: import("./names.js").Names,
 *   api: Pick<import("./api.js").Api, "search"|"block"|"unblock">,
 *   state: () => import("./sync.js").SyncState, seenOf: (found: Found) => import("./verdict.js").Seen,
 *   letIn: (found: Found) => void, letOut: (found: Found) => void, badge: (handle: string) => Promise<void>,
 * }} parts
 */
export function createDesk({ page, names, api, state, seenOf, letIn, letOut, badge }) {
  const { part, say, element } = page;
  const pinForm = part("pin");
  const pinField = pinForm.elements.pin;
  const search = part("search-form").elements.q;
  let hasPin = false;
  let timer = 0;
  let turn = 0;
  /** @type {Found[]} */
  let found = [];
  let note = () => "";

  async function draw() {
    const open = names.isOpen();
    pinForm.hidden = open;
    part("search").hidden = !open;
    if (open) return names.use();
    hasPin = await names.hasPin();
    found = [];
    part("found").replaceChildren();
    part("pin-lead").textContent = say(hasPin ? "pin_asked" : "pin_first");
    part("pin-label").textContent = say(hasPin ? "pin_label" : "pin_new");
    part("pin-button").textContent = say(hasPin ? "pin_open" : "pin_choose");
  }

  page.sheet("search").addEventListener("opening", draw);
  page.drawn(() => {
    draw();
    drawFound();
  });

  pinForm.addEventListener("submit", async (event) => {
    event.preventDefault();
    const pin = pinField.value.trim();
    const fault = (text) => page.fault(pinField, part("pin-fault"), text);
    if (!/^\d+$/.test(pin) || pin.length < SHORTEST_PIN) return fault(say("pin_short", { n: SHORTEST_PIN }));
    part("pin-button").disabled = true;
    const latest = state().listVersion;
    const answer = hasPin ? await names.unlock(pin) : (await names.choose(pin, latest), "open");
    part("pin-button").disabled = false;
    pinField.value = "";
    if (answer !== "open") {
      await draw();
      return fault(answer === "erased" ? say("pin_erased") : say("pin_wrong", { n: await names.triesLeft() }));
    }
    fault("");
    await draw();
    search.focus();
    names.freshen(latest);
  });

  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, AFTER_TYPING);
  });
  part("search-form").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    look();
  });

  async function look() {
    if (!names.isOpen()) return draw();
    names.use();
    const typed = search.value.trim();
    const mine = ++turn;
    if (typed.length < 2) {
      [found, note] = [[], () => ""];
      return drawFound();
    }
    names.freshen(state().listVersion);
    // What the phone has at once; what the server knows in its place when it answers.
    found = findIn(names.all(), typed);
    note = () => say(found.length ? "search_found" : "search_none", { n: found.length });
    drawFound();
    if (!state().online) {
      note = () => say(found.length ? "search_offline" : "search_none_offline", { n: found.length });
      return drawFound();
    }
    try {
      const answer = await api.search(typed);
      if (mine !== turn) return;
      found = answer;
    } catch {
      if (mine !== turn) return;
      note = () => say(found.length ? "search_offline" : "search_none_offline", { n: found.length });
    }
    drawFound();
  }

  function drawFound() {
    part("search-note").textContent = note();
    part("found").replaceChildren(...found.map(cardOf));
  }

  /** @param {Found} one */
  function cardOf(one) {
    const seen = seenOf(one);
    const isClass = one.kind === "c";
    const stateKey =
      one.state === "ok"
        ? seen.inside
          ? "in"
          : seen.came
            ? "left"
            : "expected"
        : one.state === "x"
          ? "cancelled"
          : "blocked";
    const stateText =
      isClass && one.state === "ok"
        ? say("found_class", { n: seen.inside, pupils: one.pupils })
        : say(`found_${stateKey}`);
    const card = element(
      "li",
      { "data-handle": one.handle, "data-state": stateKey },
      element(
        "p",
        { class: "found-name" },
        page.icon(KIND_ICONS[one.kind] ?? "person"),
        element("strong", {}, one.name || one.short),
      ),
      element(
        "p",
        { class: "found-more" },
        [one.company, say(`kind_${one.kind}`), `···${one.short}`].filter(Boolean).join(" · "),
      ),
      element("p", { class: "found-state", "data-state": stateKey }, stateText),
    );
    const deeds = element("div", { class: "actions" });
    const button = (key, run, style = "") => {
      const made = element(
        "button",
        { class: `button ${style}`, type: "button", "aria-label": `${say(key)}: ${one.name}` },
        say(key),
      );
      made.addEventListener("click", run);
      deeds.append(made);
    };
    if (one.state === "ok") {
      if (!seen.inside || (isClass && seen.inside < one.pupils))
        button("found_let_in", () => letIn(one), "button-main");
      if (seen.inside) button("found_let_out", () => letOut(one));
      button("badge_print", () => deed(card, () => badge(one.handle)));
      button("found_block", () => askBlock(card, one), "button-stop");
    }
    if (one.state === "b") button("found_unblock", () => deed(card, () => api.unblock(one.handle, "").then(changed)));
    card.append(deeds);
    return card;
  }

  /** @param {Found} one */
  function changed(one) {
    names.replace(one);
    found = found.map((other) => (other.handle === one.handle ? one : other));
    drawFound();
    page.root.querySelector(`[data-handle="${one.handle}"] button`)?.focus();
  }

  function askBlock(card, one) {
    if (card.querySelector("form")) return;
    const id = `block-${one.handle}`;
    const input = element("input", { id, name: "reason", maxlength: 200, autocomplete: "off" });
    const fault = element("p", { class: "fault", role: "alert", hidden: true });
    const form = element(
      "form",
      { class: "field", novalidate: true },
      element("label", { for: id }, say("block_reason")),
      element(
        "div",
        { class: "field-line" },
        input,
        element("button", { class: "button button-stop", type: "submit" }, say("found_block")),
      ),
      fault,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const reason = input.value.trim();
      if (!reason) return page.fault(input, fault, say("block_reason_missing"));
      deed(card, () => api.block(one.handle, reason).then(changed));
    });
    card.append(form);
    input.focus();
  }

  /** What only the server can do: say so when it cannot be reached. */
  async function deed(card, run) {
    let line = card.querySelector(".found-fault");
    if (!line) card.append((line = element("p", { class: "fault found-fault", role: "alert" })));
    page.tell(line, "");
    try {
      await run();
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      page.tell(line, say(error.kind === "refused" ? "desk_refused" : "desk_network"));
    }
  }

  return {
    /** Somebody has come or gone: the cards say so. */
    redraw() {
      // Never under somebody's hands: a reason that is being written stays.
      const list = part("found");
      if (page.sheet("search").open && !list.contains(page.root.activeElement) && !list.querySelector("form")) drawFound();
    },
    lock() {
      names.lock();
      search.value = "";
      [found, note] = [[], () => ""];
      drawFound();
    },
  };
}
