// Counts down what the server said is left, by a clock that setting the phone's time can't move.
const two = (number) => String(number).padStart(2, "0");

function inWords(seconds, words) {
  const parts = [
    [Math.floor(seconds / 86400), words[0]],
    [Math.floor(seconds / 3600) % 24, words[1]],
    [Math.floor(seconds / 60) % 60, words[2]],
  ].filter(([count]) => count > 0);
  const shown = parts.slice(0, 2).map(([count, word]) => `${count} ${word}`);
  return shown.join(" ") || `${seconds} ${words[3]}`;
}

function asClock(seconds) {
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

function start(element) {
  const ends = performance.now() + Number(element.dataset.seconds) * 1000;
  const words = element.dataset.words.split("|");
  const show = element.dataset.countdown === "clock" ? asClock : inWords;
  const timer = setInterval(() => {
    const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
    element.textContent = show(left, words);
    if (left > 0) return;
    clearInterval(timer);
    element.dispatchEvent(new CustomEvent("time-up", { bubbles: true }));
  }, 1000);
}

document.querySelectorAll("[data-countdown]").forEach(start);
