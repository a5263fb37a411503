// The signing page: the reason for a return stays in this browser until it has been sent; usual reasons at a press.
(function () {
  "use strict";
  function store(key, text) {
    try {
      if (text) localStorage.setItem(key, text); else localStorage.removeItem(key);
    } catch (error) { /* storage switched off: the field alone keeps the text */ }
  }
  function kept(key) {
    try { return localStorage.getItem(key) || ""; } catch (error) { return ""; }
  }

  document.addEventListener("input", function (event) {
    if (event.target.matches("[data-keep]")) store(event.target.dataset.keep, event.target.value);
  });
  document.querySelectorAll("[data-keep]").forEach(function (field) {
    if (!field.value) field.value = kept(field.dataset.keep);
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    var status = event.detail.xhr.status;
    if (status < 200 || status >= 300 || event.detail.xhr.responseURL.indexOf(event.detail.pathInfo.requestPath) < 0) return;
    event.detail.elt.querySelectorAll("[data-keep]").forEach(function (field) { store(field.dataset.keep, ""); });
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-append]");
    if (!button) return;
    var field = button.closest("form").querySelector("[data-keep]");
    field.value = (field.value.trim() ? field.value.trim() + "\n" : "") + button.dataset.append;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
})();
