/**
 * One door at a time on a phone: two tabs that answer from two memories could let one ticket in twice.
 *
 * Locks fall when a tab dies, however it dies. Where a browser has none, tabs ask each other.
 */

export const NAME = "torget-door";
const ANSWER_WITHIN = 300;

/**
 * @param {{
 *   onLost: () => void,
 *   locks?: LockManager|null,
 *   channel?: BroadcastChannel|null,
 *   later?: (run: () => void, ms: number) => any,
 * }} parts `onLost`: another tab has taken the door; this one must stop
 * @returns {{claim: () => Promise<boolean>, steal: () => Promise<void>, release: () => void, holds: () => boolean}}
 *   `claim`: take the door if no other tab has it; `steal`: take it in any case
 */
export function createTabs({
  onLost,
  locks = globalThis.navigator?.locks,
  channel = newChannel(),
  later = setTimeout,
}) {
  return locks ? withLocks(locks, onLost) : withChannel(channel, onLost, later);
}

function newChannel() {
  // With locks nobody needs to be asked, and an open channel keeps a page from being put aside.
  return globalThis.navigator?.locks || !globalThis.BroadcastChannel ? null : new BroadcastChannel(NAME);
}

function withLocks(locks, onLost) {
  let release = null;

  function take(options) {
    return new Promise((resolve, reject) => {
      let mine = null;
      const held = locks.request(NAME, options, (lock) => {
        if (!lock) return resolve(false);
        const until = new Promise((end) => (mine = end));
        release = mine;
        resolve(true);
        return until;
      });
      held.catch((error) => {
        // A lock that is taken from us ends with an AbortError.
        if (mine && release === mine) {
          release = null;
          onLost();
        } else if (!mine) reject(error);
      });
    });
  }

  return {
    claim: async () => release !== null || take({ ifAvailable: true }),
    steal: async () => void (release !== null || (await take({ steal: true }))),
    release() {
      release?.();
      release = null;
    },
    holds: () => release !== null,
  };
}

function withChannel(channel, onLost, later) {
  let holding = false;
  let answered = false;
  channel?.addEventListener("message", ({ data }) => {
    if (data === "who" && holding) channel.postMessage("me");
    if (data === "me") answered = true;
    if (data === "mine" && holding) {
      holding = false;
      onLost();
    }
  });
  return {
    async claim() {
      if (holding || !channel) return (holding = true);
      answered = false;
      channel.postMessage("who");
      await new Promise((resolve) => later(resolve, ANSWER_WITHIN));
      holding = !answered;
      return holding;
    },
    async steal() {
      channel?.postMessage("mine");
      holding = true;
    },
    release: () => void (holding = false),
    holds: () => holding,
  };
}
