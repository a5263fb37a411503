// Dialogs (<dialog>) and the side panel. data-dialog-open="id", data-dialog-close, data-panel="title" on an hx-get link.
(function () {
  "use strict";
  var panel = document.getElementById("side-panel");
  var opener = null;

  document.addEventListener("click", function (event) {
    var open = event.target.closest("[data-dialog-open]");
    if (open) {
      document.getElementById(open.dataset.dialogOpen).showModal();
      return;
    }
    if (event.target.closest("[data-dialog-close]")) event.target.closest("dialog").close();
    if (event.target.closest("[data-panel-close]")) closePanel();
  });

  function closePanel() {
    if (!panel || panel.hidden) return;
    panel.hidden = true;
    if (opener && opener.isConnected) opener.focus();
  }

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) closePanel();
  });

  document.addEventListener("htmx:beforeRequest", function (event) {
    var link = event.detail.elt.closest("[data-panel]");
    if (!link || !panel) return;
    opener = link;
    document.getElementById("side-panel-title").textContent = link.dataset.panel;
    document.getElementById("side-panel-body").replaceChildren();
    panel.hidden = false;
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.target.id === "side-panel-body") document.getElementById("side-panel-title").focus();
  });

  document.querySelectorAll("dialog[data-open-now]").forEach(function (dialog) { dialog.showModal(); });
})();
