/**
 * A visitor's own screen: a ticket in front of the camera, or one's whole name. It greets whoever stands there, tells of
 * nobody else, and is itself again after a few seconds.
 */

import { Trouble } from "./api.js";
import { createScanning } from "./scanning.js";

const SHOWN = { good: 7000, mind: 8000 };
const LEFT_ALONE = 45_000;
const GOOD = new Set(["admitted", "again"]);

/**
 * @param {{
 *   page: import("./page.js").Page, signals: import("./signals.js").Signals, addresses: Record<string, string>,
 *   api: Pick<import("./api.js").Api, "kiosk"|"badge">, state: () => import("./sync.js").SyncState,
 *   take: (text: string) => Promise<import("./door.js").Shown>,
 *   takeHandle: (handle: string, found: object) => Promise<import("./door.js").Shown>,
 *   print: (badge: object) => void,
 * }} parts
 */
export function createKiosk({ page, signals, addresses, api, state, take, takeHandle, print }) {
  const { part, say } = page;
  const form = part("kiosk-form");
  const { name, company } = form.elements;
  let timer = 0;
  let busy = false;
  let done = null;
  let fault = "";
  let step = "start";

  const scanning = createScanning({
    video: part("kiosk-video"),
    addresses,
    facing: "user",
    paused: () => busy || step !== "start" || page.hasSheet() || page.viewNow() !== "kiosk",
    onText: async (text, timing) => {
      busy = true;
      await greet(await take(text), timing).finally(() => (busy = false));
    },
    onState: (camera, why = "") => page.tell("kiosk-fault", why ? say(`camera_${why}`) : ""),
  });

  function go(next) {
    step = next;
    clearTimeout(timer);
    for (const each of page.root.querySelectorAll("[data-kiosk]")) each.hidden = each.dataset.kiosk !== next;
    if (next === "start") {
      form.reset();
      part("kiosk-company-field").hidden = true;
      setFault("");
    }
    if (next === "name") {
      name.focus();
      timer = setTimeout(go, LEFT_ALONE, "start");
    } else page.root.querySelector(`[data-kiosk="${next}"] h1`).focus({ preventScroll: true });
  }

  function setFault(key) {
    fault = key;
    const field = key === "kiosk_company_missing" ? company : name;
    page.fault(field, part("kiosk-name-fault"), key ? say(key) : "");
    if (!key) company.removeAttribute("aria-invalid");
  }

  /** @param {import("./door.js").Shown} shown @param {{seenAt?: number}} [timing] */
  async function greet(shown, timing) {
    const isGood = GOOD.has(shown.verdict.outcome);
    done = {
      first: shown.entry?.name.split(" ")[0] ?? "",
      isGood,
      isClass: shown.entry?.kind === "c",
      outcome: shown.verdict.outcome,
      paper: "",
    };
    const panel = page.root.querySelector("[data-kiosk=done]");
    Object.assign(panel.dataset, {
      tone: isGood ? "good" : "mind",
      outcome: shown.verdict.outcome,
      seenAt: timing?.seenAt ?? "",
    });
    drawDone();
    go("done");
    signals.give(isGood ? "good" : "mind");
    page.announce(`${part("kiosk-done-title").textContent} ${part("kiosk-done-lead").textContent}`);
    timer = setTimeout(go, SHOWN[isGood ? "good" : "mind"], "start");
    if (isGood && !done.isClass && shown.handle) await paper(shown.handle);
  }

  /** The badge comes out by itself; without a network the desk gives it. */
  async function paper(handle) {
    const mine = done;
    try {
      const badge = await api.badge(handle);
      mine.paper = "kiosk_badge";
      if (done === mine) drawDone();
      print(badge);
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      mine.paper = "kiosk_badge_desk";
      if (done === mine) drawDone();
    }
  }

  function drawDone() {
    if (!done) return;
    const { first, isGood, isClass, outcome, paper: paperKey } = done;
    part("kiosk-sign").replaceChildren(page.icon(isGood ? "check-lg" : "person"));
    part("kiosk-done-title").textContent = isGood
      ? first && !isClass
        ? say("kiosk_welcome", { name: first })
        : say("kiosk_welcome_all")
      : say("kiosk_desk");
    const why = outcome === "already_in" ? "kiosk_already" : "kiosk_ask";
    part("kiosk-done-lead").textContent = isGood ? (paperKey ? say(paperKey) : say("kiosk_in")) : say(why);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    if (name.value.trim().split(/\s+/).length < 2) return setFault("kiosk_whole_name");
    if (!part("kiosk-company-field").hidden && !company.value.trim()) return setFault("kiosk_company_missing");
    busy = true;
    try {
      const answer = await api.kiosk(name.value.trim(), company.value.trim());
      if (answer.match === "several") {
        part("kiosk-company-field").hidden = false;
        setFault("");
        company.focus();
      } else if (answer.match === "none") setFault("kiosk_none");
      else {
        const found = { kind: "v", state: "ok", name: answer.name, company: answer.company, pupils: 1, wave: null };
        await greet(await takeHandle(answer.handle, found));
      }
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      setFault(error.kind === "too_many" ? "kiosk_wait" : "kiosk_no_network");
    } finally {
      busy = false;
    }
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(go, LEFT_ALONE, "start");
  });
  part("kiosk-type").addEventListener("click", () => go("name"));
  part("kiosk-back").addEventListener("click", () => go("start"));
  part("kiosk-again").addEventListener("click", () => go("start"));

  function drawState() {
    const { online, queue } = state();
    part("kiosk-state").textContent = [say(online ? "online" : "offline"), queue ? say("queue", { n: queue }) : ""]
      .filter(Boolean)
      .join(" · ");
  }
  page.drawn(() => {
    drawDone();
    drawState();
    if (fault) setFault(fault);
  });

  return {
    start() {
      page.view("kiosk");
      go("start");
      return scanning.start();
    },
    stop: () => scanning.isWanted() && scanning.stop(),
    state: drawState,
    isCalm: () => step === "start" && !busy,
  };
}
