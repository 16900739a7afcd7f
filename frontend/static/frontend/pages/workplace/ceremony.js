// The screen of the award ceremony. Everything it shows came with the page, so that a hall without
// network is no matter; without this script the slides stand below each other.
const NEXT = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"];
const PREVIOUS = ["ArrowLeft", "ArrowUp", "PageUp"];
const all = (root, what) => Array.from(root.querySelectorAll(what));
const hex = (text) => Uint8Array.from(text.match(/../g), (two) => parseInt(two, 16));

class Stage {
  constructor(root, bar) {
    this.slides = all(root, "[data-slide]");
    this.place = bar.querySelector("[data-place]");
    this.at = 0;
    this.shown = 0;
    root.classList.add("stage__main--led");
    all(bar, "[hidden]").forEach((each) => (each.hidden = false));
    all(root, "[data-lot]").forEach((form) => (form.hidden = false));
    this.draw();
  }

  reveals() {
    return all(this.slides[this.at], "[data-reveal]");
  }

  next() {
    if (this.shown < this.reveals().length) this.shown += 1;
    else if (this.at < this.slides.length - 1) {
      this.at += 1;
      this.shown = 0;
    }
    this.draw();
  }

  previous() {
    if (this.shown > 0) this.shown -= 1;
    else if (this.at > 0) {
      this.at -= 1;
      this.shown = this.reveals().length;
    }
    this.draw();
  }

  draw() {
    this.slides.forEach((slide, place) => (slide.hidden = place !== this.at));
    this.reveals().forEach((each, place) => {
      each.classList.toggle("stage__hidden", place >= this.shown);
      each.setAttribute("aria-hidden", String(place >= this.shown));
    });
    this.place.textContent = `${this.at + 1}/${this.slides.length}`;
  }
}

// The order by SHA-256("minhthi/1/lot" 0 seed leaf), the smallest first: as the verifier has it.
async function drawLot(seed, leaves) {
  const head = new TextEncoder().encode(`minhthi/1/lot\0${seed.normalize("NFC").trim()}`);
  const drawn = await Promise.all(
    leaves.map(async (leaf) => {
      const bytes = new Uint8Array(head.length + 32);
      bytes.set(head);
      bytes.set(hex(leaf), head.length);
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      return { leaf, key: Array.from(digest, (b) => b.toString(16).padStart(2, "0")).join("") };
    }),
  );
  return drawn.sort((a, b) => (a.key < b.key ? -1 : 1)).map((each) => each.leaf);
}

async function showLot(form) {
  const slide = form.closest("[data-slide]");
  const list = slide.querySelector("[data-slips]");
  const verdict = slide.querySelector("[data-verdict]");
  const slips = new Map(all(list, "[data-leaf]").map((slip) => [slip.dataset.leaf, slip]));
  const sealed = form.dataset.order.split(",");
  const able = window.crypto && crypto.subtle;
  const order = able
    ? await drawLot(form.querySelector("input").value, Array.from(slips.keys()))
    : sealed;
  order.forEach((leaf) => list.appendChild(slips.get(leaf)));
  list.classList.add("stage__slips--drawn");
  const agrees = order.join() === sealed.join();
  const told = agrees ? form.dataset.agrees : form.dataset.differs;
  verdict.textContent = able ? told : form.dataset.cannot;
  verdict.classList.toggle("stage__verdict--differs", !agrees);
}

function toggleFull() {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen();
}

function begin(root, bar) {
  const stage = new Stage(root, bar);
  bar.querySelector("[data-next]").addEventListener("click", () => stage.next());
  bar.querySelector("[data-previous]").addEventListener("click", () => stage.previous());
  bar.querySelector("[data-full]").addEventListener("click", toggleFull);
  all(root, "[data-lot]").forEach((form) =>
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      showLot(form);
    }),
  );
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest && event.target.closest("input, button, a");
    if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (NEXT.includes(event.key)) stage.next();
    else if (PREVIOUS.includes(event.key)) stage.previous();
    else if (event.key === "f" || event.key === "F") toggleFull();
    else return;
    event.preventDefault();
  });
}

const root = document.querySelector("[data-ceremony]");
const bar = document.querySelector("[data-bar]");
if (root && bar) begin(root, bar);
