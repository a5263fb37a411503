// Cards that are dragged to another lane send the form they carry; the server decides and says why not.
(function () {
  "use strict";
  var board = document.querySelector("[data-board]");
  if (!board || !matchMedia("(hover: hover)").matches) return; // by touch the menu on the card does it
  var dragged = null;

  board.querySelectorAll("[data-card]").forEach(function (card) { card.draggable = true; });

  function laneOf(event) { return event.target.closest("[data-lane]"); }
  function unmark() {
    board.querySelectorAll(".is-over, .is-dragged").forEach(function (part) { part.classList.remove("is-over", "is-dragged"); });
  }

  board.addEventListener("dragstart", function (event) {
    dragged = event.target.closest("[data-card]");
    if (!dragged) return;
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.textContent.trim());
  });
  board.addEventListener("dragover", function (event) {
    var lane = laneOf(event);
    if (!dragged || !lane) return;
    event.preventDefault();
    board.querySelectorAll(".is-over").forEach(function (part) { if (part !== lane) part.classList.remove("is-over"); });
    lane.classList.toggle("is-over", !lane.contains(dragged));
  });
  board.addEventListener("drop", function (event) {
    var lane = laneOf(event);
    if (!dragged || !lane) return;
    event.preventDefault();
    if (lane.contains(dragged)) return;
    var form = dragged.querySelector("form");
    var select = form.elements.to;
    var option = Array.from(select.options).find(function (each) { return each.value === lane.dataset.lane; });
    if (!option) select.append(option = new Option("", lane.dataset.lane));
    option.selected = true;
    form.requestSubmit();
  });
  board.addEventListener("dragend", function () { dragged = null; unmark(); });
})();
