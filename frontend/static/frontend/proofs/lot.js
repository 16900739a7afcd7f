// Draws a lot again: the set's digest and the order by H("lot", seed ‖ leaf).
import { able, bytes, canon, fromHex, joined, tagged, toHex } from "./hashing.js";

// canon() writes bytes as hexadecimal digits; the set is named in the order of its leaves.
export async function tiedDigest(leaves) {
  return toHex(await tagged("tied", bytes(canon(leaves.slice().sort()))));
}

export async function orderByLot(seed, leaves) {
  const prefix = bytes(seed.normalize("NFC").trim());
  const drawn = await Promise.all(
    leaves.map(async (leaf) => [toHex(await tagged("lot", joined(prefix, fromHex(leaf)))), leaf]),
  );
  return drawn.sort((a, b) => (a[0] < b[0] ? -1 : 1)).map((pair) => pair[1]);
}

async function check(box) {
  const leaves = Array.from(box.querySelectorAll("[data-leaf]"), (row) => row.dataset.leaf);
  const shuffled = leaves.slice().sort();
  const order = await orderByLot(box.dataset.seed, shuffled);
  const same =
    (await tiedDigest(shuffled)) === box.dataset.digest && canon(order) === canon(leaves);
  box.querySelector(same ? "[data-same]" : "[data-differs]").hidden = false;
}

document.querySelectorAll("[data-lot]").forEach((box) => {
  if (able) check(box);
  else box.querySelector("[data-unable]").hidden = false;
});
