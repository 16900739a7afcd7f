// Answers from what the player has kept, so that a screen goes on without network; films are asked
// for in parts, and a part is cut from the whole one kept. Nothing is fetched or kept here but the
// page itself: the player says what is worth keeping.
const KEPT = "kiosk:";
const PATIENCE = 5000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (!request.headers.has("X-Kiosk")) event.respondWith(kept(request));
});

// The network first, so that a new player comes in; what was kept when it does not answer in time.
async function page(request) {
  const held = await find(request.url);
  if (!held) return fetch(request);
  const fresh = fetch(request).then((answer) => (answer.status < 500 ? answer : held.clone()));
  const late = new Promise((resolve) => setTimeout(() => resolve(held.clone()), PATIENCE));
  return Promise.race([fresh, late]).catch(() => held);
}

async function kept(request) {
  const held = await find(request.url);
  if (!held) return fetch(request);
  const asked = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("Range") || "");
  return asked ? part(held, asked) : held;
}

async function find(url) {
  const names = await caches.keys();
  for (const name of names.filter((each) => each.startsWith(KEPT + self.registration.scope))) {
    const held = await (await caches.open(name)).match(url);
    if (held) return held;
  }
  return undefined;
}

// RFC 9110 §14.2: one range, as films ask for it.
async function part(held, asked) {
  const whole = await held.blob();
  const size = whole.size;
  const last = asked[1] && asked[2] ? Math.min(Number(asked[2]), size - 1) : size - 1;
  const first = asked[1] ? Number(asked[1]) : Math.max(0, size - Number(asked[2]));
  if (first > last) {
    return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${size}` } });
  }
  return new Response(whole.slice(first, last + 1), {
    status: 206,
    headers: {
      "Content-Type": held.headers.get("Content-Type") || "application/octet-stream",
      "Content-Length": String(last - first + 1),
      "Content-Range": `bytes ${first}-${last}/${size}`,
      "Accept-Ranges": "bytes",
    },
  });
}
