/**
 * Looks for a code in the video's frames, off the page's thread where the browser can.
 *
 * @typedef {(picture: ImageData) => Promise<string|null>} Decoder
 */

// Wider frames cost time and read no better at arm's length.
const LONGEST_SIDE = 800;
const PAUSE = 60;

/** @param {{worker: string, wasm: string}} addresses @returns {Promise<Decoder>} */
export async function createDecoder(addresses) {
  try {
    return await inWorker(addresses);
  } catch {
    const reader = await import("./reader.js");
    await reader.prepare(addresses.wasm);
    return reader.read;
  }
}

/** @returns {Promise<Decoder>} */
async function inWorker(addresses) {
  const worker = new Worker(addresses.worker, { type: "module" });
  const ask = (message, given = []) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
      worker.onerror = () => reject(new Error("the worker does not start"));
      worker.postMessage(message, given);
    });
  await ask({ address: new URL(addresses.wasm, location.href).href });
  return async (picture) => {
    const pixels = picture.data.buffer;
    return (await ask({ pixels, width: picture.width }, [pixels])).text;
  };
}

/**
 * Read one frame after the other until `stop()`; `found` is called with every text that is read, each time.
 * @param {HTMLVideoElement} video @param {Decoder} decode @param {(text: string) => void} found
 */
export function watch(video, decode, found) {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let watching = true;

  const nextFrame = () =>
    new Promise((resolve) => {
      // Frames stop coming while the page is hidden; the timer sees to it that the loop does not.
      const timer = setTimeout(resolve, 400);
      const go = () => {
        clearTimeout(timer);
        resolve();
      };
      if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(go);
      else setTimeout(go, PAUSE);
    });

  function picture() {
    const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight));
    const width = Math.round(video.videoWidth * scale);
    const height = Math.round(video.videoHeight * scale);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  }

  (async () => {
    while (watching) {
      await nextFrame();
      if (!watching || document.hidden || !video.videoWidth) continue;
      try {
        const text = await decode(picture());
        if (text && watching) found(text);
      } catch (error) {
        // One frame that cannot be read is nothing; the next comes at once.
        console.warn("frame", error);
      }
    }
  })();
  return { stop: () => (watching = false) };
}
