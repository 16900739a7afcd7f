// Deciding by keyboard: each key presses the button that says it (data-press).
import { CardKeys } from "./card_keys.js";

const list = document.querySelector("[data-drafts]");
const trouble = document.querySelector("[data-import-trouble]");
let sending = 0;
let leaving = "";
const queues = new Map(); // draft's id → keys pressed while its last act is on the way

// On to the next stretch only when everything sent has been answered.
function leave() {
  if (!leaving || sending) return;
  if (leaving === "end") document.querySelector("#tom-tat").scrollIntoView();
  else window.location.assign(leaving);
  leaving = "";
}

function beyond(by) {
  leaving = (by > 0 ? list.dataset.next : list.dataset.previous) || (by > 0 ? "end" : "");
  leave();
}

function pressIn(draft, key) {
  const button = draft.querySelector(`[data-press="${key}"]`);
  if (button) button.click();
  return button !== null;
}

function press(key) {
  const queue = queues.get(cards.current.id);
  if (queue) queue.push(key);
  else if (!pressIn(cards.current, key)) return;
  if (key === "a" || key === "s") cards.move(1);
}

// The answered draft has a new version: what was pressed meanwhile goes to it.
function pressQueued(draft) {
  const keys = queues.get(draft.id) || [];
  queues.delete(draft.id);
  while (keys.length && !queues.has(draft.id)) pressIn(draft, keys.shift());
  if (keys.length) queues.get(draft.id).push(...keys);
}

function listen() {
  document.addEventListener("htmx:beforeRequest", (event) => {
    const draft = event.target.closest("[data-draft]");
    if (draft) queues.set(draft.id, []);
    sending += 1;
    trouble.hidden = true;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    sending -= 1;
    const { xhr } = event.detail;
    const failed = !xhr || xhr.status === 0 || xhr.status >= 500;
    trouble.hidden = !failed;
    if (failed) {
      leaving = "";
      queues.clear();
    }
    leave();
  });
  document.addEventListener("htmx:load", (event) => {
    const draft = event.detail.elt;
    if (!draft.matches("[data-draft]")) return;
    const refused = draft.querySelector(".notice");
    if (refused) leaving = "";
    if (refused || cards.current.id === draft.id) cards.choose(draft);
    const first = draft.querySelector("textarea");
    if (first) first.focus();
    pressQueued(draft);
  });
}

function typed(event) {
  if (event.key === "Escape") press("cancel");
}

const cards =
  list && new CardKeys(list, "[data-draft]", { keys: "asez12345678", press, typed, beyond });

if (list) {
  listen();
  cards.chooseNamed();
}
