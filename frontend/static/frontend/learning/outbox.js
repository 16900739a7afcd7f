// What this page knows of a lesson's progress, kept in local storage until the server has it.
// Everything is a union of stretches, so sending it twice, late, or after another device is harmless.
import { keysOf, read, remove, write } from "../entry/outbox.js";

const PREFIX = "bai-hoc:";
const LISTS = ["pages", "watched", "studied"];

export function newTab() {
  const parts = crypto.getRandomValues(new Uint8Array(10));
  return Array.from(parts, (part) => part.toString(16).padStart(2, "0")).join("");
}

// Half-open stretches, sorted and apart from each other.
export function union(stretches) {
  const joined = [];
  stretches
    .filter(([begin, end]) => begin < end)
    .sort((left, right) => left[0] - right[0])
    .forEach(([begin, end]) => {
      const last = joined[joined.length - 1];
      if (last && begin <= last[1]) last[1] = Math.max(last[1], end);
      else joined.push([begin, end]);
    });
  return joined;
}

// What pages of the person's other lessons never got through: [name, {url, …}].
export function strays(person, key) {
  const mine = `${PREFIX}${person}:`;
  return keysOf(mine)
    .filter((name) => !name.startsWith(`${mine}${key}:`))
    .map((name) => [name, read(name)])
    .filter(([, left]) => left && left.url);
}

export function forget(name) {
  remove(name);
}

export class Outbox {
  constructor(person, key, url) {
    this.prefix = `${PREFIX}${person}:${key}:`;
    this.url = url;
    this.tab = newTab();
    this.told = { pages: [], watched: [], studied: [], position: null, position_at: 0 };
    this.changes = 0;
    this.acked = 0;
    this.takeOver();
  }

  // What earlier pages of this lesson never got through.
  takeOver() {
    keysOf(this.prefix).forEach((name) => {
      const left = read(name);
      if (left) {
        LISTS.forEach((list) => this.join(list, Array.isArray(left[list]) ? left[list] : []));
        if (left.position !== null && left.position_at > this.told.position_at) {
          this.told.position = left.position;
          this.told.position_at = left.position_at;
        }
      }
      remove(name);
    });
    if (this.changes) this.keep();
  }

  join(list, stretches) {
    const before = JSON.stringify(this.told[list]);
    this.told[list] = union(this.told[list].concat(stretches).map(([begin, end]) => [begin, end]));
    if (JSON.stringify(this.told[list]) !== before) this.changes += 1;
  }

  add(list, begin, end) {
    this.join(list, [[begin, end]]);
  }

  place(position, at) {
    this.told.position = position;
    this.told.position_at = at;
    this.changes += 1;
  }

  isNews() {
    return this.changes > this.acked;
  }

  body(extra) {
    return { tab: this.tab, ...JSON.parse(JSON.stringify(this.told)), ...extra };
  }

  acknowledge(changes) {
    this.acked = Math.max(this.acked, changes);
    if (this.isNews()) this.keep();
    else remove(this.prefix + this.tab);
  }

  keep() {
    write(this.prefix + this.tab, { ...this.told, tab: this.tab, url: this.url });
  }
}
