// Checks a certificate's code in the browser, also without network: what it says, by which key it is
// signed (docs/certificate-format.md); asks the server only whether it was revoked.
import { able, fromHex, tagged } from "./hashing.js";
import { startScan } from "./scanner.js";

const box = document.querySelector("[data-certificate-check]");
const form = box.querySelector("[data-certificate-form]");
const result = box.querySelector("[data-result]");
const ED25519 = { name: "Ed25519" };

function decoded(text) {
  const letters = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

// {fields, payload, signature}; an error for what is no code.
function read(text) {
  const parts = text.trim().split("#").pop().split(".");
  if (parts.length !== 3 || parts[0] !== "MT1") throw new Error("no code");
  const payload = decoded(parts[1]);
  const fields = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  const told = Array.isArray(fields) && fields.length === 8;
  if (!told || !fields.every((field) => typeof field === "string")) throw new Error("no code");
  return { fields, payload, signature: decoded(parts[2]) };
}

// true, false, or null where this browser can't tell.
async function signed(found) {
  try {
    const { keys } = await (await fetch(box.dataset.keysUrl)).json();
    const digest = await tagged("certificate", found.payload);
    for (const hex of keys) {
      const key = await crypto.subtle.importKey("raw", fromHex(hex), ED25519, false, ["verify"]);
      if (await crypto.subtle.verify(ED25519, key, found.signature, digest)) return true;
    }
    return false;
  } catch (missing) {
    return null;
  }
}

const day = (text) => text.split("-").reverse().join("/");

function showFacts(fields) {
  box.querySelectorAll("[data-fact]").forEach((place) => {
    const at = Number(place.dataset.fact);
    const text = at < 5 ? fields[at] : day(fields[at]);
    place.textContent = text || place.dataset.never || "—";
  });
}

function tell(name, reason = "") {
  const answered = box.querySelector("[data-answered]");
  if (answered) answered.hidden = true;
  box.querySelectorAll("[data-told]").forEach((part) => {
    part.hidden = part.dataset.told !== name;
  });
  box.querySelector("[data-reason]").textContent = reason;
  box.querySelector("[data-facts]").hidden = name === "unread" || name === "unable";
  result.hidden = false;
  result.scrollIntoView({ block: "nearest" });
}

// Vietnam has one time zone and no summer time.
const today = () => new Date(Date.now() + 7 * 3600000).toISOString().slice(0, 10);

async function stateOf(fields) {
  try {
    const answer = await fetch(`${box.dataset.stateUrl}?code=${encodeURIComponent(fields[7])}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const { state, reason } = await answer.json();
    return [state || "gone", reason];
  } catch (offline) {
    return [fields[6] && fields[6] <= today() ? "expired" : "signed", ""];
  }
}

async function check(text) {
  let found;
  try {
    found = read(text);
  } catch (broken) {
    tell("unread");
    return;
  }
  showFacts(found.fields);
  const holds = await signed(found);
  if (holds === null && navigator.onLine) {
    form.elements.code.value = text;
    form.submit();
  } else if (holds === null) {
    tell("unable");
  } else if (!holds) {
    tell("wrong");
  } else {
    tell(...(await stateOf(found.fields)));
  }
}

// A short code is for the server to look up.
const isWhole = (text) => text.includes("MT1.");

if (able) {
  form.addEventListener("submit", (event) => {
    const text = form.elements.code.value;
    if (!isWhole(text)) return;
    event.preventDefault();
    check(text);
  });
  startScan(box, (text) => {
    form.elements.code.value = text;
    if (isWhole(text)) check(text);
    else form.submit();
  });
  if (isWhole(window.location.hash)) check(window.location.hash);
  window.addEventListener("hashchange", () => {
    if (isWhole(window.location.hash)) check(window.location.hash);
  });
}

// The parts of this page, for the worker to keep.
async function keepForLater() {
  await navigator.serviceWorker.register(box.dataset.workerUrl);
  const { active } = await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource").map((part) => part.name.split("#")[0]);
  const ours = parts.filter((part) => part.startsWith(`${window.location.origin}/static/`));
  active.postMessage([...new Set(ours)]);
}

if ("serviceWorker" in navigator) window.addEventListener("load", keepForLater);
