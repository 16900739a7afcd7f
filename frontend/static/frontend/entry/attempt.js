// The attempt page with script: saves on each choice, shows one item at a time, loses nothing.
import { Clock } from "./clock.js";
import { Outbox } from "./outbox.js";
import { Pager } from "./pager.js";
import { Sender } from "./sender.js";

const sheet = document.getElementById("sheet");
const data = sheet.dataset;
const statusLine = sheet.querySelector("[data-status]");
const announcer = sheet.querySelector("[data-announce]");
const guess = sheet.querySelector("[name=prediction]");
const slips = Array.from(sheet.querySelectorAll("[data-slot]"));
const dialog = document.getElementById("confirm");
const grace = Number(data.grace);
// Less than this is the network's doing, no extension.
const EXTENDED_MS = 5000;
let timeIsUp = false;

const outbox = new Outbox(data.key, {
  revision: Number(data.revision),
  answers: data.answers.split(",").map(Number),
  prediction: sheet.elements.began_prediction.value,
});
const sender = new Sender(
  outbox,
  { token: sheet.elements.token.value, saveUrl: data.save, submitUrl: data.submit },
  tell,
);
const pager = new Pager(sheet, {
  slot: data.saySlot,
  answered: data.sayAnswered,
  omitted: data.sayOmitted,
});
const clock = new Clock(
  sheet.querySelector("[data-clock]"),
  (sentence) => {
    announcer.textContent = sentence;
  },
  { left: data.sayLeft, minutes: data.sayMinutes, seconds: data.saySeconds },
  { ask: () => sender.ask(), whenOver: timeUp },
);

function say(sentence, tone) {
  if (statusLine.textContent !== sentence) statusLine.textContent = sentence;
  statusLine.dataset.tone = tone || "";
}

function maskOf(slip) {
  return Array.from(slip.querySelectorAll("input:checked")).reduce((mask, input) => mask | (1 << Number(input.value)), 0);
}

function drawAnswers() {
  slips.forEach((slip, slot) => {
    slip.querySelectorAll("input").forEach((input) => {
      input.checked = Boolean((outbox.answers[slot] >> Number(input.value)) & 1);
    });
  });
  if (guess) guess.value = outbox.prediction;
  drawMarks();
}

function drawMarks() {
  const filled = outbox.answers.map((mask) => mask !== 0);
  pager.mark(guess ? filled.concat(outbox.prediction.trim() !== "") : filled);
}

function tell(event, answer) {
  const gained = "left_ms" in answer ? clock.set(answer.left_ms) : 0;
  if (timeIsUp && clock.seconds() > 0) goOn();
  if (event === "saving" && answer.ends) say(data.saySending);
  if (event === "saved" && !refusedGuess()) {
    say(outbox.unsent() ? data.saySaving : data.saySaved, "good");
  }
  if (event === "waiting") {
    const unsent = data.sayUnsent.replace("{n}", String(outbox.unsent()));
    say(answer.ends ? data.sayWaiting : unsent, "warn");
  }
  if (event === "merged") {
    drawAnswers();
    freeze(timeIsUp);
    say(data.sayMerged, "warn");
  }
  if (event === "prediction") {
    freeze(timeIsUp);
    drawMarks();
    pager.show(slips.length, true);
    say(data.sayPrediction, "warn");
  }
  if (event === "lost") say(data.sayLost, "warn");
  if (gained > EXTENDED_MS) say(data.sayExtended.replace("{t}", clock.inWords(clock.seconds())), "good");
  if (event === "over") leave();
  if (event === "late") offerFile();
}

// What stands in the field is not what was taken: the sentence about it stays.
function refusedGuess() {
  return guess && guess.value.trim() !== outbox.prediction;
}

function leave() {
  outbox.finish();
  location.assign(data.receipt);
}

function freeze(frozen) {
  sheet.querySelectorAll(".slip").forEach((slip) => {
    slip.disabled = frozen;
  });
  sheet.querySelector("[data-submit-button]").disabled = frozen;
}

// The last answers still have the grace to arrive, and the deadline may have moved meanwhile: the
// server is asked once more. Then the receipt tells what was counted.
function timeUp() {
  timeIsUp = true;
  freeze(true);
  say(data.sayOver, "warn");
  announcer.textContent = data.sayOver;
  sender.push();
  setTimeout(() => timeIsUp && sender.ask(), (Math.random() * grace) / 2);
  setTimeout(afterGrace, grace + 1500);
}

function goOn() {
  timeIsUp = false;
  freeze(outbox.submitting);
  sheet.querySelector("[data-file]").hidden = true;
}

// Without an answer the page stays: there is no receipt to be had without network either.
function afterGrace() {
  if (!timeIsUp) return undefined;
  if (outbox.unsent() > 0) return offerFile();
  return sender.asking ? undefined : leave();
}

// Evidence for an appeal: what was chosen here and when; never taken for an answer by itself.
function offerFile() {
  freeze(true);
  say(data.sayLate.replace("{n}", String(outbox.unsent())), "warn");
  const box = sheet.querySelector("[data-file]");
  const evidence = { attempt: data.key, ...outbox.body(), acknowledged: outbox.acked, browser_time: new Date().toISOString() };
  const file = new Blob([JSON.stringify(evidence, null, 1)], { type: "application/json" });
  box.querySelector("a").href = URL.createObjectURL(file);
  box.hidden = false;
}

function askToSubmit() {
  const missing = outbox.answers.map((mask, slot) => (mask ? 0 : slot + 1)).filter(Boolean);
  const line = missing.length ? data.sayMissing.replace("{n}", String(missing.length)) : data.sayAll;
  dialog.querySelector("[data-missing]").textContent = line;
  const list = dialog.querySelector("[data-missing-list]");
  list.textContent = "";
  missing.forEach((number) => {
    const button = document.createElement("button");
    button.className = "button button--secondary button--small";
    button.value = `slot ${number}`;
    button.textContent = data.saySlot.replace("{n}", String(number));
    list.append(button);
  });
  if (dialog.showModal) dialog.showModal();
  else if (window.confirm(`${line} ${missing.join(", ")}`)) submit();
}

function submit() {
  outbox.submitting = true;
  outbox.touch();
  freeze(true);
  sender.push();
}

sheet.addEventListener("change", (event) => {
  const slip = event.target.closest("[data-slot]");
  if (slip) outbox.put(Number(slip.dataset.slot), maskOf(slip));
  else if (event.target === guess) outbox.predict(guess.value.trim());
  else return;
  drawMarks();
  say(data.saySaving);
  sender.push();
});
sheet.addEventListener("submit", (event) => {
  event.preventDefault();
  if (guess) outbox.predict(guess.value.trim());
  askToSubmit();
});
dialog.addEventListener("close", () => {
  const answer = dialog.returnValue;
  if (answer === "yes") submit();
  else if (answer.startsWith("slot ")) pager.show(Number(answer.slice(5)) - 1, true);
  dialog.returnValue = "";
});

clock.set(Number(data.left));
drawAnswers();
const open = outbox.answers.indexOf(0);
pager.show(open < 0 ? 0 : open, false);
if (outbox.submitting) freeze(true);
if (outbox.recovered || outbox.submitting) sender.push();
document.documentElement.dataset.attempt = "ready";

// Back to a page that the browser had set aside whole: whoever was here may have left meanwhile.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
