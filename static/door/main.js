/** The door's app: puts the parts together. What each of them does stands in its own file. */

import { createApi } from "./api.js";
import { printBadge } from "./badge.js";
import { createBook } from "./book.js";
import { createClock } from "./clock.js";
import { createDesk } from "./desk.js";
import { createDoor } from "./door.js";
import { createExportSheet } from "./export-sheet.js";
import { createInstall, resume } from "./install.js";
import { createKiosk } from "./kiosk.js";
import { createNames } from "./names.js";
import { createPage } from "./page.js";
import { pair, secretOf } from "./pairing.js";
import { createPanel } from "./panel.js";
import { createPracticeMode } from "./practice-mode.js";
import { newNonce } from "./records.js";
import { createScanning } from "./scanning.js";
import { createScreen } from "./screen.js";
import * as seals from "./seal.js";
import { createSettings } from "./settings.js";
import { createSignals } from "./signals.js";
import { seenOf } from "./standing.js";
import { openStore } from "./store.js";
import { createSync } from "./sync.js";
import { createTabs } from "./tabs.js";
import { createTyped } from "./typed.js";
import { createWalkIn } from "./walk-in.js";
import { createWelcome } from "./welcome.js";
import { verdictWords } from "./words.js";

const ENDS = new Set(["revoked", "expired", "unknown"]);
const TAKE_OVER = "torget-door-take-over";

/** The desk's secret leaves the address bar before anything else: no history and no screenshot shows it. */
function takeSecret() {
  const secret = secretOf(location.hash);
  if (secret) history.replaceState(null, "", location.pathname);
  return secret;
}

let secret = takeSecret();
/** @type {import("./page.js").Settings} */
const settings = JSON.parse(document.getElementById("door-settings").textContent);
const page = createPage(document, settings);
const { part, say } = page;
const signals = createSignals();
page.fillAll();

// --- The phone's own ------------------------------------------------------------------------------------------------

const store = await openStore({ onBlocked: () => page.tell("trouble", say("trouble_blocked")) });
const clock = createClock({
  raw: Date.now,
  steady: () => performance.now(),
  stored: (await store.device()).clock ?? null,
});
const book = createBook({ store, clock, seals });
const api = createApi({ token: () => book.token(), clock });
let battery = null;
navigator.getBattery?.().then(
  (found) => (battery = found),
  () => {},
);

const sync = createSync({
  api,
  book,
  clock,
  later: setTimeout,
  cancel: clearTimeout,
  chance: Math.random,
  battery: () => (battery ? Math.round(battery.level * 100) : null),
  app: settings.version,
  onState: changed,
  onError: (error) => console.warn("sync", error),
});

const door = createDoor({
  book,
  clock,
  seals,
  newNonce,
  // Each caller shows what it is answered.
  onVerdict: () => {},
  onRecord: () => {
    lastScanAt = performance.now();
    // The verdict first; everything else after it.
    setTimeout(() => {
      changed(sync.state());
      sync.poke();
    });
  },
  practising: () => practice.isOn(),
});

// --- What is seen -----------------------------------------------------------------------------------------------------

let direction = "in";
let lastScanAt = -Infinity;

const wordsOf = ({ verdict, facts }) =>
  verdictWords(verdict, facts, page.texts(), (value) => page.moment(value, clock.now()), page.language());

const screen = createScreen(page, { undo, door: () => book.door() });
const panel = createPanel({ page, signals, correct });
const names = createNames({ store, api, seals, now: () => performance.now() });

/**
 * Show what the door answered.
 * @param {any} shown Shown, or why not @param {{timing?: object, overrule?: any, badge?: any}} [more]
 */
function present(shown, { timing, overrule = null, badge = null } = {}) {
  if (shown.refused) return shown;
  const again = (reason, heads) => door.overrule(shown.nonce, reason, heads).then(present);
  const atDesk =
    book.device()?.role === "desk" &&
    !shown.practice &&
    shown.handle &&
    shown.entry?.kind !== "c" &&
    shown.verdict.letsIn;
  panel.show(shown, {
    words: wordsOf(shown),
    timing,
    overrule: shown.can.overrule ? again : overrule,
    badge: badge ?? (atDesk ? () => print(shown.handle).catch(() => page.announce(say("desk_network"))) : null),
  });
  if (shown.nonce) screen.list(shown, () => wordsOf(shown));
  return shown;
}

const take = async (text, timing) => present(await door.take(text, { direction }), { timing });

async function correct(nonce, heads, reason) {
  const answer = await door.correct(nonce, heads, reason);
  if (answer.refused) page.announce(say(`refused_${answer.refused}`));
  else {
    screen.list(answer, () => wordsOf(answer));
    page.announce(say("heads_kept", { n: heads }));
  }
  return answer;
}

async function undo(nonce) {
  const answer = await door.undo(nonce);
  if (answer.refused) return;
  screen.list(answer, () => wordsOf(answer));
  signals.give("wait");
  page.announce([wordsOf(answer).title, answer.entry?.name].filter(Boolean).join(". "));
  // The button that was touched is gone.
  (page.sheet("recent").open
    ? page.sheet("recent").querySelector("h2")
    : page.root.querySelector("[data-view=scan] h1")
  ).focus();
}

const print = async (handle) => printBadge(page, await api.badge(handle));

const scanning = createScanning({
  video: part("video"),
  addresses: settings.addresses,
  paused: () => page.viewNow() !== "scan" || page.hasSheet() || panel.isBusy(),
  onText: take,
  onState(camera, fault) {
    screen.camera(camera, fault);
    if (camera === "on") sheet.cameraIsOn();
  },
});

const practice = createPracticeMode({
  page,
  take: (code) => take(code),
  onChange(on) {
    panel.hide();
    screen.forgetPractice();
    screen.state(sync.state());
    if (on) scan();
    else if (!book.device()) home();
  },
});

const exportSheet = createExportSheet({
  page,
  unsent: () => book.unsent(),
  about: async () => {
    // After its end the phone knows no door any more, but which box it may use.
    const kept = (await store.settings()).lastDoor ?? null;
    return book.door() ? { door: book.door(), device: book.device() } : kept;
  },
});

const sheet = createSettings({
  page,
  signals,
  scanning,
  state: sync.state,
  door: () => book.door(),
  age: screen.age,
  version: settings.version,
  practice,
  unsent: () => book.unsent().length,
  exported: exportSheet.isTaken,
  openExport: exportSheet.open,
  leave: () => end("left"),
});

const welcome = createWelcome({
  page,
  addresses: settings.addresses,
  pair: async (given) => {
    await pair({ api, book, store, secret: given });
    await rememberDoor();
  },
  onPaired: () => {
    desk.lock();
    home();
    sync.start();
  },
  onBegin: begin,
  door: () => book.door(),
  device: () => book.device(),
});
part("practise").addEventListener("click", () => practice.set(true));
for (const name of ["ended-export", "export-left"]) part(name).addEventListener("click", exportSheet.open);

createTyped({ page, take });

const desk = createDesk({
  page,
  names,
  api,
  state: sync.state,
  seenOf: ({ handle, kind, inside, came }) => {
    const arrival = book.list()?.arrivals.get(handle) ?? { inside, came, at: null, gate: null };
    return seenOf(arrival, book.own(handle), { onePerson: kind !== "c" });
  },
  letIn: (found) => takeFound(found, "in"),
  letOut: (found) => takeFound(found, "out"),
  badge: print,
});

async function takeFound(found, way) {
  page.closeSheets();
  // The server says when a class is let in; the door's rules go by the wave.
  const wave = book.door()?.waves.find(({ starts_at }) => Date.parse(starts_at) === Date.parse(found.wave))?.id ?? null;
  present(await door.takeHandle(found.handle, { ...found, wave }, { direction: way }));
}

createWalkIn({
  page,
  walkIn: door.walkIn,
  present,
  badge: ({ name, company }) => printBadge(page, { name, company, kind: "v" }),
});

const kiosk = createKiosk({
  page,
  signals,
  addresses: settings.addresses,
  api,
  state: sync.state,
  take: (text) => door.take(text),
  takeHandle: door.takeHandle,
  print: (badge) => printBadge(page, badge),
});

const install = createInstall({
  page,
  address: settings.addresses.serviceWorker,
  scope: settings.addresses.app,
  isWorking: () => ["scan", "kiosk"].includes(page.viewNow()),
  calm: () => {
    const { queue, online } = sync.state();
    const quiet = performance.now() - lastScanAt > 5000 && (!queue || !online);
    return (
      quiet && !panel.isOpen() && !page.hasSheet() && !practice.isOn() && (page.viewNow() !== "kiosk" || kiosk.isCalm())
    );
  },
  onReload: () => ["scan", "kiosk"].includes(page.viewNow()) && resume.mark(),
});

for (const button of document.querySelectorAll("[data-direction]")) {
  button.addEventListener("click", () => {
    direction = button.dataset.direction;
    document.documentElement.dataset.direction = direction;
    for (const each of document.querySelectorAll("[data-direction][aria-pressed]")) page.press(each, each === button);
  });
}
part("start").addEventListener("click", () => {
  signals.allow();
  scanning.start();
});

// --- From one state to the next ------------------------------------------------------------------------------------

let gate = null;

/** @param {import("./sync.js").SyncState} state */
function changed(state) {
  screen.state(state);
  kiosk.state();
  desk.redraw();
  if (ENDS.has(state.trouble) && !state.device && page.viewNow() !== "ended") return end(state.trouble);
  if (!state.device) return;
  for (const each of document.querySelectorAll("[data-role]")) each.hidden = each.dataset.role !== state.device.role;
  if (gate && gate !== state.device.gate.name) page.announce(say("gate_changed", { gate: state.device.gate.name }));
  gate = state.device.gate.name;
}

/** The box of the event that this phone is at: with it the queue can be taken along even when the device has ended. */
async function rememberDoor() {
  const known = book.door();
  if (!known) return;
  await store.setSetting("lastDoor", {
    door: { box: known.box, event: known.event },
    device: { name: book.device()?.name ?? "" },
  });
}

/** @param {string} kind revoked, expired, unknown, or left by the guard's own hand */
async function end(kind) {
  sync.stop();
  page.closeSheets();
  panel.hide();
  scanning.stop();
  kiosk.stop();
  desk.lock();
  if (kind === "left") await book.forget();
  screen.forget();
  gate = null;
  welcome.ended({ kind, left: book.unsent().length });
}

/** Where the app begins: at the touch that starts the camera, or at becoming a device. */
function home() {
  scanning.stop();
  const left = book.device() ? 0 : book.unsent().length;
  part("export-left").hidden = !left;
  part("export-left-text").textContent = say("export_left", { n: left });
  if (book.device()) welcome.paired();
  else welcome.welcome();
}

/** The touch that browsers want for camera, sound and an awake screen. */
function begin() {
  signals.allow();
  navigator.storage?.persist?.().catch(() => {});
  if (book.device()?.role === "kiosk") {
    document.documentElement.requestFullscreen?.().catch(() => {});
    kiosk.start();
  } else scan();
}

function scan() {
  welcome.stop();
  page.view("scan");
  screen.state(sync.state());
  scanning.start();
}

const tabs = createTabs({
  onLost() {
    sync.stop();
    scanning.stop();
    kiosk.stop();
    page.closeSheets();
    page.view("taken");
  },
});
part("take-over").addEventListener("click", () => {
  sessionStorage.setItem(TAKE_OVER, "1");
  location.reload();
});

async function start() {
  if (sessionStorage.getItem(TAKE_OVER)) {
    sessionStorage.removeItem(TAKE_OVER);
    await tabs.steal();
  } else if (!(await tabs.claim())) return page.view("taken");
  await book.load();
  changed(sync.state());
  if (secret) await welcome.become(secret);
  else if (book.device() && resume.take()) begin();
  else home();
  if (book.device()) {
    rememberDoor().catch(() => {});
    sync.start();
  }
}

addEventListener("hashchange", () => {
  secret = takeSecret();
  if (secret && tabs.holds()) welcome.become(secret);
});
addEventListener("online", () => sync.retry());
addEventListener("pointerdown", () => signals.allow());
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return clock.hidden();
  clock.visible();
  if (book.device()) sync.retry();
});
addEventListener("beforeunload", (event) => {
  if (book.unsent().length && !store.lasting) event.preventDefault();
});

await start();
document.documentElement.dataset.ready = "true";
install.start();
