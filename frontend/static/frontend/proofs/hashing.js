// The canonical bytes and tagged hashes of the platform (quiz/engine/canonical.py), in the browser.
export const able = Boolean(window.crypto && crypto.subtle);
export const bytes = (text) => new TextEncoder().encode(text);
export const fromHex = (hex) =>
  Uint8Array.from(hex.match(/../g) || [], (pair) => parseInt(pair, 16));
export const toHex = (data) =>
  Array.from(new Uint8Array(data), (byte) => byte.toString(16).padStart(2, "0")).join("");

export function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  parts.forEach((part) => {
    all.set(part, at);
    at += part.length;
  });
  return all;
}

// Keys in the order of their code points: JavaScript's own order is by UTF-16 units.
function ordered(a, b) {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = left[at].codePointAt(0) - right[at].codePointAt(0);
    if (difference) return difference;
  }
  return left.length - right.length;
}

// JSON with sorted keys and no spaces; numbers are whole and safe, anything else is no such document.
export function canon(value) {
  if (value === null || typeof value === "boolean" || typeof value === "string") {
    return JSON.stringify(value);
  }
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(canon).join(",")}]`;
  if (typeof value === "object") {
    const told = Object.keys(value)
      .sort(ordered)
      .map((key) => `${JSON.stringify(key)}:${canon(value[key])}`);
    return `{${told.join(",")}}`;
  }
  throw new TypeError("not canonical");
}

export async function sha256(data) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", data));
}

export function tagged(tag, data) {
  return sha256(joined(bytes(`minhthi/1/${tag}\u0000`), data));
}

export async function hmac(key, data) {
  const how = { name: "HMAC", hash: "SHA-256" };
  const ready = await crypto.subtle.importKey("raw", key, how, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", ready, data));
}
