/** The door's page: puts the parts together and listens to the guard's thumbs. */

import { createApi } from "./api.js";
import { CameraError, createCamera } from "./camera.js";
import { LENGTH, createSight, readCode, typedLength } from "./codes.js";
import { createDecoder, watch } from "./decode.js";
import { createDoor } from "./door.js";
import { momentText } from "./moments.js";
import { createScreen } from "./screen.js";
import { createSignals } from "./signals.js";
import { memoryStore, openStore } from "./store.js";
import { fill } from "./verdict.js";

const COUNT_EVERY = 5000;
const AWAY_BEFORE_AGAIN = 2500;

/** @typedef {{event: string, language: "sv"|"en", icons: string, addresses: Record<string, string>, texts: Record<string, string>}} Settings */
/** @type {Settings} */
const settings = JSON.parse(document.getElementById("door-settings").textContent);
const { texts, language, addresses } = settings;
const part = (name) => document.querySelector(`[data-part="${name}"]`);

const form = part("typed");
const gate = part("gate");
const screen = createScreen(document, settings);
const signals = createSignals();
const api = createApi(addresses, () => form.elements.csrfmiddlewaretoken.value);
const store = await openStore(settings.event).catch(memoryStore);
const door = createDoor({
  store,
  api,
  screen,
  signals,
  texts,
  moment: (iso) => momentText(iso, language, Date.now()),
  gate: () => Number(gate.value),
  newNonce,
  now: Date.now,
  chance: Math.random,
  later: setTimeout,
});

/** A version 4 UUID; browsers have it ready only on https. */
function newNonce() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// --- The camera ---------------------------------------------------------------------------------------------------

const video = part("video");
const camera = createCamera(video);
const sight = createSight(AWAY_BEFORE_AGAIN);
let decoding = null;
let watching = null;

async function startCamera(id) {
  screen.camera("starting");
  screen.cameraFault("");
  try {
    decoding ??= createDecoder(addresses);
    await camera.start(id);
    const decode = await decoding;
    watching?.stop();
    watching = watch(video, decode, (text) => sight.isNew(text, Date.now()) && door.take(text));
    screen.camera("on");
    await showChoices();
    await stayAwake();
  } catch (error) {
    camera.stop();
    decoding = error instanceof CameraError ? decoding : null;
    screen.camera("off");
    screen.cameraFault(error instanceof CameraError ? texts[`camera_${error.fault}`] : texts.camera_reader);
  }
}

async function showChoices() {
  const cameras = await camera.choices();
  const options = cameras.map((one, index) => new Option(one.label || fill(texts.camera_n, { n: index + 1 }), one.id));
  part("cameras").replaceChildren(...options);
  part("cameras").value = camera.currentId();
  part("cameras-field").hidden = cameras.length < 2;
  part("torch").hidden = !camera.hasTorch();
}

/** The screen stays on while the page is in view; where the browser cannot, the phone's own setting rules. */
async function stayAwake() {
  await navigator.wakeLock?.request("screen").catch(() => {});
}

part("start").addEventListener("click", () => {
  signals.allow();
  navigator.storage?.persist?.();
  startCamera();
});
part("cameras").addEventListener("change", (event) => startCamera(event.target.value));
part("torch").addEventListener("click", ({ currentTarget }) => camera.setTorch(toggled(currentTarget)));
part("sound").addEventListener("click", ({ currentTarget }) => {
  signals.allow();
  signals.setSound(toggled(currentTarget));
});

/** Turn a pressed button off and the other way round; whether it is on now. @param {HTMLElement} button */
function toggled(button) {
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(on));
  return on;
}

// --- Typed codes, gates, light --------------------------------------------------------------------------------------

form.addEventListener("submit", (event) => {
  event.preventDefault();
  signals.allow();
  const field = form.elements.text;
  const code = readCode(field.value);
  const fault = part("typed-fault");
  const length = typedLength(field.value);
  fault.textContent = code ? "" : length === LENGTH ? texts.typed_strange : fill(texts.typed_length, { n: length });
  fault.hidden = Boolean(code);
  field.toggleAttribute("aria-invalid", !code);
  if (!code) return field.focus();
  field.value = "";
  door.take(code);
});

const remembered = `torget-door-gate-${settings.event}`;
gate.addEventListener("change", () => localStorage.setItem(remembered, gate.value));
if ([...gate.options].some((option) => option.value === localStorage.getItem(remembered))) {
  gate.value = localStorage.getItem(remembered);
}

part("light").addEventListener("click", () => {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  localStorage.setItem("torget-door-theme", root.dataset.theme);
});
document.documentElement.dataset.theme = localStorage.getItem("torget-door-theme") ?? "dark";

// --- The count, and coming back -------------------------------------------------------------------------------------

setInterval(() => {
  // Quiet when it fails: the count is a comfort, not a duty.
  if (!document.hidden) api.count().then(screen.count, () => {});
}, COUNT_EVERY);

addEventListener("online", door.retry);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  door.retry();
  if (camera.isOn()) stayAwake();
  else if (part("stage").dataset.camera === "on") startCamera(part("cameras").value);
});
addEventListener("beforeunload", (event) => {
  if (door.waiting() && !store.lasting) event.preventDefault();
});

await door.resume();
document.documentElement.dataset.ready = "true";
