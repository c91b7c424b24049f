/** The worker: takes frames of the camera or pictures, answers each with the text that it read or null. */

import { createGrabber } from "./grabber.js";
import { prepare, read } from "./reader.js";

const grab = grabberOfOurOwn();

self.onmessage = async ({ data }) => {
  const { id } = data;
  try {
    if (data.address) {
      await prepare(data.address);
      self.postMessage({ id, takesFrames: Boolean(grab) });
    } else {
      self.postMessage({ id, text: await read(data.frame ? pictureOf(data.frame) : given(data)) });
    }
  } catch (error) {
    self.postMessage({ id, error: String(error) });
  }
};

/** @param {VideoFrame} frame given back at once: a camera has few of them */
function pictureOf(frame) {
  try {
    return grab(frame, frame.displayWidth, frame.displayHeight);
  } finally {
    frame.close();
  }
}

function given({ pixels, width }) {
  return new ImageData(new Uint8ClampedArray(pixels), width);
}

/** Where the browser lets a worker draw; elsewhere the page sends pixels. */
function grabberOfOurOwn() {
  try {
    return typeof VideoFrame === "function" ? createGrabber(new OffscreenCanvas(1, 1)) : null;
  } catch {
    return null;
  }
}
