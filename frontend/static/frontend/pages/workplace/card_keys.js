// Cards worked through by keyboard: one is current, J and K move, other keys are the page's own.
const MOVES = { j: 1, k: -1 };

export class CardKeys {
  // `press(key)` gets each of `keys`; `typed(event)` the keys of a field being filled in;
  // `beyond(by)` is called where no card follows.
  constructor(list, selector, { keys, press, typed, beyond }) {
    Object.assign(this, { list, selector, keys, press, typed, beyond });
    this.current = null;
    document.addEventListener("keydown", (event) => this.heed(event));
    // A card itself takes the focus from `choose`, or late from the browser that opens an address
    // with its name: by then the reader may have moved on. Nor does a button that a key presses
    // (not trusted) in an earlier card call the reader back.
    list.addEventListener("focusin", (event) => {
      if (!event.target.matches(selector)) this.follow(event);
    });
    list.addEventListener("click", (event) => {
      if (event.isTrusted) this.follow(event);
    });
    document.querySelector("[data-key-help]").hidden = false;
  }

  cards() {
    return [...this.list.querySelectorAll(this.selector)];
  }

  choose(card, isShown = true) {
    if (this.current) this.current.classList.remove("card--current");
    this.current = card;
    card.classList.add("card--current");
    if (!card.contains(document.activeElement)) card.focus({ preventScroll: true });
    if (isShown) card.scrollIntoView({ block: "nearest" });
  }

  follow(event) {
    const card = event.target.closest(this.selector);
    if (card && card !== this.current) this.choose(card);
  }

  // The one that the address names, or else the first, with the head of the page left in sight.
  chooseNamed() {
    const all = this.cards();
    const named = all.find((card) => `#${card.id}` === window.location.hash);
    this.choose(named || all[0], named !== undefined);
  }

  neighbour(by) {
    const all = this.cards();
    return all[all.indexOf(this.current) + by];
  }

  move(by) {
    const next = this.neighbour(by);
    if (next) this.choose(next);
    else this.beyond(by);
  }

  heed(event) {
    if (event.target.closest("input, textarea, select")) {
      this.typed(event);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
    const key = event.key.toLowerCase();
    if (!MOVES[key] && !this.keys.includes(key)) return;
    event.preventDefault();
    if (MOVES[key]) this.move(MOVES[key]);
    else this.press(key);
  }
}
