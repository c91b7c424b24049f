/**
 * Answers that wait on a phone for the network: what is kept, and what became of a try. Knows no page and no storage.
 * @module
 *
 * @typedef {object} Waiting
 * @property {string} action where the form is sent
 * @property {string} receipt the form's random number: one form waits once
 * @property {Array<[string, string]>} fields all that it holds
 * @property {number} tries how often it was sent in vain
 */

/** What is kept at most: a class's tablet without network, and no more. */
const MOST = 40;
/**
 * What the server says of it does not come back: it is not sent again. Our only page for that is the one with 410; any
 * other error may be a café's network speaking, and drops no answer.
 */
const GONE = 410;
/** What a press adds to the form, and the token that is another one when the network is back. */
const PRESSED = ["go", "language", "csrfmiddlewaretoken"];

/**
 * What waits, out of what the storage holds; whatever else lies there is nothing.
 * @param {string | null} text
 * @returns {Waiting[]}
 */
export function read(text) {
  try {
    const found = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? found.filter(isWaiting) : [];
  } catch {
    return [];
  }
}

/** @param {unknown} one */
function isWaiting(one) {
  const { action, receipt, fields, tries } = /** @type {any} */ (one ?? {});
  return (
    typeof action === "string" &&
    action.startsWith("/") &&
    !action.startsWith("//") &&
    typeof receipt === "string" &&
    receipt !== "" &&
    Number.isInteger(tries) &&
    Array.isArray(fields) &&
    fields.every((field) => Array.isArray(field) && field.length === 2 && field.every((part) => typeof part === "string"))
  );
}

/**
 * ``waiting`` with a form more. The same form again (by its receipt) takes the place of the one before.
 * @param {Waiting[]} waiting
 * @param {string} action
 * @param {Array<[string, string]>} fields
 * @returns {Waiting[]}
 */
export function keep(waiting, action, fields) {
  const receipt = new Map(fields).get("receipt") ?? "";
  if (!receipt) return waiting;
  const passed = fields.some(([name, value]) => name === "go" && value === "pass");
  const dropped = passed ? [...PRESSED, "choice", "instead"] : PRESSED;
  /** @type {Array<[string, string]>} */
  const sent = fields.filter(([name]) => !dropped.includes(name));
  // Boxes of which none is ticked are not in the form: said, it is an answer that was taken back.
  if (!sent.some(([name]) => name === "choice" || name === "instead")) sent.push(["choice", ""]);
  sent.push(["go", "send"]);
  return [...without(waiting, receipt), { action, receipt, fields: sent, tries: 0 }].slice(-MOST);
}

/**
 * @param {Waiting[]} waiting
 * @param {string} receipt
 * @returns {Waiting[]}
 */
export function without(waiting, receipt) {
  return waiting.filter((one) => one.receipt !== receipt);
}

/**
 * @param {Waiting[]} waiting
 * @param {string} receipt
 * @returns {Waiting[]}
 */
export function triedAgain(waiting, receipt) {
  return waiting.map((one) => (one.receipt === receipt ? { ...one, tries: one.tries + 1 } : one));
}

/**
 * What an answer means: ``sent``; ``ask`` (a question has changed, the page that came asks it); ``gone``; ``again``
 * later. A sign-in page of a café's network has our status but not our mark, and is ``again``.
 * @param {{status: number, ours: boolean, thanks: boolean}} answer
 * @returns {"sent" | "ask" | "gone" | "again"}
 */
export function outcome({ status, ours, thanks }) {
  if (!ours) return "again";
  if (status === 200 && thanks) return "sent";
  if (status === 200 || status === 422) return "ask";
  return status === GONE ? "gone" : "again";
}

/**
 * Milliseconds until the next try: 2 s, 4 s … 1 minute at most.
 * @param {number} tries
 */
export function pause(tries) {
  return Math.min(60_000, 2_000 * 2 ** Math.min(tries, 10));
}
