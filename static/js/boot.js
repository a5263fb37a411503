// Runs before the first paint: theme, folded rail and density as remembered in this browser.
(function () {
  "use strict";
  var root = document.documentElement;
  function remembered(key) {
    try { return localStorage.getItem(key); } catch (error) { return null; } // storage switched off: defaults
  }
  var dark = matchMedia("(prefers-color-scheme: dark)");
  function paint() {
    var choice = remembered("theme") || "auto";
    root.dataset.bsTheme = choice === "auto" ? (dark.matches ? "dark" : "light") : choice;
    root.dataset.themeChoice = choice;
  }
  paint();
  dark.addEventListener("change", paint);
  document.addEventListener("theme:changed", paint);
  if (remembered("rail") === "folded") root.dataset.rail = "folded";
  if (remembered("density") === "compact") root.dataset.density = "compact";
})();
