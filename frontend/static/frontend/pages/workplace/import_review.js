// Deciding by keyboard: J and K move, every other key presses the button that says it (data-press).
const list = document.querySelector("[data-drafts]");
const trouble = document.querySelector("[data-import-trouble]");
const MOVES = { j: 1, k: -1 };
let current = null;
let sending = 0;
let leaving = "";
const queues = new Map(); // draft's id → keys pressed while its last act is on the way

const drafts = () => [...list.querySelectorAll("[data-draft]")];

function choose(draft) {
  if (current) current.classList.remove("draft-card--current");
  current = draft;
  draft.classList.add("draft-card--current");
  if (!draft.contains(document.activeElement)) draft.focus({ preventScroll: true });
  draft.scrollIntoView({ block: "nearest" });
}

// On to the next stretch only when everything sent has been answered.
function leave() {
  if (!leaving || sending) return;
  if (leaving === "end") document.querySelector("#tom-tat").scrollIntoView();
  else window.location.assign(leaving);
  leaving = "";
}

function move(by) {
  const all = drafts();
  const next = all[all.indexOf(current) + by];
  if (next) {
    choose(next);
    return;
  }
  leaving = (by > 0 ? list.dataset.next : list.dataset.previous) || (by > 0 ? "end" : "");
  leave();
}

function pressIn(draft, key) {
  const button = draft.querySelector(`[data-press="${key}"]`);
  if (button) button.click();
  return button !== null;
}

function press(key) {
  if (!current) return;
  const queue = queues.get(current.id);
  if (queue) queue.push(key);
  else if (!pressIn(current, key)) return;
  if (key === "a" || key === "s") move(1);
}

// The answered draft has a new version: what was pressed meanwhile goes to it.
function pressQueued(draft) {
  const keys = queues.get(draft.id) || [];
  queues.delete(draft.id);
  while (keys.length && !queues.has(draft.id)) pressIn(draft, keys.shift());
  if (keys.length) queues.get(draft.id).push(...keys);
}

function listen() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "Escape" && typing) press("cancel");
    if (typing || event.key.length !== 1) return;
    const key = event.key.toLowerCase();
    if (!/[jkasez1-8]/.test(key)) return;
    event.preventDefault();
    if (MOVES[key]) move(MOVES[key]);
    else press(key);
  });
  list.addEventListener("focusin", (event) => {
    const draft = event.target.closest("[data-draft]");
    if (draft && draft !== current) choose(draft);
  });
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
    if (refused || !current || current.id === draft.id) choose(draft);
    const first = draft.querySelector("textarea");
    if (first) first.focus();
    pressQueued(draft);
  });
}

if (list) {
  document.querySelector("[data-import-keys]").hidden = false;
  const wanted = drafts().find((draft) => `#${draft.id}` === window.location.hash);
  listen();
  choose(wanted || drafts()[0]);
}
