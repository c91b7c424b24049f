/**
 * The number of a class that came or goes: up and down with the thumb. What is counted is kept a moment after the last
 * touch, and when the verdict goes; more than the class is for needs a reason first.
 *
 * @typedef {import("./door.js").Shown} Shown
 */

const KEPT_AFTER = 1200;
const MOST = 999;

/**
 * @param {import("./page.js").Page} page
 * @param {{
 *   correct: (nonce: string, heads: number, reason: string) => Promise<any>, touched: () => void,
 *   askReason: (kind: "more", label: string, give: (reason: string) => any) => void, dropReason: () => void,
 * }} parts
 */
export function createHeads(page, { correct, touched, askReason, dropReason }) {
  const { part } = page;
  const group = part("heads");
  /** @type {{nonce: string|null, kept: number, most: number, entry: any, leaving: boolean}|null} */
  let of = null;
  let number = 0;
  let timer = 0;

  const needsReason = () => Boolean(of?.nonce) && !of.leaving && number > of.most && number > of.kept;

  function draw() {
    part("heads-number").textContent = String(number);
    part("heads-less").disabled = number <= (of.nonce ? 0 : 1);
    part("heads-more").disabled = number >= (of.leaving ? of.most : MOST);
    const pupils = of.entry?.pupils;
    part("heads-note").textContent = of.leaving || !pupils ? "" : page.say("heads_of", { n: number, pupils });
  }

  function step(by) {
    if (!of) return;
    number = Math.min(Math.max(number + by, of.nonce ? 0 : 1), of.leaving ? of.most : MOST);
    draw();
    clearTimeout(timer);
    if (!of.nonce) return;
    touched();
    if (needsReason()) {
      askReason("more", page.say("heads_more_now", { n: number }), (reason) => keep(reason));
    } else {
      dropReason();
      timer = setTimeout(keep, KEPT_AFTER, "");
    }
  }

  /** @returns {Promise<any>} what the door said */
  async function keep(reason) {
    clearTimeout(timer);
    if (!of?.nonce || number === of.kept || (needsReason() && !reason)) return null;
    const [asked, before] = [number, of];
    const answer = await correct(before.nonce, asked, reason);
    if (!answer?.refused) before.kept = asked;
    else if (of === before) reset();
    return answer;
  }

  function reset() {
    if (!of) return;
    number = of.kept;
    draw();
    dropReason();
  }

  part("heads-less").addEventListener("click", () => step(-1));
  part("heads-more").addEventListener("click", () => step(1));

  return {
    /** Count what came in or went out with this scan. @param {Shown} shown */
    begin({ nonce, heads, most, entry, direction }) {
      of = { nonce, kept: heads, most, entry, leaving: direction === "out" };
      number = heads;
      group.hidden = false;
      draw();
    },

    /** Choose a number that is not kept yet. @param {number} first */
    choose(first) {
      of = { nonce: null, kept: 0, most: MOST, entry: null, leaving: false };
      number = first;
      group.hidden = false;
      draw();
    },

    /** The verdict goes: what was counted and needs no reason is kept. */
    end() {
      if (of && !needsReason()) keep("");
      clearTimeout(timer);
      of = null;
      group.hidden = true;
    },

    step,
    reset,
    number: () => number,
    needsReason,
  };
}
