/**
 * What the screen says about a verdict: tone, icon and words. Pure. The texts come from registrations/checkin/texts.py
 * in
 * the guard's language; TEXT_KEYS is what they must hold.
 *
 * @typedef {import("./verdict.js").Outcome} Outcome
 * @typedef {"good"|"mind"|"stop"|"wait"} Tone
 * @typedef {{
 *   outcome: Outcome, tone: Tone, icon: string, title: string, name: string, who: string, detail: string, advice:
 *   string,
 * }} Words `who` is the company or school with kind or number, where `detail` says something else
 */

/** @type {Record<Outcome, {tone: Tone, icon: string}>} */
export const LOOKS = {
  admitted: { tone: "good", icon: "check-lg" },
  again: { tone: "good", icon: "arrow-repeat" },
  left: { tone: "good", icon: "box-arrow-right" },
  corrected: { tone: "good", icon: "pencil" },
  undone: { tone: "mind", icon: "arrow-counterclockwise" },
  already_in: { tone: "mind", icon: "clock-history" },
  not_in: { tone: "mind", icon: "door-open" },
  early: { tone: "mind", icon: "hourglass-split" },
  too_early: { tone: "mind", icon: "clock" },
  closed: { tone: "mind", icon: "door-closed" },
  wrong_day: { tone: "mind", icon: "calendar" },
  wrong_gate: { tone: "mind", icon: "signpost-split" },
  wrong_event: { tone: "mind", icon: "calendar-event" },
  full: { tone: "stop", icon: "people" },
  cancelled: { tone: "stop", icon: "slash-circle" },
  blocked: { tone: "stop", icon: "person-x" },
  unknown: { tone: "stop", icon: "question-circle" },
  practice: { tone: "mind", icon: "mortarboard" },
  not_practice: { tone: "mind", icon: "mortarboard" },
  no_list: { tone: "wait", icon: "list" },
  not_stored: { tone: "wait", icon: "exclamation-triangle" },
};

/** The outcomes that have a sentence of their own; the placeholders that it may hold. */
export const DETAILS = {
  already_in: ["when", "gate"],
  already_in_class: ["pupils", "when", "gate"],
  early: ["wave", "when", "minutes"],
  too_early: ["when"],
  closed: ["when"],
  wrong_day: ["event", "when"],
  wrong_gate: ["gates"],
  wrong_event: ["event", "when"],
  late: ["wave", "when", "minutes"],
  left_class: ["pupils"],
  corrected: ["pupils"],
};

/** Outcomes after which the guard must do something that the title does not say. */
const ADVISED = [
  "already_in",
  "early",
  "too_early",
  "closed",
  "wrong_day",
  "wrong_gate",
  "wrong_event",
  "full",
  "cancelled",
  "blocked",
  "unknown",
  "not_in",
  "practice",
  "not_practice",
  "no_list",
  "not_stored",
];

/**
 * Every text that this module asks for. `<outcome>` is the title, `<outcome>_detail` the sentence, `<outcome>_advice`
 * what to do;
 * `pupils` ("{pupils} pupils") has `pupils_one` beside it, `kind_v`, `kind_e` and `kind_c` are the kinds of tickets.
 */
export const TEXT_KEYS = [
  ...Object.keys(LOOKS),
  ...Object.keys(DETAILS).map((key) => `${key}_detail`),
  ...ADVISED.map((outcome) => `${outcome}_advice`),
  "already_in_class_advice",
  "kind_v",
  "kind_e",
  "kind_c",
  "pupils",
  "pupils_one",
];

/**
 * @param {import("./verdict.js").Verdict} verdict
 * @param {import("./ground.js").Facts} facts
 * @param {Record<string, string>} texts
 * @param {(value: string|number) => string} moment how a moment is written
 * @param {"sv"|"en"} [language] of the events' titles
 * @returns {Words}
 */
export function verdictWords(verdict, facts, texts, moment, language = "sv") {
  // An outcome that this page does not know lets nobody in.
  const outcome = verdict.outcome in LOOKS ? verdict.outcome : "unknown";
  const who = whoOf(verdict, facts.entry, texts);
  const detail = detailOf(verdict, facts, texts, moment, language);
  const title = texts[outcome] ?? outcome;
  const ofClass = facts.entry?.kind === "c" ? texts[`${outcome}_class_advice`] : "";
  const advice = ofClass || texts[`${outcome}_advice`] || "";
  const name = facts.entry?.name ?? "";
  return { outcome, ...LOOKS[outcome], title, name, who: detail ? who : "", detail: detail || who, advice };
}

function whoOf({ heads }, entry, texts) {
  if (!entry) return "";
  const what = entry.kind === "c" ? pupilsText(heads || entry.pupils, texts) : texts[`kind_${entry.kind}`];
  return [entry.company, what].filter(Boolean).join(" · ");
}

function pupilsText(pupils, texts) {
  return fill((pupils === 1 && texts.pupils_one) || texts.pupils || "{pupils}", { pupils });
}

function detailOf({ outcome, heads, minutes }, facts, texts, moment, language) {
  const isClass = facts.entry?.kind === "c";
  const titleIn = (event) => (event && language === "en" && event.title_en) || event?.title;
  const say = (key, values) => {
    // A sentence is said when all that it speaks of is known.
    const known = DETAILS[key].every(
      (name) => values[name] !== undefined && values[name] !== null && values[name] !== "",
    );
    return known && texts[`${key}_detail`] ? fill(texts[`${key}_detail`], values) : "";
  };
  const at = (value) => (value === null || value === undefined ? null : moment(value));
  const wave = {
    wave: facts.wave?.name,
    when: at(facts.wave?.at),
    minutes: minutes === null ? null : Math.abs(minutes),
  };
  switch (outcome) {
    case "admitted":
      return minutes > 0 ? say("late", wave) : "";
    case "already_in":
      return say(isClass ? "already_in_class" : "already_in", {
        when: at(facts.earlier?.at),
        gate: facts.earlier?.gate,
        pupils: isClass ? pupilsText(facts.seen.inside, texts) : null,
      });
    case "early":
      return say("early", wave);
    case "too_early":
      return say("too_early", { when: at(facts.opensAt) });
    case "closed":
      return say("closed", { when: at(facts.closesAt) });
    case "wrong_day":
      return say("wrong_day", { event: titleIn(facts.event), when: at(facts.opensAt) });
    case "wrong_gate":
      return say("wrong_gate", { gates: facts.gates.join(", ") });
    case "wrong_event":
      return say("wrong_event", { event: titleIn(facts.elsewhere), when: at(facts.elsewhere?.starts_at) });
    case "left":
      return isClass ? say("left_class", { pupils: pupilsText(heads, texts) }) : "";
    case "corrected":
      return say("corrected", { pupils: pupilsText(heads, texts) });
    default:
      return "";
  }
}

/** `{name}` in the text becomes its value. @param {string} text @param {Record<string, string|number>} values */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Words as one line to be read out. @param {Pick<Words, "title"|"name"|"who"|"detail"|"advice">} words */
export function spoken({ title, name, who, detail, advice }) {
  return [title, name, who, detail, advice]
    .filter(Boolean)
    .map((part) => part.replace(/[.\s]+$/, ""))
    .join(". ");
}
