/**
 * What the plan of a hall does beyond HTML: arrow keys go from stand to stand, it can be made larger, it keeps itself up
 * to date, stands can be moved by hand, and a press on a free stand chooses it. All of it can be done without this file
 * too, by the links, the list and the forms.
 * @module
 */

import { next, snapped } from "./floor.js";

const AGAIN_MS = 5000;
const LARGEST = 4;
const STEP = 1.4;
const LONG_S = 3600;

/** @param {HTMLElement} frame */
function begin(frame) {
  const floor = /** @type {SVGSVGElement | null} */ (frame.querySelector("[data-floor]"));
  const tools = /** @type {HTMLElement | null} */ (frame.querySelector("[data-floor-tools]"));
  if (!floor || !tools) return;
  tools.hidden = false;
  const said = /** @type {HTMLElement} */ (tools.querySelector("[data-floor-said]"));
  const hall = { frame, floor, said, moving: false, at: new Map() };
  walkWithArrows(hall);
  makeLarger(hall);
  if (frame.dataset.states) keepUpToDate(hall, frame.dataset.states);
  moveByHand(hall);
  floor.addEventListener("click", (event) => press(hall, event));
}

/**
 * ``at``: where each stand is, from where the page drew it, as the server last said; centimetres.
 * @typedef {{frame: HTMLElement, floor: SVGSVGElement, said: HTMLElement, moving: boolean, at: Map<Element, [number, number]>}} Hall
 */

/** @param {Hall} hall @returns {SVGAElement[]} */
const spotsOf = (hall) => [...hall.floor.querySelectorAll("[data-stand]")].map((spot) => /** @type {any} */ (spot));

/** @param {Element} spot @returns {number[]} x, y, width and depth in centimetres */
const boxOf = (spot) => (/** @type {HTMLElement} */ (/** @type {unknown} */ (spot)).dataset.box ?? "").split(" ").map(Number);

// --- Keys -----------------------------------------------------------------------------------------------------------

/** One stop for the Tab key; the arrows go to the nearest stand on that side. @param {Hall} hall */
function walkWithArrows(hall) {
  spotsOf(hall).forEach((spot, place) => spot.setAttribute("tabindex", place ? "-1" : "0"));
  hall.floor.addEventListener("focusin", (event) => {
    const spot = /** @type {Element} */ (event.target).closest("[data-stand]");
    if (!spot) return;
    for (const other of spotsOf(hall)) other.setAttribute("tabindex", other === spot ? "0" : "-1");
  });
  hall.floor.addEventListener("keydown", (event) => {
    if (hall.moving || !event.key.startsWith("Arrow")) return;
    const spot = /** @type {Element} */ (event.target).closest("[data-stand]");
    if (!spot) return;
    const spots = spotsOf(hall);
    const to = next(spots.map(boxOf), spots.indexOf(/** @type {any} */ (spot)), event.key);
    event.preventDefault();
    if (to === -1) return;
    spots[to].focus();
    spots[to].scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

// --- Size -----------------------------------------------------------------------------------------------------------

/** @param {Hall} hall */
function makeLarger(hall) {
  const scroll = /** @type {HTMLElement} */ (hall.frame.querySelector("[data-floor-scroll]"));
  const widest = Number(hall.floor.getAttribute("width")) * LARGEST;
  const show = (/** @type {number} */ width) => {
    const before = hall.floor.clientWidth || 1;
    const middle = [scroll.scrollLeft + scroll.clientWidth / 2, scroll.scrollTop + scroll.clientHeight / 2];
    const least = scroll.clientWidth;
    hall.floor.style.minWidth = "0";
    hall.floor.style.width = `${Math.min(Math.max(width, least), Math.max(widest, least))}px`;
    const grown = hall.floor.clientWidth / before;
    scroll.scrollTo(middle[0] * grown - scroll.clientWidth / 2, middle[1] * grown - scroll.clientHeight / 2);
  };
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (hall.frame.querySelectorAll("[data-zoom]"))) {
    button.addEventListener("click", () => {
      const now = hall.floor.clientWidth;
      show({ in: now * STEP, out: now / STEP }[button.dataset.zoom ?? ""] ?? 0);
    });
  }
  scroll.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    show(hall.floor.clientWidth * (event.deltaY < 0 ? 1.15 : 1 / 1.15));
  }, { passive: false });
}

// --- Up to date -----------------------------------------------------------------------------------------------------

/** @param {Hall} hall @param {string} address */
function keepUpToDate(hall, address) {
  let tag = "";
  const ask = async () => {
    if (document.visibilityState !== "visible" || hall.moving) return;
    try {
      const answer = await fetch(address, { cache: "no-cache", credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      if (hall.said.textContent === hall.said.dataset.lost) hall.said.textContent = "";
      const now = answer.headers.get("ETag") ?? "";
      if (now && now === tag) return;
      const told = await answer.json();
      if (hall.moving) return;
      tag = now;
      for (const spot of spotsOf(hall)) showState(hall, spot, told.stands[spot.dataset.stand ?? ""]);
      countAgain(hall, Object.values(told.stands));
    } catch {
      hall.said.textContent = hall.said.dataset.lost ?? "";
    }
  };
  window.setInterval(ask, AGAIN_MS);
  document.addEventListener("visibilitychange", ask);
}

/**
 * @param {Hall} hall
 * @param {SVGAElement} spot
 * @param {{state: string, sign: string, said: string, lines: [number, number, string][], box: number[]} | undefined} told
 */
function showState(hall, spot, told) {
  if (!told) return;
  const marked = spot.classList.contains("spot-marked") ? " spot-marked" : "";
  spot.setAttribute("class", `spot spot-${told.state}${marked}`);
  const title = spot.querySelector("title");
  if (title) title.textContent = told.said;
  const sign = spot.querySelector(".spot-sign");
  if (sign) sign.textContent = told.sign;
  const [x, y] = boxOf(spot);
  hall.at.set(spot, [told.box[0] - x, told.box[1] - y]);
  put(spot, told.box[0] - x, told.box[1] - y);
  const name = spot.querySelector(".spot-name");
  name?.replaceChildren(
    ...told.lines.map(([left, top, words]) => {
      const line = document.createElementNS("http://www.w3.org/2000/svg", "tspan");
      line.setAttribute("x", String(left - told.box[0] + x));
      line.setAttribute("y", String(top - told.box[1] + y));
      line.textContent = words;
      return line;
    }),
  );
  const form = hall.frame.ownerDocument.querySelector(`form[data-hold="${CSS.escape(spot.dataset.stand ?? "")}"]`);
  const row = form?.closest("li");
  if (row) row.hidden = told.state !== "free";
}

/** @param {Hall} hall @param {{state: string}[]} all */
function countAgain(hall, all) {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (hall.frame.ownerDocument.querySelectorAll("[data-count]"))) {
    place.textContent = String(all.filter((one) => one.state === place.dataset.count).length);
  }
}

// --- Moving ---------------------------------------------------------------------------------------------------------

/** @param {Element} spot @param {number} across @param {number} along centimetres from where the page drew it */
function put(spot, across, along) {
  if (across || along) spot.setAttribute("transform", `translate(${across} ${along})`);
  else spot.removeAttribute("transform");
}

/** @param {Hall} hall */
function moveByHand(hall) {
  const mode = /** @type {HTMLButtonElement | null} */ (hall.frame.querySelector("[data-move-mode]"));
  const undo = /** @type {HTMLButtonElement | null} */ (hall.frame.querySelector("[data-undo]"));
  const token = document.querySelector("[data-move-form] input[name=csrfmiddlewaretoken]");
  if (!mode || !undo || !(token instanceof HTMLInputElement)) return;
  /** @type {{spot: SVGAElement, x: number, y: number}[]} */
  const before = [];
  const at = (/** @type {Element} */ spot) => hall.at.get(spot) ?? [0, 0];

  mode.addEventListener("click", () => {
    hall.moving = mode.ariaPressed !== "true";
    mode.ariaPressed = String(hall.moving);
    hall.frame.classList.toggle("is-moving", hall.moving);
    hall.said.textContent = hall.moving ? (hall.said.dataset.moving ?? "") : "";
  });

  /** Asks the server; it has the last word. @param {SVGAElement} spot @param {number} x @param {number} y */
  async function keep(spot, x, y, remember = true) {
    const [drawnX, drawnY] = boxOf(spot);
    const [wasX, wasY] = at(spot);
    const body = new URLSearchParams({ x: String(x), y: String(y), csrfmiddlewaretoken: token.value });
    try {
      const answer = await fetch(`${spot.getAttribute("href")}move/`, { method: "POST", body, credentials: "same-origin" });
      const told = await answer.json();
      hall.said.textContent = told.said;
      if (!answer.ok) throw new Error(told.said);
      hall.at.set(spot, [told.x - drawnX, told.y - drawnY]);
      if (remember) before.push({ spot, x: drawnX + wasX, y: drawnY + wasY });
    } catch (trouble) {
      if (!(trouble instanceof Error) || trouble.message !== hall.said.textContent) hall.said.textContent = hall.said.dataset.lost ?? "";
    }
    const [across, along] = at(spot);
    put(spot, across, along);
    spot.classList.remove("is-dragged");
    undo.hidden = !before.length;
  }

  undo.addEventListener("click", () => {
    const last = before.pop();
    if (last) keep(last.spot, last.x, last.y, false);
  });

  hall.floor.addEventListener("pointerdown", (event) => {
    const spot = /** @type {SVGAElement | null} */ (/** @type {Element} */ (event.target).closest("[data-stand]"));
    if (!hall.moving || !spot || event.button) return;
    event.preventDefault();
    spot.focus();
    spot.setPointerCapture(event.pointerId);
    spot.classList.add("is-dragged");
    const scale = hall.floor.viewBox.baseVal.width / hall.floor.getBoundingClientRect().width;
    const [startX, startY] = at(spot);
    const [x, y] = boxOf(spot);
    let to = [startX, startY];
    const drag = (/** @type {PointerEvent} */ one) => {
      to = [
        snapped(x + startX + (one.clientX - event.clientX) * scale) - x,
        snapped(y + startY + (one.clientY - event.clientY) * scale) - y,
      ];
      put(spot, to[0], to[1]);
    };
    const stop = (/** @type {PointerEvent} */ one) => {
      spot.removeEventListener("pointermove", drag);
      spot.removeEventListener("pointerup", stop);
      spot.removeEventListener("pointercancel", stop);
      const stays = one.type === "pointercancel" || (to[0] === startX && to[1] === startY);
      if (!stays) keep(spot, x + to[0], y + to[1]);
      else {
        put(spot, startX, startY);
        spot.classList.remove("is-dragged");
      }
    };
    spot.addEventListener("pointermove", drag);
    spot.addEventListener("pointerup", stop);
    spot.addEventListener("pointercancel", stop);
  });

  /** @type {Map<Element, [number, number]>} where the arrow keys have brought a stand that is not kept yet */
  const loose = new Map();
  hall.floor.addEventListener("keydown", (event) => {
    const spot = /** @type {SVGAElement | null} */ (/** @type {Element} */ (event.target).closest("[data-stand]"));
    if (!hall.moving || !spot) return;
    const step = event.shiftKey ? 100 : 10;
    const ways = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const way = ways[/** @type {keyof typeof ways} */ (event.key)];
    const [across, along] = loose.get(spot) ?? at(spot);
    if (way) {
      event.preventDefault();
      loose.set(spot, [across + way[0], along + way[1]]);
      put(spot, across + way[0], along + way[1]);
      spot.classList.add("is-dragged");
    } else if (event.key === "Enter" && loose.has(spot)) {
      event.preventDefault();
      loose.delete(spot);
      const [x, y] = boxOf(spot);
      keep(spot, x + across, y + along);
    } else if (event.key === "Escape" && loose.has(spot)) {
      event.preventDefault();
      loose.delete(spot);
      put(spot, ...at(spot));
      spot.classList.remove("is-dragged");
    }
  });
  hall.floor.addEventListener("focusout", (event) => {
    const spot = /** @type {Element} */ (event.target).closest("[data-stand]");
    if (!spot || !loose.has(spot)) return;
    loose.delete(spot);
    put(spot, ...at(spot));
    spot.classList.remove("is-dragged");
  });
}

// --- Choosing -------------------------------------------------------------------------------------------------------

/** @param {Hall} hall @param {MouseEvent} event */
function press(hall, event) {
  const spot = /** @type {SVGAElement | null} */ (/** @type {Element} */ (event.target).closest("[data-stand]"));
  if (!spot) return;
  if (hall.moving) {
    event.preventDefault();
    return;
  }
  const form = document.querySelector(`form[data-hold="${CSS.escape(spot.dataset.stand ?? "")}"]`);
  if (form instanceof HTMLFormElement && spot.classList.contains("spot-free")) {
    event.preventDefault();
    form.requestSubmit();
  }
  const row = document.querySelector(`#stand-${CSS.escape(spot.dataset.stand ?? "")} details`);
  if (row instanceof HTMLDetailsElement) row.open = true;
}

/** How long a stand is still kept. @param {HTMLElement} place */
function countDown(place) {
  const until = Date.parse(place.dataset.until ?? "");
  if (Number.isNaN(until)) return;
  const tick = () => {
    const left = Math.round((until - Date.now()) / 1000);
    if (left > LONG_S) return;
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    place.textContent = left > 0 ? `(${clock} ${place.dataset.left})` : (place.dataset.over ?? "");
    if (left <= 0) window.clearInterval(timer);
  };
  const timer = window.setInterval(tick, 1000);
  tick();
}

for (const frame of document.querySelectorAll("[data-hall]")) begin(/** @type {HTMLElement} */ (frame));
for (const place of document.querySelectorAll("[data-until]")) countDown(/** @type {HTMLElement} */ (place));
