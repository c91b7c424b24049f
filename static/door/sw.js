/**
 * Keeps the app, so that it starts without a network. VERSION and FILES (address → SHA-256, base64) come from
 * registrations/checkin/app/views.py, above this line.
 *
 * A version is kept whole or not at all: each file is held to its digest, so that no café's sign-in page takes a file's
 * place; then the old version stays. The queue and the list are IndexedDB's, and no update touches them.
 */
/* global VERSION, FILES */

const CACHE = `torget-door-${VERSION}`;
const SHELL = new URL("./", self.location.href).pathname;
const AT_ONCE = 6;

self.addEventListener("install", (event) => {
  event.waitUntil(keepAll());
  // The API goes past the worker, where the browser knows routes. In Chromium a request that reaches the old version
  // while that is being ended starts it anew, and the new one then waits, for minutes as long as more requests come.
  event.addRoutes?.({ condition: { urlPattern: { pathname: "/api/*" } }, source: "network" }).catch(() => {});
});

self.addEventListener("activate", (event) => event.waitUntil(forgetOld().then(() => self.clients.claim())));

// Never by itself: a page in the middle of its work asks when it has nothing to lose.
self.addEventListener("message", ({ data }) => {
  if (data?.type === "apply") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || url.pathname.startsWith("/api/")) return;
  const path = request.mode === "navigate" ? SHELL : url.pathname;
  if (path in FILES) event.respondWith(kept(path, request));
});

async function kept(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path, { ignoreVary: true, ignoreSearch: true })) ?? fetch(request);
}

async function keepAll() {
  const cache = await caches.open(CACHE);
  const waiting = Object.entries(FILES);
  const worker = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) await keep(cache, ...next);
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

/** Fetch one file, hold it to its digest, keep it. Throws when it is not the file that we mean. */
async function keep(cache, path, digest) {
  const response = await fetch(path, { cache: "reload", credentials: "omit", redirect: "error" });
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
  const found = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
  if (btoa(String.fromCharCode(...new Uint8Array(found))) !== digest)
    throw new Error(`${path} is not what it should be`);
  await cache.put(path, response);
}

async function forgetOld() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith("torget-door-") && name !== CACHE).map((name) => caches.delete(name)),
  );
}
