// Keeping what a playlist needs in this browser: films whole, within the room there is.
const MOST = 8 * 1024 * 1024 * 1024;
const SHARE = 0.8;

export const canKeep = () => "caches" in window && "serviceWorker" in navigator;

export class Keeping {
  // `scope`: the screen's address; its caches are named by it and touched by no other screen.
  constructor(scope) {
    const name = `kiosk:${new URL(scope, location.href).href}`;
    this.shell = `${name}:shell`;
    this.media = `${name}:media`;
    this.list = new URL("kept-list", new URL(scope, location.href)).href;
  }

  async keepShell(page) {
    const cache = await caches.open(this.shell);
    const used = performance.getEntriesByType("resource").map((entry) => entry.name);
    const own = used.filter((url) => new URL(url).pathname.startsWith("/static/"));
    const wanted = new Set([page, ...own]);
    await Promise.all([...wanted].map((url) => keepOne(cache, url)));
    const held = await cache.keys();
    await Promise.all(held.filter(({ url }) => !wanted.has(url)).map((old) => cache.delete(old)));
  }

  async keepList(list) {
    const cache = await caches.open(this.media);
    await cache.put(this.list, new Response(JSON.stringify(list)));
  }

  async keptList() {
    const held = await (await caches.open(this.media)).match(this.list);
    return held ? held.json() : null;
  }

  // Fetches what is not kept yet, in the order of the list; `said(kept, of)` after each, `kept` the
  // set of addresses. Answers what went wrong; what does not fit is left out and named there.
  async keepAll(items, said) {
    const cache = await caches.open(this.media);
    const wanted = addresses(items);
    const kept = new Set();
    const errors = [];
    for (const { url, bytes, title } of wanted) {
      try {
        if (!(await cache.match(url))) {
          if (bytes > (await room())) throw new Error("room");
          await cache.put(url, await whole(url));
        }
        kept.add(url);
      } catch (error) {
        errors.push(`${title || url}: ${error.message}`);
      }
      said(kept, wanted.length);
    }
    return errors;
  }

  // Only the files of these items stay.
  async tidy(items) {
    const cache = await caches.open(this.media);
    const stay = new Set(addresses(items).map(({ url }) => absolute(url))).add(this.list);
    const held = await cache.keys();
    await Promise.all(held.filter(({ url }) => !stay.has(url)).map((old) => cache.delete(old)));
  }

  async keptNow(items) {
    const cache = await caches.open(this.media);
    const held = new Set((await cache.keys()).map(({ url }) => url));
    return new Set(addresses(items).map(({ url }) => url).filter((url) => held.has(absolute(url))));
  }

  async forget() {
    await Promise.all([caches.delete(this.shell), caches.delete(this.media)]);
  }
}

export const absolute = (url) => new URL(url, location.href).href;

// Each file once, with its size and whose it is.
export function addresses(items) {
  const found = new Map();
  items.forEach(({ src, track, bytes, title }) => {
    if (src) found.set(src, { url: src, bytes: bytes || 0, title });
    if (track) found.set(track, { url: track, bytes: 0, title });
  });
  return [...found.values()];
}

async function keepOne(cache, url) {
  if (url.includes("/static/") && (await cache.match(url))) return;
  const answer = await fetch(url, { headers: { "X-Kiosk": "1" } });
  if (answer.ok) await cache.put(url, answer);
}

export async function room() {
  const { quota = MOST, usage = 0 } = await navigator.storage.estimate();
  return Math.min(MOST, quota * SHARE) - usage;
}

// Part by part: the server hands out so much at once, and a cut costs one part, not the film.
async function whole(url) {
  const parts = [];
  let size = 0;
  let type = "";
  for (;;) {
    const headers = { "X-Kiosk": "1", Range: `bytes=${size}-` };
    const answer = await fetch(url, { headers, cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    const part = await answer.blob();
    type = answer.headers.get("Content-Type") || type;
    parts.push(part);
    size += part.size;
    const total = /\/(\d+)$/.exec(answer.headers.get("Content-Range") || "");
    if (answer.status !== 206 || !total || size >= Number(total[1])) break;
    if (part.size === 0) throw new Error("empty");
  }
  const headers = { "Content-Type": type, "Content-Length": String(size) };
  return new Response(new Blob(parts), { headers });
}
