/**
 * The verdict that fills the screen. Good ones go by themselves, the others stay until a touch or the next scan; a class's
 * heads are counted up and down here, and what the rules stop can be let in all the same, with a reason.
 *
 * @typedef {import("./door.js").Shown} Shown
 * @typedef {import("./scanning.js").Timing} Timing
 * @typedef {{
 *   words: import("./words.js").Words, timing?: Timing, overrule?: ((reason: string, heads: number) => any)|null, badge?: (() => void)|null,
 * }} How `overrule` and `badge`: what the buttons do; without them there are none
 */

import { createHeads } from "./heads.js";
import { createReason } from "./reason.js";
import { spoken } from "./words.js";

const SHOWN = { good: 1500, mind: 6000, stop: 6000, wait: 6000 };
// A class's number is corrected here: time to count them.
const CLASS_SHOWN = 12_000;
const WITH_BADGE = 6000;

/**
 * @param {{
 *   page: import("./page.js").Page, signals: import("./signals.js").Signals,
 *   correct: (nonce: string, heads: number, reason: string) => Promise<any>,
 * }} parts
 */
export function createPanel({ page, signals, correct }) {
  const { part } = page;
  const panel = part("verdict");
  /** @type {Shown|null} */
  let shown = null;
  /** @type {How|null} */
  let how = null;
  let timer = 0;
  /** @type {HTMLElement|null} */
  let cameFrom = null;

  const reason = createReason(page);
  const heads = createHeads(page, {
    correct,
    touched: () => hideAfter(CLASS_SHOWN),
    askReason: (kind, label, give) => {
      clearTimeout(timer);
      reason.ask(kind, label, give);
    },
    dropReason: reason.drop,
  });

  function hideAfter(milliseconds) {
    clearTimeout(timer);
    if (milliseconds) timer = setTimeout(hide, milliseconds);
  }

  function hide() {
    if (panel.hidden) return;
    // A number that needs a reason, or a reason that is being written, is not lost to a touch beside it.
    if (heads.needsReason()) return reason.insist();
    close();
  }

  function close() {
    clearTimeout(timer);
    heads.end();
    reason.drop();
    panel.hidden = true;
    panel.dataset.outcome = "";
    shown = null;
    setInert(false);
    const back = cameFrom?.isConnected && !cameFrom.closest("[hidden], dialog:not([open])") ? cameFrom : null;
    cameFrom = null;
    (back ?? page.root.querySelector("[data-view]:not([hidden]) h1"))?.focus({ preventScroll: true });
  }

  function setInert(on) {
    for (const view of page.root.querySelectorAll("[data-view]")) view.inert = on;
  }

  function duration() {
    if (how.overrule) return 0;
    if (shown.can.correct) return CLASS_SHOWN;
    return how.badge ? WITH_BADGE : SHOWN[how.words.tone];
  }

  /** After the next painting, so that the number is what the eye waited for. */
  function stampShown(nonce) {
    requestAnimationFrame(() =>
      setTimeout(() => {
        if (panel.dataset.nonce === nonce) panel.dataset.shownAt = String(performance.now());
      }),
    );
  }

  panel.addEventListener("click", ({ target }) => {
    if (target.closest("button, input, label, fieldset, .heads")) return;
    hide();
  });
  part("next").addEventListener("click", hide);
  part("overrule").addEventListener("click", () => {
    clearTimeout(timer);
    part("overrule").hidden = true;
    const isClass = shown.entry?.kind === "c";
    if (isClass) heads.choose(Math.max(1, shown.most));
    reason.ask(isClass && shown.verdict.outcome === "already_in" ? "more" : "rule", page.say("overrule_now"), (text) =>
      how.overrule(text, isClass ? heads.number() : 1),
    );
  });
  part("verdict-badge").addEventListener("click", () => {
    hideAfter(WITH_BADGE);
    how.badge();
  });
  page.root.addEventListener("keydown", (event) => {
    if (panel.hidden) return;
    if (event.key === "Escape") {
      if (heads.needsReason()) heads.reset();
      hide();
    } else if (shown?.can.correct && (event.key === "+" || event.key === "-") && event.target.tagName !== "INPUT") {
      heads.step(event.key === "+" ? 1 : -1);
    }
  });

  return {
    /** @param {Shown} next @param {How} withWhat */
    show(next, withWhat) {
      if (panel.hidden) cameFrom = page.root.activeElement;
      clearTimeout(timer);
      heads.end();
      reason.drop();
      [shown, how] = [next, withWhat];
      const { words, timing } = how;
      Object.assign(panel.dataset, { tone: words.tone, outcome: words.outcome, nonce: next.nonce ?? "" });
      delete panel.dataset.shownAt;
      panel.dataset.seenAt = timing ? String(timing.seenAt) : "";
      panel.dataset.decodeMs = timing ? String(timing.decodeMs) : "";
      part("verdict-sign").replaceChildren(page.icon(words.icon));
      for (const field of ["title", "name", "who", "detail", "advice"])
        part(`verdict-${field}`).textContent = words[field];
      part("verdict-practice").hidden = !next.practice;
      part("overrule").hidden = !how.overrule;
      part("verdict-badge").hidden = !how.badge;
      if (next.can.correct && words.tone === "good") heads.begin(next);
      panel.hidden = false;
      panel.scrollTop = 0;
      setInert(true);
      if (!panel.contains(page.root.activeElement)) part("next").focus({ preventScroll: true });
      signals.give(words.tone);
      page.announce([next.practice ? page.say("practice_banner") : "", spoken(words)].filter(Boolean).join(". "));
      stampShown(panel.dataset.nonce);
      hideAfter(duration());
    },

    hide,
    isOpen: () => !panel.hidden,
    /** Whether the next code has to wait: a reason is being chosen. */
    isBusy: () => reason.isAsked(),
  };
}
