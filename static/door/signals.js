/** What the guard hears and feels, a different one for each tone. */

/** Pitch, after how many seconds, how long. */
const NOTES = {
  good: [
    [880, 0, 0.09],
    [1320, 0.09, 0.16],
  ],
  mind: [
    [520, 0, 0.14],
    [520, 0.22, 0.14],
  ],
  stop: [[180, 0, 0.55]],
  wait: [[660, 0, 0.06]],
};
const SHAKES = { good: [70], mind: [90, 70, 90], stop: [450], wait: [30] };

/** @typedef {ReturnType<typeof createSignals>} Signals */
export function createSignals() {
  /** @type {AudioContext|null} */
  let audio = null;
  let sounding = true;
  return {
    /** Browsers give sound only after a touch; call it in one. */
    allow() {
      const Context = globalThis.AudioContext ?? globalThis.webkitAudioContext;
      if (Context) audio ??= new Context();
      if (audio?.state !== "running") audio?.resume().catch(() => {});
    },

    /** @param {boolean} on */
    setSound: (on) => (sounding = on),

    /** @param {keyof NOTES} tone */
    give(tone) {
      // A page that has not been touched may not shake the phone, and some browsers complain.
      if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(SHAKES[tone]);
      if (audio?.state !== "running" || !sounding) return;
      for (const [pitch, after, length] of NOTES[tone]) {
        const start = audio.currentTime + after;
        const source = audio.createOscillator();
        const volume = audio.createGain();
        source.type = tone === "stop" ? "sawtooth" : "sine";
        source.frequency.value = pitch;
        volume.gain.setValueAtTime(0.0001, start);
        volume.gain.exponentialRampToValueAtTime(0.4, start + 0.015);
        volume.gain.exponentialRampToValueAtTime(0.0001, start + length);
        source.connect(volume).connect(audio.destination);
        source.start(start);
        source.stop(start + length);
        // Two thousand scans leave no sounds behind.
        source.onended = () => volume.disconnect();
      }
    },
  };
}
