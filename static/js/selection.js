// Rows of a table that can be selected: [data-selection] around the table and its .selection-bar.
(function () {
  "use strict";
  function refresh(area) {
    var boxes = Array.from(area.querySelectorAll("[data-select]"));
    var chosen = boxes.filter(function (box) { return box.checked; }).length;
    var all = area.querySelector("[data-select-all]");
    if (all) {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    var bar = area.querySelector(".selection-bar");
    bar.hidden = chosen === 0;
    bar.querySelector(".selection-count").textContent = window.caoDiem.words.selected + " " + chosen;
  }
  function set(area, on) {
    area.querySelectorAll("[data-select]").forEach(function (box) { box.checked = on; });
    refresh(area);
  }
  var last = null;
  document.addEventListener("click", function (event) {
    var area = event.target.closest("[data-selection]");
    if (!area) return;
    if (event.target.closest("[data-select-none]")) set(area, false);
    if (event.target.matches("[data-select-all]")) set(area, event.target.checked);
    if (!event.target.matches("[data-select]")) return;
    var boxes = Array.from(area.querySelectorAll("[data-select]"));
    if (event.shiftKey && last && boxes.includes(last)) { // Shift takes the rows between
      var ends = [boxes.indexOf(last), boxes.indexOf(event.target)].sort(function (a, b) { return a - b; });
      boxes.slice(ends[0], ends[1] + 1).forEach(function (box) { box.checked = event.target.checked; });
    }
    last = event.target;
    refresh(area);
  });
  window.addEventListener("pageshow", function () { document.querySelectorAll("[data-selection]").forEach(refresh); });
  document.addEventListener("htmx:load", function () { document.querySelectorAll("[data-selection]").forEach(refresh); });
})();
