/**
 * The desk's names on the phone, for searching without a network: under a PIN, forgotten after ten wrong ones, locked
 * again when nobody has used them for a while and with every start.
 *
 * @typedef {import("./api.js").Found} Found
 * @typedef {ReturnType<typeof createNames>} Names
 */

export const SHORTEST_PIN = 6;
export const TRIES = 10;
const IDLE = 5 * 60_000;
const TRIES_KEPT = "pinTries";

/**
 * @param {{
 *   store: import("./store.js").Store, api: Pick<import("./api.js").Api, "names">,
 *   seals: Pick<typeof import("./seal.js"), "sealWithPin"|"openWithPin">, now: () => number,
 * }} parts `now`: a steady clock
 */
export function createNames({ store, api, seals, now }) {
  /** @type {Found[]|null} */
  let names = null;
  let version = -1;
  let pin = "";
  let usedAt = 0;
  let fetching = null;

  function lock() {
    names = null;
    pin = "";
    version = -1;
  }

  const isOpen = () => {
    if (pin && now() - usedAt > IDLE) lock();
    return Boolean(pin);
  };

  async function keep() {
    await store.setNames({ version, sealed: await seals.sealWithPin(pin, names, await store.deviceKey()) });
  }

  /** Fetch them when the list has moved on. Quiet without a network: those that are there must do. @param {number|null} latest */
  function freshen(latest) {
    if (!isOpen() || (latest !== null && latest === version)) return null;
    fetching ??= (async () => {
      try {
        const answer = await api.names();
        if (!pin) return;
        [names, version] = [answer.names, answer.version];
        await keep();
      } catch {
        // The next search tries again.
      } finally {
        fetching = null;
      }
    })();
    return fetching;
  }

  return {
    isOpen,
    lock,
    use: () => (usedAt = now()),
    hasPin: async () => Boolean(await store.names()),
    /** @returns {Promise<number>} how many wrong ones are left */
    triesLeft: async () => TRIES - ((await store.settings())[TRIES_KEPT] ?? 0),

    /** At first use. @param {string} chosen @param {number|null} latest the list's version */
    async choose(chosen, latest) {
      [pin, names, version, usedAt] = [chosen, [], -1, now()];
      await store.setSetting(TRIES_KEPT, 0);
      await keep();
      await freshen(latest);
    },

    /** @param {string} tried @returns {Promise<"open"|"wrong"|"erased">} */
    async unlock(tried) {
      const kept = await store.names();
      const wrong = ((await store.settings())[TRIES_KEPT] ?? 0) + 1;
      // Counted before it is tried: pulling the plug in between does not give another try.
      await store.setSetting(TRIES_KEPT, wrong);
      const opened = kept ? await seals.openWithPin(tried, kept.sealed, await store.deviceKey()) : null;
      if (opened) {
        [pin, names, version, usedAt] = [tried, opened, kept.version, now()];
        await store.setSetting(TRIES_KEPT, 0);
        return "open";
      }
      if (wrong < TRIES) return "wrong";
      await store.setNames(null);
      await store.setSetting(TRIES_KEPT, 0);
      lock();
      return "erased";
    },

    freshen,
    /** @returns {Found[]} empty while locked */
    all: () => (isOpen() ? (names ?? []) : []),

    /** One ticket has changed. @param {Found} found */
    replace(found) {
      if (names) names = names.map((one) => (one.handle === found.handle ? found : one));
    },
  };
}
