import "./fresh.js";
import "./print.js";

// The round opens: ask for the page again, not all phones in the same moment.
document.addEventListener("time-up", () => {
  setTimeout(() => location.reload(), 500 + Math.random() * 3000);
});
