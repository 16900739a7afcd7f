// Runs before the page is drawn, so that nobody sees the wrong colours or size flash by.
// Choices stay in this browser; without storage they last for the page.
(function () {
  "use strict";
  var root = document.documentElement;
  var SIZES = [-1, 0, 1, 2, 3];
  var choices = read();

  function read() {
    try {
      return JSON.parse(localStorage.getItem("reading")) || {};
    } catch (lost) {
      return {};
    }
  }
  function keep() {
    try {
      localStorage.setItem("reading", JSON.stringify(choices));
    } catch (full) {
      /* private browsing: the choice lasts for this page */
    }
  }
  function prefers(feature) {
    return window.matchMedia(feature).matches;
  }
  function apply() {
    var look = choices.look;
    if (!look && prefers("(prefers-contrast: more)")) look = "contrast";
    if (!look && prefers("(prefers-color-scheme: dark)")) look = "dark";
    root.setAttribute("data-look", look || "light");
    root.setAttribute("data-size", String(choices.size || 0));
  }
  function press(controls) {
    controls.querySelectorAll("[data-look]").forEach(function (button) {
      var pressed = button.getAttribute("data-look") === root.getAttribute("data-look");
      button.setAttribute("aria-pressed", String(pressed));
    });
  }
  function choose(button) {
    var step = button.getAttribute("data-size");
    if (step === "0") choices.size = 0;
    else if (step) {
      var size = (choices.size || 0) + Number(step);
      choices.size = Math.max(SIZES[0], Math.min(SIZES[SIZES.length - 1], size));
    } else choices.look = button.getAttribute("data-look");
    keep();
    apply();
  }
  function wire(controls) {
    controls.hidden = false;
    press(controls);
    controls.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (!button) return;
      choose(button);
      press(controls);
    });
    controls.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !controls.open) return;
      controls.open = false;
      controls.querySelector("summary").focus();
    });
    document.addEventListener("click", function (event) {
      if (!controls.contains(event.target)) controls.open = false;
    });
  }

  apply();
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-reading]").forEach(wire);
  });
})();
