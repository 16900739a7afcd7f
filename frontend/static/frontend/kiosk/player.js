// Plays a screen's list for as long as the TV is on, with or without network.
import { Keeping, absolute, addresses, canKeep, room } from "./keeping.js";
import { isDue } from "./schedule.js";
import { show } from "./showing.js";

const ASK = 30000;
const REPORT = 60000;
const LOOK = 1000;
const PATIENCE = 8000;
const MOST_ERRORS = 10;

const { dataset } = document.body;
const stage = document.getElementById("stage");
const wait = document.getElementById("wait");
const words = document.getElementById("wait-text");
const keeping = canKeep() ? new Keeping(dataset.scope) : null;
const state = {
  list: null,
  next: null, // a newer list, whose files are still being fetched
  newest: null, // the one that came after it
  kept: new Set(),
  wanted: 0,
  ahead: 0, // by how much the server's clock is ahead of this TV's
  item: null,
  showing: null,
  online: false,
  failed: new Map(),
  errors: [],
};

const now = () => Date.now() + state.ahead;

function note(error) {
  const others = state.errors.filter((each) => each !== error);
  state.errors = [...others, error].slice(-MOST_ERRORS);
}

async function ask(address, options = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  const headers = { "X-Kiosk": "1", ...options.headers };
  try {
    return await fetch(address, { cache: "no-store", ...options, headers, signal: stop.signal });
  } finally {
    clearTimeout(timer);
  }
}

async function askList() {
  try {
    const answer = await ask(dataset.list);
    if (answer.status === 404) return await gone();
    if (!answer.ok) throw new Error(String(answer.status));
    const list = await answer.json();
    state.online = true;
    state.ahead = list.now - Date.now();
    localStorage.setItem(`${dataset.scope}ahead`, String(state.ahead));
    if (list.build !== dataset.build) return location.reload();
    await take(list);
  } catch (error) {
    state.online = false;
  }
  return undefined;
}

// A new list plays once its files are here; until then the old one goes on. One after the other:
// of several that come meanwhile the newest is taken.
async function take(list) {
  state.newest = list;
  if (state.next) return;
  while (state.newest) {
    state.next = state.newest;
    state.newest = null;
    if (!isPlayed(state.next)) await keep(state.next);
  }
  state.next = null;
}

function isPlayed(list) {
  const whole = !keeping || state.kept.size >= state.wanted;
  return state.list !== null && state.list.version === list.version && whole;
}

async function keep(list) {
  if (!state.list) use(list);
  if (keeping) {
    const before = state.kept;
    const said = (kept, wanted) => {
      state.kept = new Set([...before, ...kept]);
      waiting("loading", { kept: kept.size, wanted });
    };
    (await keeping.keepAll(list.items, said)).forEach(note);
    await keeping.keepList(list);
  }
  use(list);
  if (keeping) {
    await keeping.tidy(list.items);
    state.kept = await keeping.keptNow(list.items);
  }
}

function use(list) {
  state.list = list;
  state.failed.clear();
  state.wanted = addresses(list.items).length;
  const current = state.item && list.items.find(({ id }) => id === state.item.id);
  const same = current && JSON.stringify(current) === JSON.stringify(state.item);
  if (!same) play();
}

function playable(item) {
  if (!isDue(item, now()) || (state.failed.get(item.id) || 0) > now()) return false;
  if (!item.src || !keeping) return true;
  // What was not kept (no room for it) plays from the network while there is one.
  return state.kept.has(item.src) || (state.online && !state.next);
}

function after(item) {
  const { items } = state.list;
  const at = item ? items.findIndex(({ id }) => id === item.id) : -1;
  const turn = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return turn.find(playable) || null;
}

function play() {
  if (state.showing) state.showing.stop();
  state.showing = null;
  state.item = state.list ? after(state.item) : null;
  if (!state.item) return rest();
  const { id, title } = state.item;
  state.showing = show(stage, state.item, (error) => {
    if (error) {
      note(`${title || id}: ${error}`);
      state.failed.set(id, now() + ASK);
    }
    play();
  });
  return undefined;
}

function rest() {
  if (stage.firstElementChild !== wait) stage.replaceChild(wait, stage.firstElementChild);
  if (!state.list) waiting(state.online ? "loading" : "lost", { kept: 0, wanted: "…" });
  else if (!state.next) waiting("empty", {});
}

function waiting(which, { kept, wanted }) {
  if (state.showing) return;
  words.textContent = words.dataset[which].replace("{kept}", kept).replace("{wanted}", wanted);
}

// Each second: what has closed goes, and what has come due begins when nothing else is shown.
function look() {
  if (!state.list) return;
  if (state.item && !isDue(state.item, now())) play();
  else if (!state.item) play();
}

async function gone() {
  state.list = null;
  if (keeping) await keeping.forget();
  play();
  words.textContent = words.dataset.gone;
  return undefined;
}

async function report() {
  const free = keeping ? Math.max(0, Math.round(await room())) : null;
  const said = {
    version: state.list ? state.list.version : "",
    item: state.item ? state.item.title || state.item.id : "",
    errors: state.errors,
    kept: state.kept.size,
    wanted: state.wanted,
    free,
  };
  const headers = { "Content-Type": "application/json" };
  const answer = await ask(dataset.report, { method: "POST", headers, body: JSON.stringify(said) });
  if (answer.ok) state.errors = [];
}

async function stayAwake() {
  if (!("wakeLock" in navigator) || document.visibilityState !== "visible") return;
  await navigator.wakeLock.request("screen").catch(() => {});
}

function fullScreen() {
  document.getElementById("hint").hidden = true;
  if (!document.fullscreenElement) document.documentElement.requestFullscreen().catch(() => {});
}

async function begin() {
  state.ahead = Number(localStorage.getItem(`${dataset.scope}ahead`)) || 0;
  if (keeping) {
    await navigator.serviceWorker.register(dataset.worker, { scope: dataset.scope });
    if (navigator.storage.persist) navigator.storage.persist();
    const list = await keeping.keptList();
    if (list) {
      state.kept = await keeping.keptNow(list.items);
      use(list);
    }
    keeping.keepShell(absolute(dataset.scope)).catch(() => {});
  }
  document.getElementById("insecure").hidden = Boolean(keeping);
  await askList();
  if (!state.list) rest();
  await report().catch(() => {});
}

const whole = window.innerHeight === window.screen.height;
document.getElementById("hint").hidden = whole;
setTimeout(() => (document.getElementById("hint").hidden = true), ASK);
document.addEventListener("keydown", fullScreen);
document.addEventListener("click", fullScreen);
document.addEventListener("visibilitychange", stayAwake);
stayAwake();
setInterval(askList, ASK);
setInterval(() => report().catch(() => {}), REPORT);
setInterval(look, LOOK);
window.addEventListener("online", askList);
begin().catch((error) => note(error.message));
