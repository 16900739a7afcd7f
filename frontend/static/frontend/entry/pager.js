// One item at a time, with a list to jump by. Without this the whole sheet stands there.
export class Pager {
  constructor(sheet, words) {
    this.sheet = sheet;
    this.words = words;
    this.slips = Array.from(sheet.querySelectorAll(".slip"));
    this.at = 0;
    this.back = sheet.querySelector("[data-back]");
    this.next = sheet.querySelector("[data-next]");
    this.place = sheet.querySelector("[data-place]");
    this.end = sheet.querySelector("[data-submit-button]");
    this.buttons = this.slips.map((slip, index) => this.number(slip, index));
    this.back.addEventListener("click", () => this.show(this.at - 1, true));
    this.next.addEventListener("click", () => this.show(this.at + 1, true));
    sheet.classList.add("sheet--paged");
    sheet.querySelectorAll("[data-turn],[data-list],[data-place],[data-bar]").forEach((part) => {
      part.hidden = false;
    });
    sheet.querySelector("[data-plain]").hidden = true;
    sheet.querySelector("[data-save-button]").hidden = true;
  }

  number(slip, index) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "slot" in slip.dataset ? String(index + 1) : "?";
    button.addEventListener("click", () => this.show(index, true));
    this.sheet.querySelector("[data-numbers]").append(button);
    return button;
  }

  show(index, moveFocus) {
    this.at = Math.max(0, Math.min(this.slips.length - 1, index));
    this.slips.forEach((slip, place) => slip.classList.toggle("slip--shown", place === this.at));
    this.buttons.forEach((button, place) => {
      if (place === this.at) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
    const slip = this.slips[this.at];
    const isItem = "slot" in slip.dataset;
    this.place.hidden = !isItem;
    this.place.querySelector("b").textContent = this.words.slot.replace("{n}", String(this.at + 1));
    this.back.disabled = this.at === 0;
    const last = this.at === this.slips.length - 1;
    this.next.hidden = last;
    this.end.classList.toggle("button--accent", last);
    this.end.classList.toggle("button--quiet", !last);
    if (!moveFocus) return;
    slip.querySelector("legend").focus({ preventScroll: true });
    this.sheet.scrollIntoView({ block: "start" });
  }

  // `filled`: per slip whether it is answered.
  mark(filled) {
    this.buttons.forEach((button, index) => {
      button.classList.toggle("is-answered", filled[index]);
      const state = filled[index] ? this.words.answered : this.words.omitted;
      button.setAttribute("aria-label", `${this.words.slot.replace("{n}", button.textContent)}, ${state}`);
    });
    const slots = this.slips.filter((slip) => "slot" in slip.dataset).length;
    this.sheet.querySelector("[data-bar]").value = filled.slice(0, slots).filter(Boolean).length;
  }
}
