// Someone else takes this device: what the browser kept of the attempts goes too.
import "./print.js";

// The round opens: ask for the page again, not all phones in the same moment.
document.addEventListener("time-up", () => {
  setTimeout(() => location.reload(), 500 + Math.random() * 3000);
});

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
