/**
 * From the camera's picture to a text: starts and stops the camera, reads its frames, lets each code through once while
 * it stays in view, keeps the screen awake.
 *
 * @typedef {{seenAt: number, decodeMs: number}} Timing performance.now milliseconds
 * @typedef {ReturnType<typeof createScanning>} Scanning
 */

import { CameraError, createCamera } from "./camera.js";
import { createSight, readCode } from "./codes.js";
import { createDecoder, watch } from "./decode.js";
import { recall, remember } from "./remembered.js";

const AWAY_BEFORE_AGAIN = 2500;
// A phone that stands still for a while has not seen the code leave: no frame counts for more than this.
const LONGEST_LOOK = 500;

/**
 * @param {{
 *   video: HTMLVideoElement, addresses: Record<string, string>, paused: () => boolean,
 *   onText: (text: string, timing: Timing) => void, onState: (state: "off"|"starting"|"on", fault?: string) => void,
 *   facing?: "environment"|"user", remembers?: boolean,
 * }} parts `onState`'s fault is a camera's fault, or "reader" when the code reader does not start
 */
export function createScanning({
  video,
  addresses,
  paused,
  onText,
  onState,
  facing = "environment",
  remembers = true,
}) {
  const sight = createSight(AWAY_BEFORE_AGAIN);
  const camera = createCamera(video, { onEnd: () => wanted && !document.hidden && start() });
  let decoding = null;
  let watching = null;
  let wanted = false;
  let starting = null;
  let last = "";
  /** For how long frames have been looked at, in milliseconds; and when the last one was. */
  let looked = 0;
  let lookedAt = 0;
  /** @type {import("./camera.js").Which} */
  let which = { id: (remembers && recall("camera")) || undefined, facing };
  let lock = null;

  function look() {
    const now = performance.now();
    looked += Math.min(now - lookedAt, LONGEST_LOOK);
    lookedAt = now;
  }

  /** Nothing is looked at for a while: who comes then, comes anew. */
  function lookAway() {
    looked += AWAY_BEFORE_AGAIN + 1;
  }

  function found(text, timing = {}) {
    look();
    const key = readCode(text) ?? text;
    // While nothing is taken, only the code that is still there from before stays known.
    if (paused() && key !== last) return;
    if (!sight.isNew(text, looked) || paused()) return;
    last = key;
    onText(text, { seenAt: timing.seenAt ?? performance.now(), decodeMs: timing.decodeMs ?? 0 });
  }

  function start() {
    wanted = true;
    starting ??= open().finally(() => (starting = null));
    return starting;
  }

  async function open() {
    onState("starting");
    try {
      decoding ??= createDecoder(addresses);
      await camera.start(which);
      const decode = await decoding;
      watching?.stop();
      watching = watch(video, decode, found, { onFrame: look });
      lookAway();
      if (!wanted) return stop();
      onState("on");
      await stayAwake();
    } catch (error) {
      camera.stop();
      if (!(error instanceof CameraError)) decoding = null;
      onState("off", error instanceof CameraError ? error.fault : "reader");
    }
  }

  function stop() {
    wanted = false;
    watching?.stop();
    watching = null;
    camera.stop();
    lock?.release().catch(() => {});
    lock = null;
    onState("off");
  }

  /** The screen stays on while the page is in view; where the browser cannot, the phone's own setting rules. */
  async function stayAwake() {
    if (!wanted || document.hidden || (lock && !lock.released)) return;
    lock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) lookAway();
    if (document.hidden || !wanted) return;
    if (camera.isOn()) stayAwake();
    else start();
  });

  return {
    start,
    stop,
    camera,
    isWanted: () => wanted,

    /** @param {string} id */
    choose(id) {
      which = { id };
      if (remembers) remember("camera", id);
      return start();
    },

    /** The camera on the other side. */
    flip() {
      which = { facing: (camera.facing() ?? which.facing) === "user" ? "environment" : "user" };
      if (remembers) remember("camera", "");
      return start();
    },
  };
}
