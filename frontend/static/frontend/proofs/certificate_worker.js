// Keeps the page that checks certificates, with its scripts, styles and keys, for when there is no
// network. What the network answers is preferred; whether a paper was revoked is never kept.
const KEPT = "certificates";
const PAGE = self.registration.scope;
const KEYS = `${PAGE}khoa.json`;

// What the page says it is made of takes the place of what was kept before.
async function keepAll(parts) {
  const cache = await caches.open(KEPT);
  const wanted = [PAGE, KEYS, ...parts];
  await cache.addAll(wanted);
  const held = await cache.keys();
  await Promise.all(held.filter((one) => !wanted.includes(one.url)).map((one) => cache.delete(one)));
}

async function orKept(request, name) {
  try {
    return await fetch(request);
  } catch (offline) {
    const held = await (await caches.open(KEPT)).match(name);
    if (held) return held;
    throw offline;
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(keepAll(event.data)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.url.includes("trang-thai.json")) return;
  event.respondWith(orKept(request, request.mode === "navigate" ? PAGE : request.url));
});
