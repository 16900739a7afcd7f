// The attempt page tried out: its pager and its clock, but nothing is sent or kept.
import { Clock } from "./clock.js";
import { Pager } from "./pager.js";

const sheet = document.getElementById("sheet");
const data = sheet.dataset;
const slips = Array.from(sheet.querySelectorAll(".slip"));
const status = sheet.querySelector("[data-status]");
const pager = new Pager(sheet, {
  slot: data.saySlot,
  answered: data.sayAnswered,
  omitted: data.sayOmitted,
});

function isFilled(slip) {
  const guess = slip.querySelector("[name=prediction]");
  return guess ? guess.value.trim() !== "" : slip.querySelector("input:checked") !== null;
}

const mark = () => pager.mark(slips.map(isFilled));
sheet.addEventListener("input", mark);
pager.show(0, false);
mark();

const clock = new Clock(
  sheet.querySelector("[data-clock]"),
  () => {},
  { left: data.sayLeft, minutes: data.sayMinutes, seconds: data.saySeconds },
  {
    ask: () => {},
    whenOver: () => {
      status.textContent = data.sayOver;
      slips.forEach((slip) => {
        slip.disabled = true;
      });
    },
  },
);
clock.set(Number(data.left));
