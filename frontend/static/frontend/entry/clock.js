// Time left as the server last told it, counted by a clock that setting the phone's time can't move.
const TOLD_AT_SECONDS = [600, 300, 60, 30];
const two = (number) => String(number).padStart(2, "0");

export class Clock {
  constructor(element, announce, words, whenOver) {
    this.element = element;
    this.announce = announce;
    this.words = words;
    this.whenOver = whenOver;
    this.ends = 0;
    this.last = Infinity;
    this.over = false;
    setInterval(() => this.tick(), 500);
  }

  // Every reply tells the time left anew: an extension acts at once.
  set(leftMs) {
    this.ends = performance.now() + leftMs;
    if (leftMs > 0) this.over = false;
    this.last = Math.ceil(leftMs / 1000);
    this.tick();
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
    if (seconds > 0 || this.over) return;
    this.over = true;
    this.whenOver();
  }

  inWords(seconds) {
    if (seconds < 60) return this.words.seconds.replace("{n}", String(seconds));
    return this.words.minutes.replace("{n}", String(seconds / 60));
  }
}

function asClock(seconds) {
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
