/**
 * What the guard sees: the verdict, the count, the queue, the last scans. Texts are set as text, never as markup.
 *
 * @typedef {import("./verdict.js").Verdict} Verdict
 */

import { clockText } from "./moments.js";
import { fill, spoken } from "./verdict.js";

const SHOWN = { good: 1500, mind: 6000, stop: 6000, wait: 4000 };
const LISTED = 30;
// An answer within this time needs no "asking".
const PATIENCE = 300;

/**
 * @param {Document} page
 * @param {{texts: Record<string, string>, language: "sv"|"en", icons: string}} settings
 */
export function createScreen(page, { texts, language, icons }) {
  /** @param {string} name @returns {HTMLElement} */
  const part = (name) => page.querySelector(`[data-part="${name}"]`);
  const panel = part("verdict");
  const rows = new Map();
  let hideTimer = 0;
  let askTimer = 0;

  function icon(name) {
    const drawing = page.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = page.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${icons}#${name}`);
    drawing.setAttribute("class", "icon");
    drawing.setAttribute("aria-hidden", "true");
    drawing.append(use);
    return drawing;
  }

  function hide() {
    clearTimeout(hideTimer);
    panel.hidden = true;
    panel.dataset.outcome = "";
  }

  panel.addEventListener("click", hide);
  page.addEventListener("keydown", (event) => event.key === "Escape" && hide());

  return {
    /** @param {Verdict} verdict */
    verdict(verdict) {
      clearTimeout(askTimer);
      clearTimeout(hideTimer);
      part("asking").hidden = true;
      panel.dataset.tone = verdict.tone;
      panel.dataset.outcome = verdict.outcome;
      part("verdict-sign").replaceChildren(icon(verdict.icon));
      for (const field of ["title", "name", "detail", "advice"]) {
        part(`verdict-${field}`).textContent = verdict[field];
      }
      panel.hidden = false;
      part("announcement").textContent = spoken(verdict);
      hideTimer = setTimeout(hide, SHOWN[verdict.tone]);
    },

    /** A code was read and the answer is on its way. */
    asking() {
      hide();
      clearTimeout(askTimer);
      askTimer = setTimeout(() => (part("asking").hidden = false), PATIENCE);
    },

    hide,

    /** One line in the list of the last scans; a later verdict on the same scan replaces it. */
    list(nonce, verdict) {
      const row = rows.get(nonce) ?? page.createElement("li");
      const words = page.createElement("span");
      const title = page.createElement("strong");
      title.textContent = verdict.title;
      words.append(title, verdict.name ? ` ${verdict.name}` : "");
      const time = page.createElement("time");
      time.textContent = row.querySelector("time")?.textContent ?? clockText(Date.now(), language);
      row.dataset.tone = verdict.tone;
      row.replaceChildren(icon(verdict.icon), words, time);
      if (rows.has(nonce)) return;
      rows.set(nonce, row);
      part("last").prepend(row);
      part("last-empty").hidden = true;
      if (rows.size > LISTED) {
        const [oldest] = rows.keys();
        rows.get(oldest).remove();
        rows.delete(oldest);
      }
    },

    /** @param {number} people */
    count(people) {
      part("count").textContent = new Intl.NumberFormat(language).format(people);
    },

    /** @param {number} length scans that the server has not confirmed */
    queue(length) {
      const line = part("queue");
      line.hidden = length === 0;
      line.textContent = length === 1 ? texts.queue_one : fill(texts.queue_many, { n: length });
    },

    /** @param {boolean} works @param {import("./api.js").Kind} [kind] what is wrong */
    online(works, kind = "network") {
      const line = part("trouble");
      line.hidden = works;
      if (works) return;
      line.querySelector("span").textContent = texts[`trouble_${kind}`];
      line.querySelector("a").hidden = kind !== "signed-out";
    },

    /** Why the picture stays black; an empty text when it does not. */
    cameraFault(text) {
      part("camera-fault").textContent = text;
      part("camera-fault").hidden = !text;
    },

    /** @param {"off"|"starting"|"on"} state */
    camera(state) {
      part("stage").dataset.camera = state;
      part("start").hidden = state !== "off";
    },
  };
}
