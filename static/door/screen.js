/**
 * The edge of the guard's screen: where the phone stands, how many are in, how the queue and the list are, the last scans.
 *
 * @typedef {import("./door.js").Shown} Shown
 * @typedef {import("./words.js").Words} Words
 * @typedef {import("./sync.js").SyncState} SyncState
 */

import { clockText } from "./moments.js";

const LISTED = 30;
const MINUTE = 60_000;
// Older than this, a list deserves a look.
const OLD = 15 * MINUTE;
const QUIET_TROUBLES = new Set([null, "network", "too_many"]);

/**
 * @param {import("./page.js").Page} page
 * @param {{undo: (nonce: string) => void, door: () => import("./verdict.js").Door|null}} parts
 */
export function createScreen(page, { undo, door }) {
  const { part, say } = page;
  /** @type {Map<string, {shown: Shown, words: () => Words}>} by nonce, the oldest first */
  const rows = new Map();
  /** @type {SyncState|null} */
  let state = null;

  function age(milliseconds) {
    const minutes = Math.floor(milliseconds / MINUTE);
    if (minutes < 1) return say("age_now");
    return minutes < 120 ? say("age_minutes", { n: minutes }) : say("age_hours", { n: Math.floor(minutes / 60) });
  }

  function drawState() {
    if (!state) return;
    const { online, queue, setAside, listVersion, listAge, inside, device, trouble } = state;
    const waiting = queue + setAside;
    part("online").dataset.online = String(online);
    part("online-icon").replaceChildren(page.icon(online ? "wifi" : "wifi-off"));
    part("online-text").textContent = say(online ? "online" : "offline");
    part("queue").dataset.count = String(waiting);
    part("queue-text").textContent = waiting ? say("queue", { n: waiting }) : say("queue_none");
    part("list-version").dataset.version = String(listVersion ?? "");
    part("list-version").dataset.old = String(listAge === null || listAge > OLD);
    part("list-text").textContent =
      listVersion === null ? say("list_none") : say("list", { age: age(listAge), version: listVersion });
    part("inside").textContent = page.number(inside);
    const limit = door()?.fire_limit;
    part("inside-of").textContent = limit ? say("inside_of", { limit: page.number(limit) }) : say("inside");
    part("gate").textContent = device?.gate.name ?? say("practice_gate");
    part("event").textContent = page.titleOf(door()?.event);
    page.tell(
      "trouble",
      setAside ? say("set_aside", { n: setAside }) : QUIET_TROUBLES.has(trouble) ? "" : say(`trouble_${trouble}`),
    );
  }

  const canUndo = ({ shown, words }) => shown.can.undo && words().outcome !== "undone";

  function rowOf([nonce, row]) {
    const { shown } = row;
    const words = row.words();
    const who = page.element("span", {}, page.element("strong", {}, words.title), " ", words.name);
    const time = page.element("time", {}, clockText(shown.at, page.language()));
    const line = page.element("li", { "data-tone": words.tone, "data-nonce": nonce }, page.icon(words.icon), who, time);
    if (canUndo(row)) {
      const label = `${say("undo")}: ${words.name || words.title}`;
      const button = page.element("button", { class: "button", type: "button", "aria-label": label }, say("undo"));
      button.addEventListener("click", () => undo(nonce));
      line.append(button);
    }
    return line;
  }

  function drawRecent() {
    part("recent").replaceChildren(...[...rows].reverse().map(rowOf));
    part("recent-empty").hidden = rows.size > 0;
  }

  function drawRows() {
    const newest = [...rows].slice(-1);
    if (page.sheet("recent").open) drawRecent();
    part("latest").hidden = !newest.length;
    if (!newest.length) return;
    const [nonce, row] = newest[0];
    const words = row.words();
    part("latest").dataset.tone = words.tone;
    part("latest").dataset.nonce = nonce;
    part("latest-icon").replaceChildren(page.icon(words.icon));
    part("latest-title").textContent = words.title;
    part("latest-name").textContent = [
      words.name,
      row.shown.entry?.kind === "c" && row.shown.heads ? row.shown.heads : "",
    ]
      .filter(Boolean)
      .join(" · ");
    part("latest-undo").hidden = !canUndo(row);
  }

  part("latest-undo").addEventListener("click", () => undo(part("latest").dataset.nonce));
  page.sheet("recent").addEventListener("opening", drawRecent);
  page.drawn(drawState);
  page.drawn(drawRows);
  // The list grows older while nothing else happens.
  setInterval(() => {
    if (state?.listAge === null || !state || document.hidden) return;
    state = { ...state, listAge: state.listAge + MINUTE / 2 };
    drawState();
  }, MINUTE / 2);

  return {
    /** @param {SyncState} next */
    state(next) {
      state = next;
      drawState();
    },

    /** A line in the list of the last scans; the same scan again replaces its line. @param {Shown} shown @param {() => Words} words */
    list(shown, words) {
      const key = shown.nonce ?? `told-${shown.at}`;
      rows.set(key, { shown, words });
      if (rows.size > LISTED) rows.delete(rows.keys().next().value);
      drawRows();
    },

    forget() {
      rows.clear();
      drawRows();
    },

    forgetPractice() {
      for (const [nonce, { shown }] of rows) if (shown.practice) rows.delete(nonce);
      drawRows();
    },

    age,

    /** @param {"off"|"starting"|"on"} camera @param {string} fault why the picture stays black */
    camera(camera, fault = "") {
      part("stage").dataset.camera = camera;
      page.tell("camera-fault", fault ? say(`camera_${fault}`) : "");
      part("start").hidden = camera !== "off";
    },
  };
}
