// Sends a lesson's outbox: one request at a time, again until it is taken.
import { post } from "../entry/sender.js";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15000;

export function report(url, token, body, options) {
  return post(url, body, { "X-CSRFToken": token }, { credentials: "same-origin", ...options });
}

export class Sender {
  // `extra()`: what only this report tells; `tell(event, data)`: saving, saved, waiting, refused.
  constructor(outbox, { url, token }, extra, tell) {
    this.outbox = outbox;
    this.url = url;
    this.token = token;
    this.extra = extra;
    this.tell = tell;
    this.busy = false;
    this.over = false;
    this.wait = FIRST_WAIT_MS;
    this.timer = 0;
    addEventListener("online", () => this.push());
  }

  async push() {
    if (this.busy || this.over || !this.outbox.isNews()) return;
    this.busy = true;
    clearTimeout(this.timer);
    const pause = await this.once();
    this.busy = false;
    if (pause) this.timer = setTimeout(() => this.push(), pause);
  }

  // The page is going away: the browser goes on sending, the outbox keeps what it may not manage.
  leave() {
    if (this.over || !this.outbox.isNews()) return;
    this.outbox.keep();
    this.request({ keepalive: true }).catch(() => undefined);
  }

  async once() {
    const changes = this.outbox.changes;
    this.outbox.keep();
    this.tell("saving");
    let answer;
    let data;
    try {
      answer = await this.request({});
      if (answer.status === 429 || answer.status >= 500) return this.later();
      data = await answer.json();
    } catch (lost) {
      if (answer && answer.redirected) return this.refused({});
      return this.later();
    }
    if (!answer.ok) return this.refused(data);
    this.wait = FIRST_WAIT_MS;
    this.outbox.acknowledge(changes);
    this.tell("saved", data);
    return 0;
  }

  request(options) {
    return report(this.url, this.token, this.outbox.body(this.extra()), options);
  }

  later() {
    const pause = this.wait * (0.75 + Math.random() / 2);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
    this.tell("waiting");
    return pause;
  }

  // Signed out, withdrawn, closed: what is here is kept for the next page of this lesson.
  refused(data) {
    this.over = true;
    this.outbox.keep();
    this.tell("refused", data);
    return 0;
  }
}
