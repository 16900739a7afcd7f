// What this tab knows of the answers and what the server is known to have; kept in local storage
// until acknowledged, so that a lost network, a reload or a killed tab loses nothing.
const PREFIX = "bai-thi:";

export function newWriter() {
  const parts = crypto.getRandomValues(new Uint32Array(2));
  return (parts[0] % 2 ** 16) * 2 ** 32 + parts[1] + 1;
}

// Three sides of one value: the side that changed wins, and mine where both did.
export function mergeValue(mine, base, theirs) {
  return mine === base ? theirs : mine;
}

export function mergeAnswers(mine, base, theirs) {
  return mine.map((mask, slot) => mergeValue(mask, base[slot], theirs[slot]));
}

export class Outbox {
  // `stored` is what the server showed: {revision, answers, prediction}.
  constructor(key, stored) {
    this.prefix = `${PREFIX}${key}:`;
    this.writer = newWriter();
    this.base = stored.revision;
    this.revision = stored.revision;
    this.acked = { answers: stored.answers, prediction: stored.prediction };
    this.answers = stored.answers.slice();
    this.prediction = stored.prediction;
    this.submitting = false;
    this.recovered = this.takeOver();
  }

  // Unsent answers of earlier tabs of this attempt, put together with what the server has.
  takeOver() {
    let found = false;
    for (const name of keysOf(this.prefix)) {
      const left = read(name);
      if (left && Array.isArray(left.answers) && left.answers.length === this.answers.length) {
        this.answers = mergeAnswers(left.answers, left.acked.answers, this.answers);
        this.prediction = mergeValue(left.prediction, left.acked.prediction, this.prediction);
        this.submitting = this.submitting || left.submitting === true;
        found = found || this.unsent() > 0;
      }
      remove(name);
    }
    if (found || this.submitting) this.touch();
    return found;
  }

  put(slot, mask) {
    if (this.answers[slot] === mask) return;
    this.answers[slot] = mask;
    this.touch();
  }

  predict(text) {
    if (this.prediction === text) return;
    this.prediction = text;
    this.touch();
  }

  // The server can't read it: the answers go on without it.
  dropPrediction() {
    this.prediction = this.acked.prediction;
    this.touch();
  }

  touch() {
    this.renew();
    this.keep();
  }

  // The same set under a new number.
  renew() {
    this.revision += 1;
  }

  // How many slots (the prediction is one) the server is not known to have.
  unsent() {
    const slots = this.answers.filter((mask, slot) => mask !== this.acked.answers[slot]).length;
    return slots + (this.prediction === this.acked.prediction ? 0 : 1);
  }

  body() {
    return {
      writer: this.writer,
      base: this.base,
      revision: this.revision,
      answers: this.answers.slice(),
      prediction: this.prediction || null,
    };
  }

  acknowledge(sent, revision) {
    this.base = revision;
    this.acked = { answers: sent.answers, prediction: sent.prediction || "" };
    this.revision = Math.max(this.revision, revision);
    if (this.unsent() > 0) this.keep();
    else this.clear();
  }

  // Another tab saved: take its answers where this one changed nothing.
  merge(theirs) {
    const prediction = (theirs.prediction || "").replace(".", ",");
    this.answers = mergeAnswers(this.answers, this.acked.answers, theirs.answers);
    this.prediction = mergeValue(this.prediction, this.acked.prediction, prediction);
    this.acked = { answers: theirs.answers, prediction };
    this.base = theirs.revision;
    this.revision = Math.max(this.revision, theirs.revision);
    this.touch();
  }

  keep() {
    const left = { answers: this.answers, prediction: this.prediction, acked: this.acked };
    write(this.prefix + this.writer, { ...left, submitting: this.submitting, at: Date.now() });
  }

  clear() {
    if (!this.submitting) remove(this.prefix + this.writer);
  }

  // The attempt is over: what was sent stays for the receipt page to compare with.
  finish() {
    keysOf(this.prefix).forEach(remove);
    write("bai-thi-da-gui", { answers: this.answers.join(",") });
  }
}

export function keysOf(prefix) {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  } catch (closed) {
    return [];
  }
}

export function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch (broken) {
    return null;
  }
}

export function write(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch (full) {
    /* private browsing: the answers live as long as the page */
  }
}

export function remove(name) {
  try {
    localStorage.removeItem(name);
  } catch (closed) {
    /* nothing was kept */
  }
}
