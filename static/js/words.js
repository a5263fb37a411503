// What scripts share: the translated words of the page and toasts.
(function () {
  "use strict";
  var holder = document.getElementById("words");
  var closeAfter = 7000;

  function leave(toast) {
    toast.remove();
  }

  function watch(toast) {
    var wait = Number(toast.dataset.toast) || closeAfter;
    var timer = setTimeout(leave, wait, toast);
    toast.addEventListener("pointerenter", function () { clearTimeout(timer); });
    toast.addEventListener("focusin", function () { clearTimeout(timer); });
    toast.addEventListener("pointerleave", function () { timer = setTimeout(leave, wait, toast); });
  }

  function toast(text) {
    var line = document.createElement("div");
    line.className = "toast-line";
    line.textContent = text;
    document.getElementById("toasts").append(line);
    watch(line);
  }

  function fail(text) {
    var notice = document.createElement("div");
    notice.className = "notice tone-overdue";
    notice.dataset.transient = "";
    notice.setAttribute("role", "alert");
    notice.textContent = text;
    var dialog = document.querySelector("dialog[open]");
    var place = dialog || document.getElementById("notices") || document.body;
    place.querySelectorAll(":scope > [data-transient]").forEach(leave);
    place.prepend(notice);
    notice.scrollIntoView({ block: "nearest" });
  }

  window.caoDiem = {
    words: holder ? holder.dataset : {},
    toast: toast,
    fail: fail,
    remember: function (key, value) {
      try { localStorage.setItem(key, value); } catch (error) { /* storage switched off: holds for this page only */ }
    },
  };

  document.querySelectorAll("[data-toast]").forEach(watch);
  document.addEventListener("click", function (event) {
    var close = event.target.closest("[data-toast-close]");
    if (close) leave(close.closest("[data-toast]"));
  });
  document.addEventListener("toast", function (event) {
    toast(event.detail.value || event.detail.text || ""); // HX-Trigger: {"toast": "…"}
  });
})();
