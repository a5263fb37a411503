// The frame: menus, rail, theme, density, search shortcut.
(function () {
  "use strict";
  var root = document.documentElement;
  var remember = window.caoDiem.remember;

  // menus: one open at a time; Escape and a press outside close
  function closeOthers(event) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  }
  document.addEventListener("toggle", function (event) {
    if (event.target.matches("details.menu[open]")) closeOthers(event);
  }, true);
  document.addEventListener("click", closeOthers);
  document.addEventListener("focusin", closeOthers); // the keyboard has left it
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var menu = document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  function showChoices() {
    document.querySelectorAll("[data-theme-choice]").forEach(function (button) {
      if (button === root) return;
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === root.dataset.themeChoice));
    });
    document.querySelectorAll("[data-density-toggle]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(root.dataset.density === "compact"));
    });
    document.querySelectorAll("[data-rail-fold]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(root.dataset.rail === "folded"));
    });
  }

  document.addEventListener("click", function (event) {
    var theme = event.target.closest("button[data-theme-choice]");
    if (theme) {
      remember("theme", theme.dataset.themeChoice);
      document.dispatchEvent(new CustomEvent("theme:changed"));
    } else if (event.target.closest("[data-density-toggle]")) {
      root.dataset.density = root.dataset.density === "compact" ? "comfortable" : "compact";
      remember("density", root.dataset.density);
    } else if (event.target.closest("[data-rail-fold]")) {
      root.dataset.rail = root.dataset.rail === "folded" ? "open" : "folded";
      remember("rail", root.dataset.rail);
    } else {
      return;
    }
    showChoices();
  });
  showChoices();

  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
    var box = document.getElementById("search-box");
    if (!box || !box.offsetParent) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
  });

  // a row of tabs wider than a phone begins where the open one is seen
  document.querySelectorAll(".tabs").forEach(function (tabs) {
    var open = tabs.querySelector("[aria-current]");
    if (open) tabs.scrollLeft = open.offsetLeft - (tabs.clientWidth - open.offsetWidth) / 2;
  });
})();

// <input readonly> beside <button data-copy="said after">: copies the value
document.addEventListener("click", function (event) {
  "use strict";
  var button = event.target.closest("[data-copy]");
  if (!button) return;
  var field = button.parentElement.querySelector("input");
  field.select();
  if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(function () { window.caoDiem.toast(button.dataset.copy); });
  else if (document.execCommand("copy")) window.caoDiem.toast(button.dataset.copy); // pages without HTTPS
});
