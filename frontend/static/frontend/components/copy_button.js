// Copies what the button names; appears only where copying can work.
const SHOWN_MS = 2500;

async function copy(button) {
  const words = button.querySelector("span");
  const before = words.textContent;
  await put(button.dataset.copy);
  words.textContent = button.dataset.copied;
  button.classList.add("copy-button--copied");
  setTimeout(() => {
    words.textContent = before;
    button.classList.remove("copy-button--copied");
  }, SHOWN_MS);
}

// navigator.clipboard is missing on plain http and in some built-in browsers.
async function put(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const holder = document.createElement("textarea");
  holder.value = text;
  holder.className = "visually-hidden";
  document.body.append(holder);
  holder.select();
  document.execCommand("copy");
  holder.remove();
  return undefined;
}

document.querySelectorAll("[data-copy]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
});
