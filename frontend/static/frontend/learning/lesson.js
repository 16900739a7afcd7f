// A lesson's page with script: notes what is read, watched and how long, and loses nothing of it.
import { Film } from "./film.js";
import { Outbox, forget, strays } from "./outbox.js";
import { Sender, report } from "./sender.js";

const SEND_MS = 10000;
// Without a touch for so long nobody is reading.
const IDLE_MS = 60000;
// An end has to stay in sight for so long to have been read.
const IN_SIGHT_MS = 700;
const AGAIN_MS = 3000;
const ACTS = ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"];

const page = document.getElementById("lesson");
const data = page.dataset;
const statusLine = page.querySelector("[data-status]");
const bar = document.getElementById("tien-do-bai");
const video = page.querySelector("[data-video]");
const began = performance.now();
const outbox = new Outbox(data.person, data.key, data.url);
const token = page.querySelector("[name=csrfmiddlewaretoken]").value;
let film = null;
let touched = performance.now();
let beat = now();
let sentMs = 0;

// Seconds since this lesson was first opened, by the server's clock.
function now() {
  return Number(data.elapsed) + (performance.now() - began) / 1000;
}

function inUse() {
  if (document.visibilityState !== "visible") return false;
  return (film && film.playing()) || performance.now() - touched < IDLE_MS;
}

function say(sentence, tone) {
  if (statusLine.textContent !== sentence) statusLine.textContent = sentence;
  statusLine.dataset.tone = tone || "";
}

function extra() {
  const mediaMs = film ? film.mediaMs - sentMs : 0;
  sentMs += mediaMs;
  return { media_ms: mediaMs, rate: film ? film.rate() : 100, in_use: Boolean(inUse()) };
}

function tell(event, answer) {
  if (event === "saving") say(data.saySaving);
  if (event === "waiting") say(data.sayWaiting, "warn");
  if (event === "refused") say((answer && answer.message) || data.sayRefused, "warn");
  if (event !== "saved") return;
  say(data.saySaved, "good");
  bar.querySelector("progress").value = answer.share;
  bar.querySelector(".progress__percent").textContent = `${answer.share}%`;
  if (!answer.completed) return;
  const done = page.querySelector("[data-done]");
  if (done.hidden) say(data.sayDone, "good");
  done.hidden = false;
  const said = document.querySelector("[data-said]");
  if (said) said.hidden = true;
}

const sender = new Sender(outbox, { url: data.url, token }, extra, tell);

// Left by a lesson that was closed without network: sent from here, in_use no more.
async function sendStrays() {
  for (const [name, { url, ...told }] of strays(data.person, data.key)) {
    try {
      const answer = await report(url, token, { ...told, in_use: false }, {});
      if (!answer.redirected && answer.status < 500 && answer.status !== 429) forget(name);
    } catch (lost) {
      return;
    }
  }
}

// Each second of use is studied time; a sleeping machine adds none.
function tick() {
  const moment = now();
  if (inUse() && moment - beat < 3) outbox.add("studied", Math.floor(beat), Math.floor(moment));
  if (moment - beat >= 1) beat = moment;
}

function seen(number) {
  outbox.add("pages", number, number + 1);
  outbox.place(number, now());
  sender.push();
}

function watchEnds() {
  const waiting = new Map();
  const watcher = new IntersectionObserver((entries) => {
    entries.forEach((entry) => {
      const number = Number(entry.target.dataset.end);
      clearTimeout(waiting.get(number));
      if (!entry.isIntersecting) return;
      waiting.set(
        number,
        setTimeout(() => {
          watcher.unobserve(entry.target);
          seen(number);
        }, IN_SIGHT_MS),
      );
    });
  });
  page.querySelectorAll("[data-end]").forEach((end) => {
    if (end.dataset.end) watcher.observe(end);
  });
}

if (video) {
  film = new Film(video, {
    start: outbox.told.position === null ? Number(data.position) : outbox.told.position,
    watched: (begin, end) => outbox.add("watched", Math.floor(begin * 10) / 10, Math.ceil(end * 10) / 10),
    moved: (position) => outbox.place(Math.round(position * 10) / 10, now()),
  });
  ["pause", "ended"].forEach((name) => video.addEventListener(name, () => sender.push()));
}
const opened = page.querySelector("[data-opened]");
if (opened) opened.addEventListener("click", () => seen(1));
ACTS.forEach((name) =>
  addEventListener(
    name,
    () => {
      touched = performance.now();
    },
    { passive: true },
  ),
);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") sender.leave();
});
addEventListener("pagehide", () => sender.leave());
// A page that the browser had set aside whole tells yesterday's clock.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
// A server under load may have refused a page's picture: asked for once more.
page.querySelectorAll("img").forEach((picture) => {
  const again = () => setTimeout(() => picture.setAttribute("src", picture.src), AGAIN_MS);
  if (picture.complete && picture.naturalWidth === 0) again();
  else picture.addEventListener("error", again, { once: true });
});
setInterval(tick, 1000);
setInterval(() => sender.push(), SEND_MS);
watchEnds();
if (outbox.isNews()) sender.push();
sendStrays();
document.documentElement.dataset.lesson = "ready";
