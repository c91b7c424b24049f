/**
 * Looks for a code in the video's frames, off the page's thread where the browser can.
 *
 * @typedef {((picture: ImageData|VideoFrame) => Promise<string|null>) & {takesFrames?: boolean}} Decoder
 *   Whatever it is given is its own from then on.
 * @typedef {{seenAt: number, decodeMs: number}} Timing
 *   when the camera took the frame, by performance.now(), and how long it took from having it to knowing what it says
 */

import { createGrabber } from "./grabber.js";

// Where the browser does not tell of frames, and where it forgets to.
const PAUSE = 60;
const LONG_SILENCE = 400;

/** @param {{worker: string, wasm: string}} addresses @returns {Promise<Decoder>} */
export async function createDecoder(addresses) {
  try {
    return await inWorker(addresses);
  } catch {
    const reader = await import("./reader.js");
    await reader.prepare(addresses.wasm);
    return (picture) => reader.read(picture);
  }
}

/** @returns {Promise<Decoder>} */
async function inWorker(addresses) {
  const worker = new Worker(addresses.worker, { type: "module" });
  /** @type {Map<number, {resolve: Function, reject: Function}>} what has been asked and not answered */
  const asked = new Map();
  let last = 0;
  worker.onmessage = ({ data }) => {
    const { resolve, reject } = asked.get(data.id) ?? {};
    asked.delete(data.id);
    if (data.error) reject?.(new Error(data.error));
    else resolve?.(data);
  };
  worker.onerror = () => {
    for (const { reject } of asked.values()) reject(new Error("the worker does not run"));
    asked.clear();
  };
  const ask = (message, given = []) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      asked.set(id, { resolve, reject });
      worker.postMessage({ ...message, id }, given);
    });

  const { takesFrames } = await ask({ address: new URL(addresses.wasm, location.href).href });
  const decode = async (picture) => {
    if (!(picture instanceof ImageData)) return (await ask({ frame: picture }, [picture])).text;
    const pixels = picture.data.buffer;
    return (await ask({ pixels, width: picture.width }, [pixels])).text;
  };
  return Object.assign(decode, { takesFrames });
}

/**
 * Read one frame after the other until `stop()`, always the newest there is and never two at once; `found` is called with
 * every text that is read, each time, and `onFrame` after every frame.
 * @param {HTMLVideoElement} video @param {Decoder} decode
 * @param {(text: string, timing: Timing) => void} found
 * @param {{onFrame?: (timing: Timing & {text: string|null}) => void}} [listeners]
 */
export function watch(video, decode, found, { onFrame } = {}) {
  const frames = framesOf(video);
  const grab = createGrabber(document.createElement("canvas"));
  let takesFrames = Boolean(decode.takesFrames);
  let watching = true;

  function picture() {
    if (takesFrames) {
      try {
        return new VideoFrame(video);
      } catch {
        takesFrames = false;
      }
    }
    return grab(video, video.videoWidth, video.videoHeight);
  }

  (async () => {
    while (watching) {
      const seenAt = await frames.next();
      if (!watching || document.hidden || !video.videoWidth) continue;
      const start = performance.now();
      try {
        const text = await decode(picture());
        const timing = { seenAt, decodeMs: performance.now() - start };
        if (!watching) break;
        if (text) found(text, timing);
        onFrame?.({ ...timing, text });
      } catch (error) {
        // One frame that cannot be read is nothing; the next comes at once, and as pixels, which every browser can send.
        takesFrames = false;
        console.warn("frame", error);
      }
    }
  })();

  return {
    stop() {
      watching = false;
      frames.stop();
    },
  };
}

/**
 * When the newest frame was taken, once for each: at once if one has come since the last was asked for.
 * @param {HTMLVideoElement} video
 * @returns {{next: () => Promise<number>, stop: () => void}}
 */
function framesOf(video) {
  const tells = "requestVideoFrameCallback" in HTMLVideoElement.prototype;
  let newest = null;
  let wake = null;
  let heardAt = 0;
  let callback = 0;

  function come(seenAt) {
    heardAt = performance.now();
    newest = seenAt;
    wake?.();
  }

  function told(now, { captureTime, presentationTime }) {
    callback = video.requestVideoFrameCallback(told);
    come(Math.min(now, captureTime ?? presentationTime));
  }

  // No frames are told of while the page is hidden, and in some browsers after it was; the timer goes on.
  const timer = setInterval(
    () => {
      if (!tells || performance.now() - heardAt > LONG_SILENCE) come(performance.now());
    },
    tells ? LONG_SILENCE : PAUSE,
  );
  if (tells) callback = video.requestVideoFrameCallback(told);

  return {
    async next() {
      if (newest === null) await new Promise((resolve) => (wake = resolve));
      const seenAt = newest;
      newest = wake = null;
      return seenAt;
    },
    stop() {
      clearInterval(timer);
      if (tells) video.cancelVideoFrameCallback(callback);
      come(performance.now());
    },
  };
}
