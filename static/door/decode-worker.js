/** The worker: takes frames, answers with the text that it read or null. */

import { prepare, read } from "./reader.js";

self.onmessage = async ({ data }) => {
  try {
    if (data.address) {
      await prepare(data.address);
      self.postMessage({ ready: true });
    } else {
      self.postMessage({ text: await read(new ImageData(new Uint8ClampedArray(data.pixels), data.width)) });
    }
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
