// Compares the receipt with what this browser itself sent.
import "./fresh.js";
import "./print.js";

const box = document.querySelector("[data-receipt]");

function sent() {
  try {
    return JSON.parse(localStorage.getItem("bai-thi-da-gui"));
  } catch (broken) {
    return null;
  }
}

const mine = sent();
if (mine) {
  const same = mine.answers === box.dataset.answers;
  box.querySelector(same ? "[data-same]" : "[data-differs]").hidden = false;
}
