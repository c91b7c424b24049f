/**
 * The app on the phone: the worker that keeps its files, new versions, the home screen.
 *
 * A new version waits until nobody would notice: at the next start, or when nothing has happened for a while. What has
 * not been sent lies in IndexedDB, which no version touches.
 */

const CALM = 30_000;
const LOOK_EVERY = 30 * 60_000;
const RESUME = "torget-door-resume";

/**
 * @param {{
 *   page: import("./page.js").Page, address: string, scope: string, calm: () => boolean, isWorking: () => boolean,
 *   onReload: () => void,
 * }} parts `calm`: nothing is shown, typed or being sent; `isWorking`: somebody is scanning
 */
export function createInstall({ page, address, scope, calm, isWorking, onReload }) {
  const { part } = page;
  let applying = false;
  let calmSince = Date.now();
  /** @type {ServiceWorkerRegistration|null} */
  let registration = null;
  /** @type {any} */
  let prompt = null;

  function apply() {
    if (!registration?.waiting || applying) return;
    applying = true;
    onReload();
    registration.waiting.postMessage({ type: "apply" });
  }

  function noticed() {
    if (!registration?.waiting) return;
    // Before anybody has begun there is nothing to lose.
    if (!isWorking()) return apply();
    part("update").hidden = false;
    calmSince = Date.now();
  }

  function watch(worker) {
    worker?.addEventListener("statechange", () => {
      // The first version of all has nothing to replace.
      if (worker.state === "installed" && navigator.serviceWorker.controller) noticed();
    });
  }

  setInterval(() => {
    if (!calm()) calmSince = Date.now();
    else if (registration?.waiting && Date.now() - calmSince > CALM) apply();
  }, 1000);
  part("update-now").addEventListener("click", apply);

  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    prompt = event;
    part("install").hidden = false;
  });
  part("install").addEventListener("click", async () => {
    await prompt?.prompt();
    prompt = null;
    part("install").hidden = true;
  });

  return {
    async start() {
      const workers = navigator.serviceWorker;
      if (!workers) return;
      workers.addEventListener("controllerchange", () => applying && location.reload());
      try {
        registration = await workers.register(address, { scope, updateViaCache: "none" });
      } catch {
        // No network, or somebody else's page in place of the worker: what is kept already goes on.
        registration = (await workers.getRegistration(scope)) ?? null;
      }
      if (!registration) return;
      registration.addEventListener("updatefound", () => watch(registration.installing));
      watch(registration.installing);
      noticed();
      const look = () => registration.update().catch(() => {});
      setInterval(look, LOOK_EVERY);
      document.addEventListener("visibilitychange", () => !document.hidden && look());
    },
  };
}

/** After a reload that was ours the guard goes on where they were. */
export const resume = {
  mark: () => sessionStorage.setItem(RESUME, "1"),
  /** @returns {boolean} whether there was a mark; it is gone now */
  take() {
    const marked = sessionStorage.getItem(RESUME) === "1";
    sessionStorage.removeItem(RESUME);
    return marked;
  },
};
