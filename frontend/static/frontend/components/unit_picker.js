// Lists units while their name is typed. The same radio buttons come from the server without this.
const WAIT_MS = 200;

function draw(picker, units) {
  const results = picker.querySelector(".unit-picker__results");
  const chosen = results.querySelector("input:checked");
  const kept = chosen && chosen.closest("label");
  const name = picker.querySelector("input[type=search]").name.replace(/_search$/, "");
  results.textContent = "";
  if (kept) results.append(kept);
  const code = chosen ? chosen.value : null;
  units.filter((unit) => unit.code !== code).forEach((unit) => results.append(choice(name, unit)));
}

function choice(name, unit) {
  const label = document.createElement("label");
  label.className = "choice";
  const input = document.createElement("input");
  Object.assign(input, { type: "radio", name, value: unit.code });
  const text = document.createElement("span");
  text.className = "choice__text";
  text.textContent = unit.name;
  if (unit.place) {
    const place = document.createElement("small");
    place.textContent = unit.place;
    text.append(place);
  }
  label.append(input, text);
  return label;
}

function say(picker, sentence, shown) {
  picker.querySelector("[data-unit-picker-status]").textContent = sentence;
  if (!shown) return;
  const line = document.createElement("p");
  line.className = "unit-picker__none";
  line.textContent = sentence;
  picker.querySelector(".unit-picker__results").append(line);
}

function wire(picker) {
  const search = picker.querySelector("input[type=search]");
  let timer = 0;
  let asked = 0;

  async function look() {
    const words = search.value.trim();
    const turn = (asked += 1);
    if (words.length < 2) return;
    const address = `${picker.dataset.unitPicker}?q=${encodeURIComponent(words)}`;
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const { units } = await answer.json();
      // An earlier, slower answer must not overwrite a later one.
      if (turn !== asked) return;
      draw(picker, units);
      say(picker, units.length ? `${units.length} ${picker.dataset.found}` : picker.dataset.none, !units.length);
    } catch (lost) {
      if (turn !== asked) return;
      draw(picker, []);
      say(picker, picker.dataset.lost, true);
    }
  }

  picker.classList.add("unit-picker--live");
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT_MS);
  });
  // Enter would otherwise send the whole form.
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    clearTimeout(timer);
    look();
  });
}

document.querySelectorAll("[data-unit-picker]").forEach(wire);
