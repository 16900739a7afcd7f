// Sends the outbox: one request at a time, the newest whole set each time, again until it is taken.
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15000;
const GIVE_UP_MS = 10000;
const OVER = ["attempt_submitted", "attempt_closed", "attempt_voided", "save_too_late"];

// JSON to the server; given up when no answer comes.
export function post(url, body, headers, options) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), GIVE_UP_MS);
  return fetch(url, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", Accept: "application/json", ...headers },
    signal: stop.signal,
    ...options,
  }).finally(() => clearTimeout(timer));
}

export class Sender {
  // `tell(event, data)`: "saving", "saved", "told" (nothing was new), "waiting", "merged",
  // "prediction", "over", "late", "lost".
  constructor(outbox, { token, saveUrl, submitUrl }, tell) {
    this.outbox = outbox;
    this.token = token;
    this.saveUrl = saveUrl;
    this.submitUrl = submitUrl;
    this.tell = tell;
    this.busy = false;
    this.done = false;
    this.asking = false;
    this.wait = FIRST_WAIT_MS;
    this.timer = 0;
    addEventListener("online", () => this.push());
    document.addEventListener("visibilitychange", () => this.push());
  }

  isNews() {
    return this.outbox.submitting || this.outbox.unsent() > 0;
  }

  needed() {
    return !this.done && (this.asking || this.isNews());
  }

  // Send the whole set once though nothing is new: the reply tells the deadline as it is now.
  ask() {
    if (!this.isNews()) this.outbox.renew();
    this.asking = true;
    this.push();
  }

  async push() {
    if (this.busy || !this.needed()) return;
    this.busy = true;
    clearTimeout(this.timer);
    let pause = 0;
    while (this.needed() && pause === 0) pause = await this.once();
    this.busy = false;
    if (pause > 0) this.timer = setTimeout(() => this.push(), pause);
  }

  // One request; returns how long to wait before the next one, 0 for not at all.
  async once() {
    const sent = this.outbox.body();
    const ends = this.outbox.submitting;
    const news = this.isNews();
    this.tell("saving", { ends });
    let answer;
    let data;
    try {
      answer = await this.request(ends ? this.submitUrl : this.saveUrl, sent);
      // Looked at first: who refuses so may stand before the server and speak no JSON.
      if (answer.status === 429 || answer.status >= 500) {
        return this.later(Number(answer.headers.get("Retry-After")) || 0);
      }
      data = await answer.json();
    } catch (lost) {
      return this.later(0);
    }
    return answer.ok ? this.taken(sent, data, news) : this.refused(data);
  }

  request(url, body) {
    return post(url, body, { "X-Attempt-Token": this.token }, { credentials: "omit" });
  }

  taken(sent, data, news) {
    this.wait = FIRST_WAIT_MS;
    this.asking = false;
    this.outbox.acknowledge(sent, data.revision);
    if (data.state !== "open") {
      this.done = true;
      this.tell("over", data);
      return 0;
    }
    this.tell(news ? "saved" : "told", data);
    return 0;
  }

  later(seconds) {
    // Never before the server's seconds, which are another number for each; somewhat later.
    const own = this.wait * (0.75 + Math.random() / 2);
    const pause = Math.max(own, seconds * 1000 * (1 + Math.random() / 4));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
    if (this.isNews()) this.tell("waiting", { ends: this.outbox.submitting });
    return pause;
  }

  refused(data) {
    if (data.code === "save_conflict") {
      // Two tabs: look at the merged answers before anything is submitted.
      this.outbox.submitting = false;
      this.outbox.merge(data.details);
      this.tell("merged", data);
      return 0;
    }
    if (data.code === "input_refused" && faultOf(data, "prediction")) {
      this.outbox.submitting = false;
      this.outbox.dropPrediction();
      this.tell("prediction", data);
      return 0;
    }
    if (data.code === "unknown_token") {
      this.done = true;
      this.tell("lost", data);
      return 0;
    }
    // Whatever else a server or something before it says, answers are kept and sent again.
    if (!OVER.includes(data.code)) return this.later(5);
    this.done = true;
    const late = data.code === "save_too_late" || data.code === "attempt_closed";
    this.tell(late && this.outbox.unsent() > 0 ? "late" : "over", data);
    return 0;
  }
}

function faultOf(data, field) {
  return data.details && data.details.fields && field in data.details.fields;
}
