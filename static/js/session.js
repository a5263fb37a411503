// The session of this page. A page that stood open a while asks whose session the browser holds before it sends a form;
// a lost one is taken up again by password on top of the page, and what waited for it goes on.
(function () {
  "use strict";
  var words = window.caoDiem.words;
  var dialog = document.getElementById("login-dialog");
  var waiting = [];
  window.caoDiem.session = { isLost: isLost, ask: ask, isOld: isOld, before: before };
  // is the password being asked for? What would be sent now carries a token that the log-in makes void
  window.caoDiem.asksPassword = function () { return Boolean(dialog && dialog.open); };

  function isLost(xhr) {
    return Boolean(dialog) && (xhr.status === 401 || (xhr.responseURL && new URL(xhr.responseURL).pathname === dialog.dataset.loginUrl));
  }
  function ask(repeat, otherwise) {
    waiting.push({ repeat: repeat, otherwise: otherwise || function () { return null; } });
    if (!dialog.open) dialog.showModal();
    document.getElementById("relogin-password").focus();
  }
  var fresh = 60000; // milliseconds a page is taken to be as it was
  var seen = Date.now();
  function isOld() { return Boolean(dialog) && Date.now() - seen > fresh; }

  function read() {
    return fetch(dialog.dataset.sessionUrl, { headers: { Accept: "application/json" } }).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    });
  }
  // what keeps this page from going on with that session; nothing: the token of the session goes wherever an older one stood
  function objection(now) {
    if (now.user !== document.getElementById("relogin-username").value) return words.otherUser;
    if (now.post !== dialog.dataset.post) return words.otherPost;
    seen = Date.now();
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(function (field) { field.value = now.token; });
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": now.token }));
    return "";
  }
  // runs `act` in the session of this page, after the password where it was lost; `otherwise` when it cannot be
  function before(act, otherwise) {
    read().then(function (now) {
      if (!now.user) return ask(act, otherwise);
      var why = objection(now);
      if (!why) return act();
      window.caoDiem.fail(why);
      otherwise();
    }).catch(function () {
      window.caoDiem.fail(words.offline);
      otherwise();
    });
  }
  if (!dialog) return;
  // another tab may have logged in, out, or changed the post meanwhile
  document.addEventListener("visibilitychange", function () {
    seen = 0;
    if (!document.hidden) read().then(function (now) { if (now.user && objection(now)) window.caoDiem.fail(objection(now)); }, function () { return null; });
  });

  dialog.addEventListener("cancel", function (event) { event.preventDefault(); });
  dialog.addEventListener("close", function () { if (waiting.length) dialog.showModal(); }); // a browser closes it on the second Escape
  dialog.querySelector("form").addEventListener("submit", function (event) {
    event.preventDefault();
    read().then(logIn).catch(function () { window.caoDiem.fail(words.offline); });
  });
  function logIn(now) {
    if (now.user) return goOn(now); // another tab was first
    var form = dialog.querySelector("form");
    var body = new FormData(form);
    body.set("csrfmiddlewaretoken", now.token);
    return fetch(form.action, { method: "POST", body: body }).then(function (answer) {
      form.querySelector("[data-relogin-error]").hidden = answer.redirected;
      if (answer.redirected) return read().then(goOn);
      document.getElementById("relogin-password").select();
      return null;
    });
  }
  function goOn(now) {
    var why = objection(now);
    var all = waiting.splice(0);
    dialog.close();
    dialog.querySelector("form").reset();
    if (why) window.caoDiem.fail(why);
    all.forEach(function (each) { if (why) each.otherwise(); else each.repeat(); });
  }
})();
