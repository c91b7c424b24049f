/**
 * The page under everything: its words in the guard's language, its icons, which view and which sheet is open. Texts are
 * set as text, never as markup.
 *
 * @typedef {"sv"|"en"} Language
 * @typedef {{
 *   texts: Record<Language, Record<string, string>>, language: Language, icons: string, version: string, addresses: Record<string, string>,
 * }} Settings
 * @typedef {ReturnType<typeof createPage>} Page
 */

import { momentText } from "./moments.js";
import { recall, remember } from "./remembered.js";
import { fill } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

/** @param {Document} root @param {Settings} settings */
export function createPage(root, settings) {
  const kept = recall("language");
  /** @type {Language} */
  let language = kept && kept in settings.texts ? kept : settings.language;
  /** @type {Set<() => void>} */
  const redraws = new Set();
  /** @type {HTMLElement|null} */
  let opener = null;

  /** @param {string} name @returns {any} */
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  /** @param {string} name @returns {HTMLDialogElement} */
  const sheet = (name) => root.querySelector(`[data-sheet="${name}"]`);

  /** A text by its key; `values` fill its blanks. @param {string} key @param {Record<string, string|number>} [values] */
  function say(key, values = {}) {
    const texts = settings.texts[language];
    // A key with a number may have a text of its own for one.
    const one = values.n === 1 ? texts[`${key}_one`] : undefined;
    return fill(one ?? texts[key] ?? key, values);
  }

  function fillAll() {
    root.documentElement.lang = language;
    for (const each of root.querySelectorAll("[data-text]")) each.textContent = say(each.dataset.text);
    for (const each of root.querySelectorAll("[data-label]")) each.setAttribute("aria-label", say(each.dataset.label));
    for (const each of root.querySelectorAll("[data-language]")) {
      each.setAttribute("aria-pressed", String(each.dataset.language === language));
    }
    root.title = `${say("app_title")} · Torget`;
    redraws.forEach((redraw) => redraw());
  }

  root.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-language], [data-opens]");
    if (button?.dataset.language) {
      language = button.dataset.language;
      remember("language", language);
      fillAll();
    } else if (button) open(button.dataset.opens);
  });

  /** @param {string} name */
  function open(name) {
    opener = root.activeElement;
    const dialog = sheet(name);
    dialog.dispatchEvent(new CustomEvent("opening"));
    dialog.showModal();
    (dialog.querySelector("input:not([hidden]):not([type=checkbox])") ?? dialog.querySelector("h2"))?.focus();
  }

  for (const dialog of root.querySelectorAll("dialog")) {
    dialog.addEventListener("close", () => {
      if (opener?.isConnected) opener.focus();
      opener = null;
    });
    // A touch beside the sheet closes it.
    dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  }

  return {
    root,
    part,
    sheet,
    say,
    open,
    language: () => language,
    texts: () => settings.texts[language],
    /** @param {string|number} value @param {number} [now] */
    moment: (value, now = Date.now()) => momentText(value, language, now),
    /** @param {number} number */
    number: (number) => new Intl.NumberFormat(language).format(number),
    /** An event's title. @param {{title: string, title_en?: string}|null|undefined} event */
    titleOf: (event) => (language === "en" && event?.title_en) || event?.title || "",

    /** Call `redraw` now and whenever the language changes. @param {() => void} redraw */
    drawn(redraw) {
      redraws.add(redraw);
      redraw();
    },
    fillAll,

    /** @param {string} name of an icon in the sprite @returns {SVGElement} */
    icon(name) {
      const drawing = root.createElementNS(SVG, "svg");
      const use = root.createElementNS(SVG, "use");
      use.setAttribute("href", `${settings.icons}#${name}`);
      drawing.setAttribute("class", "icon");
      drawing.setAttribute("aria-hidden", "true");
      drawing.append(use);
      return drawing;
    },

    /** @param {string} tag @param {Record<string, any>} [attributes] @param {...(Node|string)} children */
    element(tag, attributes = {}, ...children) {
      const made = root.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) {
        if (value !== null && value !== undefined && value !== false)
          made.setAttribute(name, value === true ? "" : value);
      }
      made.append(...children);
      return made;
    },

    /** A line that is there only while it says something. @param {string|HTMLElement} where @param {string} text */
    tell(where, text) {
      const line = typeof where === "string" ? part(where) : where;
      line.hidden = !text;
      line.textContent = text;
    },

    /** Show one view and leave the others; the focus goes to its heading. @param {string} name */
    view(name) {
      for (const each of root.querySelectorAll("[data-view]")) each.hidden = each.dataset.view !== name;
      root.documentElement.dataset.page = name;
      root.querySelector(`[data-view="${name}"] h1`)?.focus({ preventScroll: true });
    },
    viewNow: () => root.documentElement.dataset.page,

    closeSheets() {
      for (const dialog of root.querySelectorAll("dialog[open]")) dialog.close();
    },
    hasSheet: () => Boolean(root.querySelector("dialog[open]")),

    /** Say it at once to those who listen. @param {string} text */
    announce(text) {
      const line = part("announcement");
      // The same words again are said again only when they are new to the page.
      line.textContent = "";
      requestAnimationFrame(() => (line.textContent = text));
    },

    /** The icons of all buttons are hidden from ears; a pressed one says so. @param {HTMLElement} button @param {boolean} on */
    press: (button, on) => button.setAttribute("aria-pressed", String(on)),

    /** The field has a fault, or none any more. @param {HTMLInputElement} field @param {HTMLElement} line @param {string} text */
    fault(field, line, text) {
      line.hidden = !text;
      line.textContent = text;
      if (text) {
        field.setAttribute("aria-invalid", "true");
        field.focus();
      } else field.removeAttribute("aria-invalid");
    },
  };
}
