/** The sheet of what the guard may choose: light, sound, camera, practice; how the phone is; taking the queue along; leaving. */

import { recall, remember } from "./remembered.js";

const SURE_WITHIN = 6000;

/**
 * @param {{
 *   page: import("./page.js").Page, signals: import("./signals.js").Signals, scanning: import("./scanning.js").Scanning,
 *   state: () => import("./sync.js").SyncState, door: () => import("./verdict.js").Door|null, age: (ms: number) => string,
 *   version: string, practice: {isOn: () => boolean, set: (on: boolean) => void},
 *   unsent: () => number, exported: () => boolean, openExport: () => void, leave: () => void,
 * }} parts
 */
export function createSettings({
  page,
  signals,
  scanning,
  state,
  door,
  age,
  version,
  practice,
  unsent,
  exported,
  openExport,
  leave,
}) {
  const { part, say } = page;
  let sure = 0;

  function setTheme(theme) {
    page.root.documentElement.dataset.theme = theme;
    page.root.querySelector("meta[name=theme-color]").content = theme === "dark" ? "#0f1714" : "#f7f3ea";
    for (const button of page.root.querySelectorAll("[data-theme-choice]")) {
      page.press(button, button.dataset.themeChoice === theme);
    }
    part("light").replaceChildren(page.icon(theme === "dark" ? "sun" : "moon"));
    remember("theme", theme);
  }

  const theme = () => page.root.documentElement.dataset.theme;
  part("light").addEventListener("click", () => setTheme(theme() === "dark" ? "light" : "dark"));
  for (const button of page.root.querySelectorAll("[data-theme-choice]")) {
    button.addEventListener("click", () => setTheme(button.dataset.themeChoice));
  }
  setTheme(recall("theme") === "light" ? "light" : "dark");

  const sound = part("set-sound");
  sound.checked = recall("sound") !== "off";
  signals.setSound(sound.checked);
  sound.addEventListener("change", () => {
    signals.allow();
    signals.setSound(sound.checked);
    remember("sound", sound.checked ? "on" : "off");
    signals.give("good");
  });

  part("cameras").addEventListener("change", ({ target }) => scanning.choose(target.value));
  part("flip").addEventListener("click", () => scanning.flip());
  part("torch").addEventListener("click", ({ currentTarget }) => {
    const on = currentTarget.getAttribute("aria-pressed") !== "true";
    page.press(currentTarget, on);
    scanning.camera.setTorch(on);
  });
  part("zoom").addEventListener("input", ({ target }) => scanning.camera.setZoom(Number(target.value)));

  part("set-practice").addEventListener("click", () => {
    page.closeSheets();
    practice.set(!practice.isOn());
  });
  part("practice-end").addEventListener("click", () => practice.set(false));
  part("set-export").addEventListener("click", openExport);

  /** Twice, so that no thumb leaves by mistake; and never with records that nobody has taken along. */
  part("leave").addEventListener("click", () => {
    if (unsent() && !exported()) {
      page.tell("leave-fault", say("leave_unsent", { n: unsent() }));
      return;
    }
    if (Date.now() - sure < SURE_WITHIN) return leave();
    sure = Date.now();
    part("leave").querySelector("span").textContent = say("leave_sure");
  });

  function drawLeave() {
    sure = 0;
    part("leave").querySelector("span").textContent = say("leave");
    page.tell("leave-fault", "");
  }

  async function drawAbout() {
    const { device, listVersion, listAge, clock } = state();
    part("about-name").textContent = device?.name ?? "–";
    part("about-gate").textContent = device?.gate.name ?? "–";
    part("about-event").textContent = page.titleOf(door()?.event) || "–";
    part("about-until").textContent = device ? page.moment(device.ends_at) : "–";
    part("about-list").textContent =
      listVersion === null ? say("list_none") : say("list", { age: age(listAge), version: listVersion });
    part("about-clock").textContent = clock
      ? say("clock", { seconds: page.number(Math.round(clock.offset / 100) / 10) })
      : say("clock_unknown");
    part("about-version").textContent = version;
    part("set-practice-text").textContent = say(practice.isOn() ? "practice_end" : "practise");
    // At a kiosk anybody may open this: it is the desk that takes the kiosk away.
    const own = device?.role !== "kiosk";
    part("leave").hidden = !device || !own;
    part("set-practice").hidden = !own;
    part("set-export").hidden = !unsent();
    const persisted = await navigator.storage?.persisted?.().catch(() => false);
    part("about-kept").textContent = say(persisted ? "kept_yes" : "kept_no");
  }

  page.sheet("settings").addEventListener("opening", () => {
    drawLeave();
    drawAbout();
  });
  page.drawn(() => {
    drawLeave();
    drawAbout();
  });

  return {
    /** What this camera can, now that it is on. */
    async cameraIsOn() {
      const { camera } = scanning;
      const cameras = await camera.choices();
      const named = (one, index) => one.label || say("camera_n", { n: index + 1 });
      part("cameras").replaceChildren(...cameras.map((one, index) => new Option(named(one, index), one.id)));
      part("cameras").value = camera.currentId();
      part("cameras-field").hidden = cameras.length < 2;
      part("flip").hidden = cameras.length < 2;
      part("torch").hidden = !camera.hasTorch();
      page.press(part("torch"), false);
      const zoom = camera.zoom();
      part("zoom-field").hidden = !zoom;
      if (zoom) Object.assign(part("zoom"), { min: zoom.min, max: zoom.max, step: zoom.step, value: zoom.now });
    },
  };
}
