// Time left as the server last told it, counted by a clock that setting the phone's time can't move.
const TOLD_AT_SECONDS = [600, 300, 60, 30];
// Within the last minute the server is asked once more, each page at a moment of its own.
const LAST_MINUTE_MS = 60000;
const SLEPT_MS = 2000;
const askingMoment = () => 25 + Math.floor(Math.random() * 30);
// A phone that sleeps may stop the one clock and not the other.
const skew = () => Date.now() - performance.now();
const two = (number) => String(number).padStart(2, "0");

export class Clock {
  // `ask()`: the time left has to be told anew. `whenOver()`: it is up.
  constructor(element, announce, words, { ask, whenOver }) {
    this.element = element;
    this.announce = announce;
    this.words = words;
    this.ask = ask;
    this.whenOver = whenOver;
    this.ends = 0;
    this.askAt = 0;
    this.skew = skew();
    this.last = Infinity;
    this.over = false;
    setInterval(() => this.tick(), 500);
  }

  // Every reply tells the time left anew: an extension acts at once. Returns what was gained.
  set(leftMs) {
    const before = this.ends;
    this.ends = performance.now() + leftMs;
    this.skew = skew();
    if (leftMs > 0) this.over = false;
    if (leftMs > LAST_MINUTE_MS) this.askAt = askingMoment();
    this.last = Math.ceil(leftMs / 1000);
    this.tick();
    return before > 0 ? this.ends - before : 0;
  }

  seconds() {
    return Math.max(0, Math.ceil((this.ends - performance.now()) / 1000));
  }

  tick() {
    const seconds = this.seconds();
    this.element.textContent = asClock(seconds);
    this.element.parentElement.classList.toggle("sheet__clock--short", seconds <= 60);
    const passed = TOLD_AT_SECONDS.find((at) => this.last > at && seconds <= at && seconds > at - 5);
    this.last = seconds;
    if (passed) this.announce(this.words.left.replace("{t}", this.inWords(passed)));
    if (this.shouldAsk(seconds)) this.ask();
    if (seconds > 0 || this.over) return;
    this.over = true;
    this.whenOver();
  }

  shouldAsk(seconds) {
    const slept = Math.abs(skew() - this.skew) > SLEPT_MS;
    const ending = seconds > 0 && seconds <= this.askAt;
    if (slept) this.skew = skew();
    if (ending) this.askAt = 0;
    return slept || ending;
  }

  inWords(seconds) {
    if (seconds < 60) return this.words.seconds.replace("{n}", String(seconds));
    return this.words.minutes.replace("{n}", String(Math.floor(seconds / 60)));
  }
}

function asClock(seconds) {
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
