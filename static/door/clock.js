/**
 * The true time, whatever the phone's own clock says.
 *
 * Each contact with the server is a measure: the server's `now` lies between sending and receiving, so the offset is
 * known within half the time between. From then on a steady clock (performance.now) counts, so that nobody who changes
 * the phone's clock changes the time at the door. After a reload the last offset on the phone's clock must do.
 *
 * A steady clock may stand still while the phone sleeps. A page that is asleep is hidden first: what the phone's clock
 * gained on the steady one in between is taken for sleep; a jump while the page is in view is somebody changing the
 * clock.
 *
 * @typedef {{offset: number, error: number}} Measured milliseconds: true time minus the phone's clock, give or take
 * @typedef {{device_at: string, clock_offset_ms: number|null, clock_error_ms: number|null, at: number}} Stamp
 *   `device_at + clock_offset_ms` is the true time `at`; no offset where none was ever measured
 * @typedef {ReturnType<typeof createClock>} Clock
 */

// A phone's crystal is off by less than 100 parts in a million: after an hour, by less than 0.4 seconds.
const DRIFT = 1e-4;
export const JUMP = 2000;

/**
 * @param {{raw: () => number, steady: () => number, stored?: Measured|null, onJump?: (ms: number) => void}} parts
 *   `raw` is the phone's clock (Date.now), `steady` one that nobody can set (performance.now)
 */
export function createClock({ raw, steady, stored = null, onJump = () => {} }) {
  /** @type {{lag: number, error: number, at: number}|null} true time minus steady time, measured at this steady time */
  let best = null;
  let slept = 0;
  /** @type {{raw: number, steady: number}|null} */
  let hiddenSince = null;
  let gap = raw() - steady();

  const ticks = () => steady() + slept;
  const errorOf = (measure) => measure.error + (ticks() - measure.at) * DRIFT;

  /** Whether the phone's clock has been set since the last look; by how much. */
  function look() {
    const now = raw() - ticks();
    const jump = now - gap;
    gap = now;
    if (Math.abs(jump) < JUMP || hiddenSince) return 0;
    onJump(Math.round(jump));
    return Math.round(jump);
  }

  /** @returns {Measured|null} on the phone's clock as it stands now */
  function measured() {
    if (!best) return stored;
    return { offset: Math.round(best.lag + ticks() - raw()), error: Math.ceil(errorOf(best)) };
  }

  const now = () => (best ? best.lag + ticks() : raw() + (stored?.offset ?? 0));

  return {
    /** Before a request. @returns {number} */
    begin: ticks,

    /**
     * The answer to it has come. @param {number} sent what `begin` gave @param {string|undefined} serverNow ISO 8601
     * @param {number} [received] when, if not now
     */
    end(sent, serverNow, received = ticks()) {
      const server = Date.parse(serverNow ?? "");
      if (!Number.isFinite(server) || received < sent) return;
      look();
      const measure = { lag: server - (sent + received) / 2, error: (received - sent) / 2, at: received };
      // A measure that the best one rules out says that the best one was wrong: a sleep that was none, a server set
      // right.
      const apart = best ? Math.abs(measure.lag - best.lag) : 0;
      if (!best || measure.error <= errorOf(best) || apart > measure.error + errorOf(best) + 1) best = measure;
    },

    /** True time, milliseconds. */
    now: () => Math.round(now()),

    /** A steady time for waiting and for ages. */
    steady: ticks,

    measured,

    /** @returns {Stamp} */
    stamp() {
      look();
      const device = raw();
      const known = measured();
      return {
        device_at: new Date(device).toISOString(),
        clock_offset_ms: known ? known.offset : null,
        clock_error_ms: known ? known.error : null,
        at: device + (known?.offset ?? 0),
      };
    },

    look,

    /** The page is hidden: the phone may fall asleep. */
    hidden() {
      look();
      hiddenSince = { raw: raw(), steady: steady() };
    },

    /** The page is in view again. */
    visible() {
      if (!hiddenSince) return;
      const gained = raw() - hiddenSince.raw - (steady() - hiddenSince.steady);
      hiddenSince = null;
      if (gained >= JUMP) {
        slept += gained;
        gap = raw() - ticks();
      }
      look();
    },
  };
}
