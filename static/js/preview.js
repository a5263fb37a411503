// The draft as it will print, beside its editor (templates/campaigns/_plan_preview.html). After plan:saved or plan:changed and
// a short pause the server is asked for the pages of the content; pictures change in their places, so nothing scrolls.
(function () {
  "use strict";
  var pane = document.querySelector("[data-preview]");
  if (!pane) return;
  var frame = pane.closest("[data-preview-frame]");
  var list = pane.querySelector("[data-preview-pages]");
  var state = pane.querySelector("[data-preview-state]");
  var PAUSE = 120;
  var KEPT = "preview";
  var digest = "";
  var timer = 0;
  var asked = 0;
  var request = null;

  function say(text) { state.textContent = text; }

  function ask() {
    if (pane.hidden) return;
    var turn = ++asked;
    if (request) request.abort();
    request = new AbortController();
    say(pane.dataset.printing);
    fetch(pane.dataset.preview + (digest ? "?co=" + digest : ""), { signal: request.signal, headers: { Accept: "application/json" } })
      .then(function (answer) {
        if (answer.status === 503) {
          later(1000 * (Number(answer.headers.get("Retry-After")) || 1));
          return null;
        }
        if (answer.status === 204) return say(pane.dataset.current);
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        return answer.json().then(function (made) { return turn === asked ? show(made, turn) : null; });
      })
      .catch(function (error) { if (error.name !== "AbortError") say(pane.dataset.failed); });
  }
  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  }

  // every picture is loaded before it takes its place
  function show(made, turn) {
    if (made.message) {
      list.replaceChildren();
      digest = "";
      return say(made.message);
    }
    return Promise.all(made.pages.map(function (page, index) {
      var next = new Image(page.width, page.height);
      next.alt = pane.dataset.page + " " + (index + 1) + "/" + made.pages.length;
      next.src = page.url;
      return next.decode().then(function () { return next; });
    })).then(function (images) {
      if (turn !== asked) return;
      images.forEach(put);
      while (list.children.length > images.length) list.lastElementChild.remove();
      digest = made.digest;
      pane.dataset.shown = digest;
      say(pane.dataset.current);
    });
  }
  function put(image, index) {
    var place = list.children[index];
    if (!place) {
      place = document.createElement("div");
      place.className = "preview-page";
      place.dataset.mark = pane.dataset.mark;
      list.append(place);
    }
    place.replaceChildren(image);
  }

  function open(on, isAsked) {
    pane.hidden = !on;
    frame.classList.toggle("has-preview", on);
    document.querySelectorAll("[data-preview-switch][aria-pressed]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(on));
    });
    if (isAsked) {
      try { localStorage.setItem(KEPT, on ? "on" : ""); } catch (error) { /* a browser that keeps nothing opens it closed */ }
    }
    if (on) ask();
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-preview-switch]");
    if (!button) return;
    open(pane.hidden, true);
    if (pane.hidden) {
      var opener = document.querySelector("[data-preview-switch][aria-pressed]");
      if (opener) opener.focus();
    }
  });
  ["plan:saved", "plan:changed"].forEach(function (name) {
    document.addEventListener(name, function () { later(PAUSE); });
  });

  var kept = "";
  try { kept = localStorage.getItem(KEPT) || ""; } catch (error) { kept = ""; }
  if (kept && window.matchMedia("(min-width: 1100px)").matches) open(true, false);
})();
