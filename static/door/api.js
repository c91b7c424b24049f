/**
 * The door's HTTP API. Whatever goes wrong becomes a Trouble that says what kind it is.
 *
 * @typedef {import("./queue.js").Scan} Scan
 * @typedef {{
 *   nonce: string, outcome: string, at: string, gate: string,
 *   holder: {name: string, company: string, kind: string}|null,
 *   earlier: {at: string, gate: string}|null,
 *   event: {title: string, starts_at: string}|null,
 * }} Result
 * @typedef {"network"|"signed-out"|"closed"} Kind
 */

const PATIENCE = 8000;

export class Trouble extends Error {
  /** @param {Kind} kind */
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

/**
 * @param {{scans: string, count: string}} addresses
 * @param {() => string} token the CSRF token
 * @param {typeof fetch} ask
 */
export function createApi(addresses, token, ask = fetch.bind(globalThis)) {
  async function call(address, options = {}) {
    let response;
    try {
      response = await ask(address, { ...options, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) });
    } catch {
      throw new Trouble("network");
    }
    if (response.status === 401 || response.status === 403) throw new Trouble("signed-out");
    if (response.status === 404) throw new Trouble("closed");
    // A café's sign-in page answers 200 with HTML; a server in trouble answers 5xx. Neither has our scans.
    if (!response.ok || response.redirected) throw new Trouble("network");
    try {
      return await response.json();
    } catch {
      throw new Trouble("network");
    }
  }

  return {
    /**
     * Send scans; the results of those that the server has stored, and how far our clock is behind its.
     * @param {Scan[]} scans
     * @returns {Promise<{results: Result[], admitted: number, offset: number}>}
     */
    async send(scans) {
      const began = Date.now();
      const body = JSON.stringify({ scans });
      const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
      const answer = await call(addresses.scans, { method: "POST", headers, body });
      if (!Array.isArray(answer.results)) throw new Trouble("network");
      const middle = (began + Date.now()) / 2;
      return { ...answer, offset: Math.round(Date.parse(answer.now) - middle) };
    },

    /** How many people are in. @returns {Promise<number>} */
    async count() {
      return (await call(addresses.count)).admitted;
    },
  };
}
