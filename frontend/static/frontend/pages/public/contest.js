// When the time on the page has run out the page has something new to say. People who wait for the
// same moment come back spread over a few seconds, after pages kept for two seconds have gone.
const EARLIEST_MS = 2500;
const SPREAD_MS = 4000;

document.addEventListener("time-up", () => {
  setTimeout(() => window.location.reload(), EARLIEST_MS + Math.random() * SPREAD_MS);
});
