/**
 * What the screen says about a result. Pure.
 *
 * @typedef {import("./api.js").Result} Result
 * @typedef {"good"|"mind"|"stop"|"wait"} Tone
 * @typedef {{outcome: string, tone: Tone, icon: string, title: string, name: string, detail: string, advice: string}} Verdict
 */

/** @type {Record<string, {tone: Tone, icon: string}>} */
const LOOKS = {
  admitted: { tone: "good", icon: "check-lg" },
  already_in: { tone: "mind", icon: "clock-history" },
  wrong_event: { tone: "mind", icon: "signpost-split" },
  cancelled: { tone: "stop", icon: "slash-circle" },
  unknown: { tone: "stop", icon: "question-circle" },
  waiting: { tone: "wait", icon: "hourglass-split" },
};

/**
 * @param {Result} result
 * @param {Record<string, string>} texts
 * @param {(iso: string) => string} moment how a moment is written
 * @returns {Verdict}
 */
export function verdictOf(result, texts, moment) {
  const known = result.outcome in LOOKS ? result.outcome : "unknown";
  return {
    outcome: known,
    ...LOOKS[known],
    title: texts[known],
    name: result.holder?.name ?? "",
    detail: detailOf(result, texts, moment),
    advice: texts[`${known}_advice`] ?? "",
  };
}

/** The scan is kept, the server has not answered. @param {Record<string, string>} texts @returns {Verdict} */
export function waitingVerdict(texts) {
  const look = LOOKS.waiting;
  return { outcome: "waiting", ...look, title: texts.waiting, name: "", detail: "", advice: texts.waiting_advice };
}

function detailOf(result, texts, moment) {
  if (result.outcome === "already_in" && result.earlier) {
    return fill(texts.already_in_detail, { when: moment(result.earlier.at), gate: result.earlier.gate });
  }
  if (result.outcome === "wrong_event" && result.event) {
    return fill(texts.wrong_event_detail, { event: result.event.title, when: moment(result.event.starts_at) });
  }
  return [result.holder?.company, result.holder?.kind].filter(Boolean).join(" · ");
}

/** `{name}` in the text becomes its value. @param {string} text @param {Record<string, string|number>} values */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** A verdict as one line to be read out. @param {Verdict} verdict */
export function spoken(verdict) {
  return [verdict.title, verdict.name, verdict.detail, verdict.advice].filter(Boolean).join(". ");
}
