/**
 * The door's HTTP API (docs/door.md). Whatever goes wrong becomes a Trouble that says what kind it is; every answer
 * measures the clock.
 *
 * @typedef {"network"|"revoked"|"expired"|"unknown"|"refused"|"too_many"} Kind
 *   network: no answer of our server's, or it is in trouble itself; revoked, expired, unknown: the device has ended;
 *   refused: it does not take what was sent, `code` says why; too_many: wait `retryAfter`
 * @typedef {import("./store.js").Device} Device
 * @typedef {import("./verdict.js").Door} Door
 * @typedef {{
 *   handle: string, name: string, company: string, kind: "v"|"e"|"c", state: "ok"|"x"|"b", short: string,
 *   pupils: number, wave: number|null, inside: number, came: number,
 * }} Found
 * @typedef {{nonce: string, outcome: string, conflict: string|boolean|null}} Result
 * @typedef {ReturnType<typeof createApi>} Api
 */

export const PATIENCE = 8000;
const LONG_PATIENCE = 60_000;
const ENDS = new Set(["revoked", "expired", "unknown"]);

export class Trouble extends Error {
  /**
   * @param {Kind} kind
   * @param {{status?: number|null, code?: string, retryAfter?: number}} [more] `retryAfter` in milliseconds
   */
  constructor(kind, { status = null, code = "", retryAfter = 0 } = {}) {
    super(code ? `${kind}: ${code}` : kind);
    this.name = "Trouble";
    this.kind = kind;
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** Whether the device has ended: it must forget what it has. */
  get ends() {
    return ENDS.has(this.kind);
  }
}

/**
 * @param {{base?: string, token: () => string|null|undefined, clock: Pick<import("./clock.js").Clock, "begin"|"end">,
 *   ask?: typeof fetch}} parts
 */
export function createApi({ base = "/api/door/", token, clock, ask = globalThis.fetch?.bind(globalThis) }) {
  /**
   * @param {string} path @param {string[]} keys what our server's answer holds: a café's sign-in page may be JSON, too
   * @param {object} [body] @param {number} [patience]
   */
  async function call(path, keys, body, patience = PATIENCE) {
    const headers = { Accept: "application/json" };
    if (body) headers["Content-Type"] = "application/json";
    if (token()) headers.Authorization = `Bearer ${token()}`;
    const options = {
      method: body ? "POST" : "GET",
      headers,
      redirect: "error",
      cache: "no-store",
      credentials: "omit",
    };
    const sent = clock.begin();
    let response;
    try {
      const signal = AbortSignal.timeout(patience);
      response = await ask(base + path, { ...options, signal, ...(body ? { body: JSON.stringify(body) } : {}) });
    } catch {
      throw new Trouble("network");
    }
    const headersCame = clock.begin();
    const answer = await jsonOf(response);
    if (!response.ok || response.redirected) throw troubleOf(response, answer);
    if (!answer || keys.some((key) => !(key in answer))) throw new Trouble("network", { status: response.status });
    if (answer.now) clock.end(sent, answer.now, headersCame);
    return answer;
  }

  return {
    /** @param {string} secret @param {string} newToken @returns {Promise<{device: Device, door: Door, now: string}>} */
    pair: (secret, newToken) => call("pair", ["device", "door"], { secret, token: newToken }),

    /**
     * @param {object} told
     * @returns {Promise<{device: Device, now: string, version: number, inside: number, came: number}>}
     */
    status: (told) => call("status", ["device", "version"], told),

    /** @param {number} since @param {number} cursor @returns {Promise<import("./list.js").ListAnswer>} */
    list: (since, cursor) =>
      call(
        `list?since=${since}&cursor=${cursor}`,
        ["door", "version", "entries", "arrivals", "cursor"],
        undefined,
        LONG_PATIENCE,
      ),

    /**
     * @param {import("./records.js").Wire[]} scans
     * @returns {Promise<{results: Result[], now: string, inside: number}>}
     */
    async scans(scans) {
      const answer = await call("scans", ["results"], { scans });
      if (!Array.isArray(answer.results)) throw new Trouble("network", { status: 200 });
      return answer;
    },

    /** @param {string} q @returns {Promise<Found[]>} */
    search: async (q) => (await call(`search?q=${encodeURIComponent(q)}`, ["found"])).found,

    /** @returns {Promise<{version: number, names: Found[]}>} */
    names: () => call("names", ["version", "names"], undefined, LONG_PATIENCE),

    /** @param {string} handle @param {string} reason @returns {Promise<Found>} */
    block: async (handle, reason) => (await call("block", ["found"], { handle, reason })).found,

    /** @param {string} handle @param {string} reason @returns {Promise<Found>} */
    unblock: async (handle, reason) => (await call("unblock", ["found"], { handle, reason })).found,

    /**
     * @param {string} handle
     * @returns {Promise<{name: string, company: string, kind: string, code: string, qr: {side: number, path: string}}>}
     */
    badge: (handle) => call(`badge/${handle}`, ["name", "qr"]),

    /**
     * @param {string} name
     * @param {string} company
     * @returns {Promise<{match: "one"|"several"|"none", handle: string, name: string, company: string}>}
     */
    kiosk: (name, company) => call("kiosk", ["match"], { name, company }),
  };
}

/** @param {Response} response @returns {Promise<any>} an object, or `null` when it is something else */
async function jsonOf(response) {
  try {
    const answer = await response.json();
    return answer && typeof answer === "object" && !Array.isArray(answer) ? answer : null;
  } catch {
    return null;
  }
}

/** @param {Response} response @param {any} answer @returns {Trouble} */
function troubleOf(response, answer) {
  const { status } = response;
  const code = typeof answer?.code === "string" ? answer.code : "";
  if (status === 401 && ENDS.has(code)) return new Trouble(/** @type {Kind} */ (code), { status, code });
  if (status === 429) return new Trouble("too_many", { status, code, retryAfter: waitOf(response) });
  // A proxy says without JSON that the batch is too large; any other 4xx without it is not our server's.
  const ours = status >= 400 && status < 500 && status !== 401 && status !== 408 && (answer || status === 413);
  return ours ? new Trouble("refused", { status, code }) : new Trouble("network", { status });
}

function waitOf(response) {
  const seconds = Number(response.headers.get("Retry-After"));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 1000;
}
