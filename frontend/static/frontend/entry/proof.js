// Under pressure the server asks for a little work (ALTCHA, PBKDF2) before it registers someone:
// find it, put it into the form, send the form again. Without crypto.subtle (plain http that is
// not localhost) nothing happens here and the page's slower way stays as it is.
const form = document.querySelector("form[data-challenge]");

const bytes = (hex) => Uint8Array.from(hex.match(/../g) || [], (pair) => parseInt(pair, 16));
const hex = (buffer) =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

// The server's rule: PBKDF2 of nonce + counter (four bytes, big-endian) begins with the prefix.
async function derive(rules, counter) {
  const nonce = bytes(rules.nonce);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  new DataView(password.buffer).setUint32(nonce.length, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(rules.salt), iterations: rules.cost };
  return hex(await crypto.subtle.deriveBits(how, key, rules.keyLength * 8));
}

async function solve(challenge) {
  const rules = challenge.parameters;
  for (let counter = 0; ; counter += 1) {
    const derivedKey = await derive(rules, counter);
    if (derivedKey.startsWith(rules.keyPrefix)) return { counter, derivedKey };
  }
}

async function prove() {
  const challenge = JSON.parse(form.dataset.challenge);
  const proving = document.querySelector("[data-proving]");
  proving.hidden = false;
  document.querySelector("[data-waiting]").hidden = true;
  const solution = await solve(challenge);
  form.elements.proof.value = btoa(JSON.stringify({ challenge, solution }));
  form.submit();
}

if (form && window.crypto && crypto.subtle) prove();
