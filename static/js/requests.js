// htmx answers that went wrong are said in the page; one that says the session is lost waits for the password and is asked again.
(function () {
  "use strict";
  var words = window.caoDiem.words;
  var session = window.caoDiem.session;

  document.addEventListener("htmx:beforeSwap", function (event) {
    if (session.isLost(event.detail.xhr)) {
      event.detail.shouldSwap = false;
      event.detail.isError = false;
      var request = event.detail.requestConfig;
      if (isHelp(request.elt)) return; // the password is asked for by what sends or saves
      if (request.elt.dispatchEvent(new CustomEvent("session:lost", { bubbles: true, cancelable: true, detail: { ask: session.ask } }))) {
        session.ask(function () { again(request); });
      }
    } else if (event.detail.xhr.status === 422) { // a form with its errors
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  function isHelp(element) { return "quiet" in element.dataset; }
  document.addEventListener("htmx:beforeRequest", function (event) { // its token is void as soon as the log-in is through
    if (isHelp(event.detail.elt) && window.caoDiem.asksPassword()) event.preventDefault();
  });
  // the same request with the token of the new session; what the form says by then is sent
  function again(request) {
    var values = {};
    new Set(request.formData.keys()).forEach(function (name) {
      var all = request.formData.getAll(name);
      if (name !== "csrfmiddlewaretoken") values[name] = all.length > 1 ? all : all[0];
    });
    window.htmx.ajax(request.verb, request.path, { source: request.elt, target: request.target, values: values });
  }

  // a form that saves by itself says it in its own line; a help beside a field is only missing
  function silent(element) { return "autosaving" in element.dataset || isHelp(element); }
  document.addEventListener("htmx:responseError", function (event) {
    var status = event.detail.xhr.status;
    if (silent(event.detail.elt)) return;
    window.caoDiem.fail(status === 403 ? words.forbidden : status === 404 ? words.missing : words.error);
  });
  ["htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (!silent(event.detail.elt)) window.caoDiem.fail(words.offline);
    });
  });

  // [data-gentle]: what comes anew by itself is not taken from under a press, the keyboard, or what somebody types in it
  function isUsed(place) {
    var focused = place.contains(document.activeElement) && document.activeElement !== place && !document.activeElement.id;
    return focused || place.matches(":active") || Array.from(place.querySelectorAll("input:not([type=hidden]), textarea")).some(function (field) { return field.value !== field.defaultValue; });
  }
  document.addEventListener("htmx:beforeSwap", function (event) {
    var place = event.detail.target;
    if (!place.hasAttribute("data-gentle") || !event.detail.shouldSwap || !isUsed(place)) return;
    event.detail.shouldSwap = false;
    if (place.dataset.waits) return;
    place.dataset.waits = "1";
    setTimeout(renew, 700, place);
  });
  function renew(place) {
    if (isUsed(place)) return setTimeout(renew, 700, place);
    delete place.dataset.waits;
    return place.isConnected && window.htmx.ajax("GET", place.getAttribute("hx-get"), { source: place, target: place, swap: place.getAttribute("hx-swap") });
  }

  // what is typed while an answer is on its way stays where the answer brings the same field anew
  var typedAt = new WeakMap();
  var sentAt = new WeakMap();
  var kept = new WeakMap();
  document.addEventListener("input", function (event) { typedAt.set(event.target, performance.now()); });
  document.addEventListener("htmx:beforeSend", function (event) { sentAt.set(event.detail.xhr, performance.now()); });
  document.addEventListener("htmx:beforeSwap", function (event) {
    var since = sentAt.get(event.detail.xhr);
    if (!event.detail.shouldSwap) return;
    kept.set(event.detail.xhr, Array.from(event.detail.target.querySelectorAll("input[id], textarea[id], select[id]")).filter(function (field) {
      return typedAt.get(field) > since && field.type !== "file";
    }));
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    (kept.get(event.detail.xhr) || []).forEach(function (old) {
      var field = document.getElementById(old.id);
      if (!field || field === old || field.name !== old.name) return;
      field.value = old.value;
      if ("checked" in old) field.checked = old.checked;
    });
  });
})();
