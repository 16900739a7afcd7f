// Someone else takes this device: what the browser kept of the attempts goes too, and nobody loses
// answers that were never sent without having been told.
const form = document.querySelector("[data-forgets]");

function kept() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(form.dataset.forgets));
  } catch (closed) {
    return [];
  }
}

document.querySelector("[data-unsent]").hidden = kept().length === 0;
form.addEventListener("submit", () => {
  try {
    [...kept(), "bai-thi-da-gui"].forEach((name) => localStorage.removeItem(name));
  } catch (closed) {
    /* nothing was kept */
  }
});
