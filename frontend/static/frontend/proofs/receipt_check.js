// Checks a receipt in the browser: opening, code, signature, place in the published tree. The
// receipt stays here; the server is asked for a leaf's proof, and told a digest and its signature.
import { able, bytes, canon, fromHex, hmac, joined, sha256, tagged, toHex } from "./hashing.js";
import { readCode, startScan } from "./scanner.js";

const box = document.querySelector("[data-receipt-check]");
const form = box.querySelector("[data-receipt-form]");
const show = (name, seen) =>
  box.querySelectorAll(`[data-${name}]`).forEach((part) => {
    part.hidden = !seen;
  });

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const timesX = (value) => (value << 1) ^ (value & 16 ? 37 : 0);

// 75 bits of a digest and a check letter (quiz/engine/codes.py).
export function shortCode(digest) {
  let rest = BigInt(`0x${toHex(digest.slice(0, 10))}`);
  let letters = "";
  for (let at = 0; at < 16; at += 1) {
    letters = LETTERS[Number(rest % 32n)] + letters;
    rest /= 32n;
  }
  letters = letters.slice(0, 15);
  const check = Array.from(letters).reduce((sum, one) => timesX(sum) ^ LETTERS.indexOf(one), 0);
  return `${letters}${LETTERS[timesX(check)]}`.match(/.{4}/g).join("-");
}

// The leaf of a receipt's values, each committed under a key made from the secret.
export async function leafOf(secret, values) {
  const commitments = {};
  await Promise.all(
    Object.keys(values).map(async (name) => {
      const key = await hmac(secret, bytes(`field:${name}`));
      commitments[name] = toHex(await hmac(key, bytes(canon(values[name]))));
    }),
  );
  return toHex(await tagged("leaf", bytes(canon(commitments))));
}

// RFC 9162, section 2.1.3.2.
export async function rootOf(leaf, proof) {
  let [first, last] = [proof.index, proof.size - 1];
  let node = await sha256(joined(Uint8Array.of(0), fromHex(leaf)));
  for (const step of proof.path.map(fromHex)) {
    if (last === 0) return "";
    if (first % 2 || first === last) {
      node = await sha256(joined(Uint8Array.of(1), step, node));
      while (first % 2 === 0 && first) [first, last] = [first >> 1, last >> 1];
    } else {
      node = await sha256(joined(Uint8Array.of(1), node, step));
    }
    [first, last] = [first >> 1, last >> 1];
  }
  return last === 0 ? toHex(node) : "";
}

// true, false, or null where this browser has no Ed25519.
async function verifies(publicKey, signature, digest) {
  try {
    const how = { name: "Ed25519" };
    const key = await crypto.subtle.importKey("raw", fromHex(publicKey), how, false, ["verify"]);
    return await crypto.subtle.verify(how, key, fromHex(signature), digest);
  } catch (missing) {
    return null;
  }
}

async function asked(url, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function read(text) {
  const tidy = text.trim();
  const hex = (digits) => /^[0-9a-f]{64}$/i.test(digits);
  if (tidy.startsWith("{")) {
    const held = JSON.parse(tidy);
    if (!hex(held.receipt.leaf) || !hex(held.receipt.secret)) throw new Error("no receipt");
    return { held, leaf: held.receipt.leaf.toLowerCase() };
  }
  const parts = tidy.split(/\s+/);
  const leaf = parts.length === 4 && parts[0] === "minhthi-receipt/1" ? parts[2] : parts[0];
  if (parts.length > 1 && leaf === parts[0]) throw new Error("no receipt");
  if (!hex(leaf)) throw new Error("no receipt");
  return { held: null, leaf: leaf.toLowerCase() };
}

const state = (holds) => (holds ? "ok" : "wrong");

function tell(name, told) {
  const step = box.querySelector(`[data-step="${name}"]`);
  ["ok", "wrong", "unknown"].forEach((one) => {
    step.querySelector(`[data-${one}]`).hidden = one !== told;
  });
}

// Whether the receipt's round is released.
async function checkFile(held, leaf) {
  const document = held.receipt;
  const digest = await tagged("receipt", bytes(canon(document)));
  const fits = (await leafOf(fromHex(document.secret), document.values)) === leaf;
  tell("opening", state(fits));
  tell("code", state(shortCode(digest) === held.code));
  const given = { contest: document.contest, round: document.round };
  const round = await asked(box.dataset.signatureUrl, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...given, digest: toHex(digest), signature: held.signature }),
  });
  if (!round.public_key) return false;
  const here = await verifies(round.public_key, held.signature, digest);
  show(here === null ? "by-server" : "by-browser", true);
  tell("signature", state(here === null ? round.signature_holds : here));
  const promised = document.values.round;
  if (promised && promised !== round.commitment) tell("opening", "wrong");
  return round.released;
}

async function checkPlace(leaf, released) {
  const { proof } = await asked(`${box.dataset.proofUrl}?leaf=${leaf}`);
  if (!proof) {
    if (released) tell("inclusion", "wrong");
    return;
  }
  tell("inclusion", state((await rootOf(leaf, proof)) === proof.root));
  box.querySelector("[data-root]").textContent = proof.root;
  box.querySelector("[data-release]").textContent = proof.release;
  show("where", true);
}

async function check(text) {
  ["unreadable", "offline", "no-code", "where", "by-browser", "by-server"].forEach((name) =>
    show(name, false),
  );
  let found;
  try {
    found = read(text);
  } catch (broken) {
    show("result", false);
    show("unreadable", true);
    return;
  }
  ["opening", "code", "signature", "inclusion"].forEach((name) => tell(name, "unknown"));
  try {
    const released = found.held ? await checkFile(found.held, found.leaf) : false;
    await checkPlace(found.leaf, released);
  } catch (offline) {
    show("offline", true);
  }
  show("result", true);
  box.querySelector("[data-result]").scrollIntoView({ block: "nearest" });
}

async function given() {
  const file = form.elements.file.files[0];
  if (!file) return form.elements.receipt.value;
  return file.type.startsWith("image/") ? readCode(file) : file.text();
}

if (able) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = await given();
    if (text) check(text);
    else show("no-code", true);
  });
  startScan(box, (text) => {
    form.elements.receipt.value = text;
    check(text);
  });
}
