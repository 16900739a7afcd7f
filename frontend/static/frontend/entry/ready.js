// Someone else takes this device: what the browser kept of the attempts goes too.
import "./print.js";

document.querySelectorAll("[data-forgets]").forEach((form) => {
  form.addEventListener("submit", () => {
    try {
      Object.keys(localStorage)
        .filter((name) => name.startsWith(form.dataset.forgets) || name === "bai-thi-da-gui")
        .forEach((name) => localStorage.removeItem(name));
    } catch (closed) {
      /* nothing was kept */
    }
  });
});
