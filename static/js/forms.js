// Forms: send once, ask before leaving unsaved text, autosave, dates, filters that apply themselves.
(function () {
  "use strict";
  var words = window.caoDiem.words;

  // a form is sent once; its button is free again when the page comes back from the history or the answer is an error
  function busy(form, on) {
    form.querySelectorAll("button:not([type=button]), input[type=submit]").forEach(function (button) {
      button.setAttribute("aria-busy", String(on));
    });
    form.dataset.sending = on ? "1" : "";
  }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    if (form.method === "dialog" || form.hasAttribute("data-relogin")) return;
    if (isOrdinary(event) && window.caoDiem.session.isOld()) {
      event.preventDefault();
      hold(form, event.submitter);
      return;
    }
    if (form.hasAttribute("data-many")) return;
    delete form.dataset.dirty;
    if (isOrdinary(event)) setTimeout(busy, 0, form, true);
  });
  function isOrdinary(event) { return !event.defaultPrevented && event.target.method === "post" && !event.target.closest("[hx-post], [hx-put]"); }
  // a form of a page that stood open a while goes when the session is known to hold, so that nothing typed is lost
  function hold(form, button) {
    busy(form, true);
    window.caoDiem.session.before(function () {
      busy(form, false);
      form.requestSubmit(button);
    }, function () { busy(form, false); });
  }
  function free() { document.querySelectorAll("form[data-sending]").forEach(function (form) { busy(form, false); }); }
  window.addEventListener("pageshow", free);
  // the form that a request sends, its own or that of its button; what looks something up beside a field sends nothing,
  // nor does a form that saves by itself
  function sent(element) {
    var form = element.closest("form");
    var sends = element === form || element.matches("button, input[type=submit]");
    return form && sends && !form.dataset.autosaving ? form : null;
  }
  document.addEventListener("htmx:beforeRequest", function (event) {
    var form = sent(event.detail.elt);
    if (form && event.detail.requestConfig.verb !== "get") busy(form, true);
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = sent(event.detail.elt);
    if (!form) return;
    busy(form, false);
    if (event.detail.successful && event.detail.elt === form) delete form.dataset.dirty;
  });

  // <form data-guard>: leaving with unsaved text asks
  document.addEventListener("input", function (event) {
    var form = event.target.closest("form[data-guard], form[data-autosave]");
    if (form) form.dataset.dirty = "1";
  });
  window.addEventListener("beforeunload", function (event) {
    if (!document.querySelector("form[data-guard][data-dirty], form[data-autosave][data-dirty]")) return;
    event.preventDefault();
    setTimeout(free, 1000); // who stays may press again
  });

  // below a field that cites documents: the mention is written in full, or briefly, as the register has it
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-cite-as]");
    var place = button && button.closest("[id$='-citations']");
    var field = place && document.getElementById(place.id.slice(0, -"-citations".length));
    if (!field) return;
    var text = field.value.normalize("NFC");
    var cited = button.dataset.citeOf;
    var start = Array.from(text).slice(0, Number(button.dataset.citeStart)).join("").length; // letters as the server counts them
    if (!text.startsWith(cited, start)) start = text.indexOf(cited); // something was typed before it meanwhile
    if (start < 0) return;
    if (field.value !== text) field.value = text;
    field.focus();
    field.setRangeText(button.dataset.citeAs, start, start + cited.length, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // <form data-autosave="url"> with an element .autosave inside: saves 1.5 s after the last key
  var timers = new WeakMap();
  function say(form, state, text) {
    var place = form.querySelector(".autosave");
    if (!place) return;
    place.dataset.state = state;
    place.textContent = text;
  }
  function save(form) {
    var body = new FormData(form);
    say(form, "saving", words.saving);
    delete form.dataset.dirty;
    fetch(form.dataset.autosave, { method: "POST", body: body, headers: { "X-Autosave": "1" }, redirect: "manual" })
      .then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        var now = new Date();
        say(form, "saved", words.saved + " " + String(now.getHours()).padStart(2, "0") + ":" + String(now.getMinutes()).padStart(2, "0"));
      })
      .catch(function () {
        form.dataset.dirty = "1";
        say(form, "failed", words.notSaved);
        timers.set(form, setTimeout(save, 10000, form));
      });
  }
  document.addEventListener("input", function (event) {
    var form = event.target.closest("form[data-autosave]");
    if (!form) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(save, 1500, form));
  });

  // <form data-instant>: a filter applies when it is changed
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (form && form.hasAttribute("data-instant")) form.requestSubmit();
  });

  // <select data-go>: opens the address that is chosen
  document.addEventListener("change", function (event) {
    if (event.target.matches("select[data-go]")) location.assign(event.target.value);
  });

  // a dialog's field that must not stay empty says so in the page's language, not in the browser's
  document.addEventListener("invalid", function (event) {
    if (event.target.validity.valueMissing) event.target.setCustomValidity(words.required);
  }, true);
  document.addEventListener("click", function (event) { // pressed again: looked at afresh
    var button = event.target.closest("button:not([type=button]), input[type=submit]");
    if (!button || !button.form) return;
    Array.from(button.form.elements).forEach(function (field) {
      if (field.validationMessage === words.required) field.setCustomValidity("");
    });
  }, true);

  // input[data-date]: 20/10/2026 typed, completed ("1/9/26" → 01/09/2026, "20102026") or picked
  var months = /^(\d{1,2})[\s./-]?(\d{1,2})[\s./-]?(\d{4}|\d{2})$/;
  function completed(text) {
    var found = months.exec(text.trim());
    if (!found) return null;
    var year = Number(found[3].length === 2 ? "20" + found[3] : found[3]);
    var day = new Date(year, Number(found[2]) - 1, Number(found[1]));
    if (day.getMonth() !== Number(found[2]) - 1 || day.getDate() !== Number(found[1])) return null;
    return [found[1].padStart(2, "0"), found[2].padStart(2, "0"), String(year)];
  }
  function prepareDate(input) {
    if (input.closest(".date-field")) return;
    var isHeld = document.activeElement === input; // a field that is moved loses the focus
    var frame = document.createElement("div");
    frame.className = "date-field";
    input.replaceWith(frame);
    var native = document.createElement("input");
    native.type = "date";
    native.className = "date-native";
    native.tabIndex = -1;
    native.setAttribute("aria-hidden", "true");
    var pick = document.createElement("button");
    pick.type = "button";
    pick.className = "date-pick";
    pick.setAttribute("aria-label", words.pickDate);
    var sheet = document.querySelector(".icon use").getAttribute("href").split("#")[0];
    pick.innerHTML = '<svg class="icon" aria-hidden="true"><use href="' + sheet + '#calendar"></use></svg>';
    frame.append(input, native, pick);
    if (isHeld) input.focus({ preventScroll: true });
    input.inputMode = "numeric";
    pick.addEventListener("click", function () {
      var parts = completed(input.value);
      if (parts) native.value = parts.slice().reverse().join("-");
      native.showPicker();
    });
    native.addEventListener("change", function () {
      if (!native.value) return;
      input.value = native.value.split("-").reverse().join("/");
      input.setCustomValidity("");
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    input.addEventListener("change", function () {
      var parts = completed(input.value);
      if (parts && input.value !== parts.join("/")) {
        input.value = parts.join("/");
        input.dispatchEvent(new Event("input", { bubbles: true })); // who saves as one types hears of it
      }
      input.setCustomValidity(!input.value || parts ? "" : words.badDate);
    });
  }
  function prepare(root) {
    root.querySelectorAll("input[data-date]").forEach(prepareDate);
  }
  prepare(document);
  document.addEventListener("htmx:load", function (event) { prepare(event.detail.elt); });

  // .file-field: the names and sizes of the chosen files stand in it
  function size(bytes) {
    var large = bytes >= 1024 * 1024;
    var value = large ? bytes / 1024 / 1024 : Math.ceil(bytes / 1024);
    return value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 }) + (large ? " MB" : " KB");
  }
  function nameFiles(input) {
    var place = input.parentElement.querySelector(".file-names");
    if (!place) return;
    place.textContent = input.files.length ? "" : place.dataset.none;
    Array.from(input.files).forEach(function (file) {
      var line = document.createElement("span");
      line.textContent = file.name + " · " + size(file.size);
      place.append(line);
    });
  }
  document.addEventListener("change", function (event) {
    if (event.target.type === "file") nameFiles(event.target);
  });
  window.addEventListener("pageshow", function () { // back on the page, the browser may still hold the files
    document.querySelectorAll(".file-field > input").forEach(nameFiles);
  });

  var summary = document.querySelector(".error-summary");
  if (summary) summary.focus();
})();
