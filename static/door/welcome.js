/**
 * Before the scanning: becoming a device, the touch that begins, and what to do when the device has ended.
 *
 * @typedef {{kind: string, left: number}} End `kind`: revoked, expired, unknown or left (by the guard's own hand)
 */

import { Trouble } from "./api.js";
import { createScanning } from "./scanning.js";

// The codes of docs/door.md, each with what to do.
const REFUSALS = new Set(["pairing_used", "pairing_over", "pairing_unknown"]);
const OTHERS = new Set(["network", "too_many"]);

/**
 * @param {{
 *   page: import("./page.js").Page, addresses: Record<string, string>,
 *   pair: (secret: string) => Promise<any>, onPaired: () => void, onBegin: () => void,
 *   door: () => import("./verdict.js").Door|null, device: () => import("./store.js").Device|null,
 * }} parts
 */
export function createWelcome({ page, addresses, pair, onPaired, onBegin, door, device }) {
  const { part, say } = page;
  const form = part("pair-form");
  const field = form.elements.code;
  let fault = "";
  /** @type {End|null} */
  let end = null;

  const scanning = createScanning({
    video: part("pair-video"),
    addresses,
    paused: () => page.viewNow() !== "welcome",
    remembers: false,
    onText: (text) => {
      const secret = secretIn(text);
      if (!secret) return setFault("pair_other_code");
      scanning.stop();
      become(secret);
    },
    onState: (state, why) => {
      part("pair-camera").hidden = state !== "on";
      if (why) setFault(`camera_${why}`);
    },
  });

  function setFault(key) {
    fault = key;
    drawFault();
  }

  function drawFault() {
    page.tell("pair-fault", fault ? say(fault) : "");
  }

  /** @param {string} secret */
  async function become(secret) {
    setFault("");
    page.view("welcome");
    part("pair-waiting").hidden = false;
    try {
      await pair(secret);
      field.value = "";
      scanning.stop();
      onPaired();
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      const key = REFUSALS.has(error.code) ? error.code : OTHERS.has(error.kind) ? error.kind : "pairing_unknown";
      // Without a network the same secret is tried again with the same token: it stays in the field.
      if (key === "network" || key === "too_many") field.value = secret;
      setFault(`pair_${key}`);
    } finally {
      part("pair-waiting").hidden = true;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const secret = secretIn(field.value) ?? field.value.trim();
    if (!/^[\w-]{20,100}$/.test(secret)) {
      setFault("pair_not_a_code");
      return field.focus();
    }
    become(secret);
  });
  part("pair-scan").addEventListener("click", () => {
    setFault("");
    if (scanning.isWanted()) scanning.stop();
    else scanning.start();
  });
  part("begin").addEventListener("click", onBegin);
  part("pair-again").addEventListener("click", () => welcome());

  function drawPaired() {
    const { name = "", gate, ends_at, role } = device() ?? {};
    part("paired-name").textContent = name;
    part("paired-gate").textContent = gate?.name ?? "";
    part("paired-event").textContent = page.titleOf(door()?.event);
    part("paired-until").textContent = ends_at ? page.moment(ends_at) : "";
    part("begin-text").textContent = say(role === "kiosk" ? "begin_kiosk" : "begin");
  }

  function drawEnd() {
    if (!end) return;
    part("ended-title").textContent = say(`ended_${end.kind}`);
    part("ended-lead").textContent = say(`ended_${end.kind}_lead`);
    part("ended-left").hidden = !end.left;
    part("ended-left-text").textContent = say("ended_unsent", { n: end.left });
  }

  page.drawn(drawFault);
  page.drawn(drawPaired);
  page.drawn(drawEnd);

  function welcome(why = "") {
    page.view("welcome");
    setFault(why);
  }

  return {
    become,
    welcome,
    stop: () => scanning.isWanted() && scanning.stop(),
    paired() {
      drawPaired();
      page.view("paired");
    },
    /** @param {End} how */
    ended(how) {
      end = how;
      drawEnd();
      page.view("ended");
    },
  };
}

/** The secret in what a camera reads or somebody pastes. @param {string} text @returns {string|null} */
export function secretIn(text) {
  return /#p=([\w-]{20,100})\s*$/.exec(text)?.[1] ?? null;
}
