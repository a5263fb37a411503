// htmx answers that went wrong are said in the page; a lost session asks for the password and repeats the request.
(function () {
  "use strict";
  var words = window.caoDiem.words;
  var dialog = document.getElementById("login-dialog");
  var waiting = [];

  function lost(xhr) {
    return xhr.status === 401 || (dialog && xhr.responseURL && new URL(xhr.responseURL).pathname === dialog.dataset.loginUrl);
  }
  function ask(repeat) {
    waiting.push(repeat);
    if (!dialog.open) dialog.showModal();
    document.getElementById("relogin-password").focus();
  }

  // is the password being asked for? What would be sent now carries a token that the log-in makes void
  window.caoDiem.asksPassword = function () { return Boolean(dialog && dialog.open); };

  document.addEventListener("htmx:beforeSwap", function (event) {
    if (dialog && lost(event.detail.xhr)) {
      event.detail.shouldSwap = false;
      event.detail.isError = false;
      var request = event.detail.requestConfig;
      if (request.elt.dispatchEvent(new CustomEvent("session:lost", { bubbles: true, cancelable: true, detail: { ask: ask } }))) {
        ask(function () { again(request); });
      }
    } else if (event.detail.xhr.status === 422) { // a form with its errors
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
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
  function silent(element) { return "autosaving" in element.dataset || "quiet" in element.dataset; }
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

  if (!dialog) return;
  dialog.addEventListener("cancel", function (event) { event.preventDefault(); });
  dialog.querySelector("form").addEventListener("submit", function (event) {
    event.preventDefault();
    var form = event.target;
    var problem = form.querySelector("[data-relogin-error]");
    fetch(form.action, { headers: { Accept: "text/html" } }) // a fresh CSRF token for the new session
      .then(function (page) { return page.text(); })
      .then(function (html) {
        var token = new DOMParser().parseFromString(html, "text/html").querySelector("[name=csrfmiddlewaretoken]");
        var body = new FormData(form);
        body.set("csrfmiddlewaretoken", token ? token.value : "");
        return fetch(form.action, { method: "POST", body: body });
      })
      .then(function (answer) {
        problem.hidden = answer.redirected;
        if (!answer.redirected) {
          document.getElementById("relogin-password").select();
          return null;
        }
        return answer.text().then(function (html) {
          renew(html);
          dialog.close();
          form.reset();
          waiting.splice(0).forEach(function (repeat) { repeat(); });
        });
      })
      .catch(function () { window.caoDiem.fail(words.offline); });
  });

  // the token of the new session goes wherever the old one stood
  function renew(html) {
    var fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[name=csrfmiddlewaretoken]");
    if (!fresh) return;
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(function (field) { field.value = fresh.value; });
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": fresh.value }));
  }
})();
