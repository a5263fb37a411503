// Two panes whose parts are joined by data-link: a part that is pointed at, focused or pressed lights up its twin and
// brings it into view. In the source arrows go from part to part, Enter goes to the twin. On a phone: two tabs.
(function () {
  "use strict";
  var panes = document.querySelector("[data-panes]");
  if (!panes) return;
  var source = document.getElementById("pane-left");
  var recognised = document.getElementById("pane-right");
  var calm = matchMedia("(prefers-reduced-motion: reduce)");

  function keysOf(part) { return part.dataset.link.split(" "); }
  function twins(part) {
    var wanted = keysOf(part).map(function (key) { return '[data-link~="' + CSS.escape(key) + '"]'; }).join(",");
    return Array.from(panes.querySelectorAll(wanted));
  }
  function show(side) {
    panes.dataset.shown = side;
    panes.querySelectorAll("[role=tab]").forEach(function (tab) {
      var on = tab.id === "pane-tab-" + side;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
    });
  }
  function reveal(part) { // scrolls the pane alone; on a phone, where panes do not scroll, the page
    var pane = part.closest(".pane");
    if (!pane || !part.getClientRects().length) return;
    var behavior = calm.matches ? "auto" : "smooth";
    if (pane.scrollHeight <= pane.clientHeight + 1) {
      part.scrollIntoView({ block: "center", behavior: behavior });
      return;
    }
    var box = part.getBoundingClientRect();
    var above = Math.max(60, (pane.clientHeight - box.height) / 2);
    pane.scrollTo({ top: pane.scrollTop + box.top - pane.getBoundingClientRect().top - above, behavior: behavior });
  }
  var lit = null;
  function again() { // what was lit stands in new markup
    if (lit && lit.isConnected) light(lit, true);
  }
  function light(part, scroll) {
    lit = part;
    panes.querySelectorAll(".is-linked").forEach(function (other) { other.classList.remove("is-linked"); });
    var other = twins(part);
    other.forEach(function (twin) { twin.classList.add("is-linked"); });
    if (!scroll) return;
    var far = other.find(function (twin) { return twin.closest(".pane") !== part.closest(".pane"); });
    if (far) reveal(far);
  }
  function partOf(event) { return event.target.closest && event.target.closest("[data-link]"); }

  panes.addEventListener("pointerover", function (event) {
    var part = partOf(event);
    if (part && !panes.contains(document.activeElement)) light(part, false);
  });
  panes.addEventListener("focusin", function (event) {
    var part = partOf(event);
    if (part) light(part, true);
  });
  function cross(part) { // from the source to the first field of its row
    light(part, false);
    var row = twins(part).find(function (twin) { return recognised.contains(twin); });
    if (!row) return;
    if (row.dataset.later && window.caoDiem.panes.open) {
      window.caoDiem.panes.open(row).then(function () { if (!row.isConnected) cross(part); });
      return;
    }
    show("right");
    reveal(row);
    var field = row.querySelector("textarea, input:not([type=hidden]), button");
    if (field) field.focus({ preventScroll: true });
  }
  source.addEventListener("click", function (event) {
    var part = partOf(event);
    if (part && !String(getSelection())) cross(part);
  });
  source.addEventListener("keydown", function (event) {
    var parts = Array.from(source.querySelectorAll("[data-link]"));
    var here = parts.indexOf(document.activeElement);
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && parts.length) {
      event.preventDefault();
      var next = here < 0 ? 0 : Math.max(0, Math.min(parts.length - 1, here + (event.key === "ArrowDown" ? 1 : -1)));
      parts[next].focus({ preventScroll: true });
      reveal(parts[next]);
    } else if (event.key === "Enter" && here >= 0) {
      event.preventDefault();
      cross(parts[here]);
    }
  });
  panes.addEventListener("click", function (event) {
    var tab = event.target.closest("[role=tab]");
    if (!tab) return;
    show(tab.id === "pane-tab-left" ? "left" : "right");
    var lit = panes.querySelector(".pane[id=pane-" + panes.dataset.shown + "] .is-linked");
    if (lit) reveal(lit);
  });
  panes.querySelector("[role=tablist]").addEventListener("keydown", function (event) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    show(panes.dataset.shown === "left" ? "right" : "left");
    panes.querySelector("[aria-selected=true]").focus();
  });

  window.caoDiem.panes = { show: show, reveal: reveal, light: light, again: again };
})();
