// Reviewing by keyboard. A decision is the form's own; the address it leads to names the next item.
import { CardKeys } from "./card_keys.js";

const list = document.querySelector("[data-review]");
let isSent = false;

function press(key) {
  const item = cards.current;
  if (isSent) return;
  if (key === "a") {
    const approve = item.querySelector('[value="approve"]');
    if (approve) approve.click();
    return;
  }
  const back = item.querySelector("details[data-return]");
  back.open = true;
  back.querySelector("textarea").focus();
}

function typed(event) {
  const form = event.target.closest("form");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    if (!isSent) form.querySelector("button").click();
  } else if (event.key === "Escape") {
    const back = form.closest("details");
    if (back) back.open = false;
    cards.current.focus();
  }
}

function beyond(by) {
  const address = by > 0 ? list.dataset.next : list.dataset.previous;
  if (address) window.location.assign(address);
}

const cards = list && new CardKeys(list, "[data-item]", { keys: "ar", press, typed, beyond });

if (list) {
  list.addEventListener("submit", (event) => {
    const next = cards.neighbour(1) || cards.neighbour(-1);
    const form = event.target;
    if (next) form.action = `${form.action.split("#")[0]}#${next.id}`;
    isSent = true;
  });
  const refused = list.querySelector("[data-item][data-refused]");
  if (refused) cards.choose(refused);
  else cards.chooseNamed();
}
