/**
 * Answers that are sent when there is no network wait on the phone, and are sent once; and what a shared tablet must
 * not show. Every page of a survey works without this file too.
 *
 * Kept in localStorage under one name, and only what waits to be sent: it is erased the moment that it is in.
 * @module
 */

import { keep, outcome, pause, read, triedAgain, without } from "./waiting.js";

const NAME = "survey-waiting";
const say = createSpeaker();
let flushing = false;
/** @type {number | undefined} */
let timer;

const load = () => {
  try {
    return read(localStorage.getItem(NAME));
  } catch {
    return [];
  }
};

/** @returns {boolean} whether it is kept: a browser may have no room, or be told to keep nothing */
function store(/** @type {import("./waiting.js").Waiting[]} */ waiting) {
  try {
    if (waiting.length) localStorage.setItem(NAME, JSON.stringify(waiting));
    else localStorage.removeItem(NAME);
    return true;
  } catch {
    return false;
  }
}

/** The words that the page has for it, one of them at a time. */
function createSpeaker() {
  return (/** @type {"waits" | "sending" | "sent" | "gone" | ""} */ what) => {
    const place = document.querySelector("#waiting");
    if (!(place instanceof HTMLElement)) return;
    place.hidden = what === "";
    for (const words of place.querySelectorAll("[data-says]")) {
      if (words instanceof HTMLElement) words.hidden = words.dataset.says !== what;
    }
    const forget = place.querySelector("[data-forget]");
    if (forget instanceof HTMLElement) forget.hidden = what !== "waits";
    if (what) document.querySelector("#messages")?.replaceChildren();
  };
}

/** The last question's or the summary's form did not get through: it waits, with whatever was pressed. */
function whenCut(/** @type {Event} */ event) {
  const { elt, requestConfig, xhr } = /** @type {CustomEvent} */ (event).detail;
  const form = elt instanceof HTMLElement ? elt.closest("form[data-survey][data-last]") : null;
  if (!(form instanceof HTMLFormElement) || (xhr && xhr.status > 0 && xhr.status < 500)) return;
  const sent = requestConfig?.formData;
  if (!sent || sent.has("language") || !["on", "pass", "send"].includes(String(sent.get("go") ?? "on"))) return;
  /** @type {Array<[string, string]>} */
  const fields = [...sent.entries()].map(([name, value]) => [name, String(value)]);
  if (!store(keep(load(), new URL(form.action).pathname, fields))) return;
  say("waits");
  later();
}

function later() {
  window.clearTimeout(timer);
  const waiting = load();
  if (waiting.length) timer = window.setTimeout(flush, pause(Math.min(...waiting.map((one) => one.tries))));
}

/**
 * Sends what waits, one after the other, each as it is when its turn comes: it may have been changed or forgotten. Two tabs
 * at once are harmless: a form's random number counts once.
 */
async function flush() {
  if (flushing || !load().length) return;
  flushing = true;
  try {
    for (const { receipt } of load()) {
      const one = load().find((now) => now.receipt === receipt);
      if (one) await send(one);
    }
  } finally {
    flushing = false;
    later();
  }
}

async function send(/** @type {import("./waiting.js").Waiting} */ one) {
  const body = new URLSearchParams(one.fields);
  body.set("csrfmiddlewaretoken", token());
  let answer;
  try {
    answer = await fetch(one.action, { method: "POST", body, redirect: "follow", credentials: "same-origin" });
  } catch {
    store(triedAgain(load(), one.receipt));
    say("waits");
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text().catch(() => ""), "text/html");
  const became = outcome({
    status: answer.status,
    ours: page.body.classList.contains("survey"),
    thanks: page.querySelector("[data-thanks]") !== null,
  });
  const here = location.pathname === one.action;
  if (became === "again") {
    store(triedAgain(load(), one.receipt));
    say("waits");
    return;
  }
  store(without(load(), one.receipt));
  if (became === "sent" && here) location.replace(answer.url);
  else if (became === "ask" && here) show(page);
  else say(became === "sent" ? "sent" : "gone");
}

/** The page that came in place of this one: a question has changed and is asked again. */
function show(/** @type {Document} */ page) {
  const main = page.querySelector("main");
  if (!main) return;
  document.querySelector("main")?.replaceWith(document.adoptNode(main));
  /** @type {any} */ (window).htmx?.process(document.body);
  say("");
  document.querySelector("main h1")?.scrollIntoView();
}

/** The page's token, which frame.html has too: it stays good while the phone is away. No script may read the cookie's. */
function token() {
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  return field instanceof HTMLInputElement ? field.value : "";
}

document.addEventListener("htmx:sendError", whenCut);
document.addEventListener("htmx:responseError", whenCut);
document.addEventListener("htmx:timeout", whenCut);
window.addEventListener("online", () => {
  if (load().length) say("sending");
  flush();
});
document.addEventListener("click", (event) => {
  const pressed = event.target instanceof Element ? event.target : null;
  if (pressed?.closest("[data-forget]")) {
    store([]);
    say("");
  }
  // The next pupil's page takes this one's place: there is nothing to go back to.
  const link = pressed?.closest("a[data-replace]");
  if (link instanceof HTMLAnchorElement) {
    event.preventDefault();
    event.stopPropagation();
    location.replace(link.href);
  }
}, true);

/** A page that the browser had put aside would show what the last one answered. */
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

/** How many signs are written, beside a field that takes so many. */
function count(/** @type {Event} */ event) {
  const field = event.target;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || !field.dataset.longest) return;
  const words = field.closest(".survey-field")?.querySelector("[data-count]");
  if (!(words instanceof HTMLElement)) return;
  const length = [...field.value.trim()].length;
  words.hidden = length === 0;
  words.toggleAttribute("data-over", length > Number(field.dataset.longest));
  words.textContent = (words.dataset.count ?? "").replace("%n", String(length)).replace("%m", field.dataset.longest);
}
document.addEventListener("input", count);

say("");
flush();
