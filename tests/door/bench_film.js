/**
 * Beside the app while a film runs: which frame came when, by the number in its lowest rows (films.py), and how long
 * each step to a verdict took. Evaluated as one expression.
 */
(() => {
  const BITS = 14;
  const SQUARE = 16;
  const video = document.querySelector("[data-part=video]");
  const panel = document.querySelector("[data-part=verdict]");
  const frames = [];
  const verdicts = [];
  const steps = new Map();
  const canvas = new OffscreenCanvas(BITS * SQUARE, SQUARE);
  const context = canvas.getContext("2d", { willReadFrequently: true });

  function numberNow() {
    const top = video.videoHeight - SQUARE;
    context.drawImage(video, 0, top, canvas.width, SQUARE, 0, 0, canvas.width, SQUARE);
    const { data } = context.getImageData(0, SQUARE / 2, canvas.width, 1);
    let number = 0;
    for (let bit = 0; bit < BITS; bit++) if (data[(bit * SQUARE + SQUARE / 2) * 4] > 128) number |= 1 << bit;
    return number;
  }

  function told(now, { captureTime, presentationTime }) {
    video.requestVideoFrameCallback(told);
    frames.push([numberNow(), Math.min(now, captureTime ?? presentationTime)]);
  }
  video.requestVideoFrameCallback(told);

  // The looking up begins with the handle's digest and ends where the record is given to the store.
  const { digest } = SubtleCrypto.prototype;
  let lookingSince = null;
  SubtleCrypto.prototype.digest = function (...given) {
    lookingSince ??= performance.now();
    return digest.apply(this, given);
  };
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...given) {
    if (this.name === "records" && !steps.has(given[0].nonce)) {
      const from = performance.now();
      const step = { lookupMs: from - lookingSince, handle: given[0].handle, keepMs: null };
      lookingSince = null;
      steps.set(given[0].nonce, step);
      this.transaction.addEventListener("complete", () => (step.keepMs = performance.now() - from));
    }
    return put.apply(this, given);
  };

  new MutationObserver(() => {
    const { nonce, outcome, seenAt, shownAt, decodeMs } = panel.dataset;
    if (!shownAt || !steps.has(nonce)) return;
    const times = { seenAt: Number(seenAt), shownAt: Number(shownAt), decodeMs: Number(decodeMs) };
    verdicts.push({ outcome, ...times, ...steps.get(nonce) });
  }).observe(panel, { attributes: true, attributeFilter: ["data-shown-at"] });

  window.measured = () => {
    const [first, last] = [frames[0][1], frames.at(-1)[1]];
    const rate = (frames.length - 1) / ((last - first) / 1000);
    return { frames, verdicts, rate, size: [video.videoWidth, video.videoHeight] };
  };
})();
