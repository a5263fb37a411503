// Parts of a plan save by themselves: after a pause, on leaving the form, when the page is hidden. What is not on the
// server yet is kept in this browser and offered again. A second writer of a part chooses between two texts.
(function () {
  "use strict";
  var left = document.getElementById("plan-left");
  if (!left) return;
  var said = document.getElementById("plan-words").dataset;
  var common = window.caoDiem.words;
  var pause = 1500;
  var watched = 700; // the print stands beside the text and somebody waits for it
  var again = 10000;
  var timers = new WeakMap();
  var sent = new WeakMap(); // what the server has, as text
  var prefix = "plan-draft:" + left.dataset.user + ":";

  // --- what a form says, as text, without token, version and the nameless helpers
  function values(form) {
    return Array.from(new FormData(form)).filter(function (pair) { return pair[0] !== "csrfmiddlewaretoken" && pair[0] !== "version"; });
  }
  function text(form) { return JSON.stringify(values(form)); }
  function version(form) { return form.elements.namedItem("version"); }
  function clock(moment) { return String(moment.getHours()).padStart(2, "0") + ":" + String(moment.getMinutes()).padStart(2, "0"); }
  function isDirty(form) { return sent.get(form) !== text(form); }

  // --- drafts in this browser
  function key(form) { return prefix + form.getAttribute("action"); }
  function stored(name) {
    try { return JSON.parse(localStorage.getItem(name)); } catch (error) { return null; } // storage switched off, or not ours
  }
  function keep(form) {
    window.caoDiem.remember(key(form), JSON.stringify({ at: Date.now(), title: form.dataset.title, version: version(form).value, values: values(form) }));
  }
  function forget(name) {
    try { localStorage.removeItem(name); } catch (error) { /* storage switched off: nothing was kept */ }
  }
  function fill(form, draft) {
    Array.from(form.elements).forEach(function (field) {
      if (!field.name || field.name === "csrfmiddlewaretoken" || field.name === "version" || field.closest("[data-aside]")) return;
      var given = draft.values.filter(function (pair) { return pair[0] === field.name; }).map(function (pair) { return pair[1]; });
      if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
      else field.value = given.length ? given[0] : "";
    });
    version(form).value = draft.version; // somebody wrote since then: the two texts meet
    written(form);
  }

  // --- lines and notices
  function say(form, state, words) {
    var place = form.querySelector(".autosave");
    place.dataset.state = state;
    place.textContent = words;
  }
  function button(words, act, primary) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-small" + (primary ? " btn-primary" : "");
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }
  function notice(words, buttons) {
    var made = document.createElement("div");
    made.className = "notice tone-soon notice-actions";
    made.setAttribute("role", "status");
    var line = document.createElement("p");
    line.textContent = words;
    made.append(line);
    buttons.forEach(function (each) { made.append(each); });
    return made;
  }

  // --- saving
  function schedule(form, wait) {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(save, wait, form));
  }
  function written(form) {
    if (!isDirty(form)) return;
    form.dataset.dirty = "1";
    delete form.dataset.failed;
    keep(form);
    schedule(form, document.querySelector("[data-preview]:not([hidden])") ? watched : pause);
  }
  function save(form) {
    clearTimeout(timers.get(form));
    if (!form.isConnected || form.dataset.lost || !isDirty(form)) return Promise.resolve(); // a lost session saves when it is back
    if (form.dataset.conflict) return Promise.resolve(say(form, "failed", said.waiting));
    if (form.dataset.autosaving || form.dataset.sending || window.caoDiem.asksPassword()) return Promise.resolve(schedule(form, 300));
    form.dataset.autosaving = "1";
    var sending = text(form);
    say(form, "saving", common.saving);
    return window.htmx.ajax("POST", form.getAttribute("action"), {
      source: form, target: form.querySelector(".autosave"), swap: "innerHTML show:none", values: { autosave: "1" },
    }).then(function () { finish(form, sending); }, function () { finish(form, sending); });
  }
  function finish(form, sending) {
    delete form.dataset.autosaving;
    if (form.dataset.saved) {
      delete form.dataset.saved;
      sent.set(form, sending);
      form.querySelector(".autosave").dataset.state = "saved";
      if (isDirty(form)) written(form);
      else {
        delete form.dataset.dirty;
        forget(key(form));
      }
    } else if (!form.dataset.failed && !form.dataset.lost && isDirty(form)) { // no answer: the network, or the server
      say(form, "failed", common.notSaved);
      schedule(form, again);
    }
  }
  document.addEventListener("plan:saved", function (event) {
    var form = event.target.closest("form[data-part-form]");
    if (!form) return;
    form.dataset.saved = "1";
    var facts = event.detail;
    version(form).value = facts.version;
    document.querySelectorAll("#part-" + facts.part + " > .part-tools input[name=version], #part-" + facts.part + " .cell-actions input[name=version]").forEach(function (field) { field.value = facts.version; });
    if (form.dataset.part === facts.part) return;
    forget(key(form)); // it was new and has a row of its own now
    form.dataset.part = facts.part;
    form.setAttribute("action", facts.url);
    form.setAttribute("hx-post", facts.url);
    window.htmx.process(form);
  });
  document.addEventListener("htmx:beforeSwap", function (event) {
    var form = event.detail.requestConfig.elt;
    var status = event.detail.xhr.status;
    if (!form.dataset || !form.dataset.autosaving || ![403, 404, 422].includes(status)) return;
    form.dataset.failed = "1";
    if (status !== 422) return say(form, "failed", status === 404 ? common.missing : common.forbidden);
    form.querySelector(".autosave").dataset.state = "failed";
    if (event.detail.target.classList.contains("part-conflict")) {
      form.dataset.conflict = "1";
      say(form, "failed", said.waiting);
    }
  });
  document.addEventListener("session:lost", function (event) { // ask once; then save what the form says by then
    var form = event.target.closest && event.target.closest("form[data-part-form]");
    if (!form || !form.dataset.autosaving) return;
    event.preventDefault();
    form.dataset.lost = "1";
    say(form, "failed", common.notSaved);
    event.detail.ask(function () {
      delete form.dataset.lost;
      save(form);
    });
  });

  // --- when
  function partOf(event) {
    var target = event.target;
    return target.closest && !target.closest("[data-aside]") ? target.closest("form[data-part-form]") : null;
  }
  ["input", "change"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      var form = partOf(event);
      if (form) written(form);
    });
  });
  document.addEventListener("focusout", function (event) {
    var form = partOf(event);
    if (form && form.dataset.dirty && !form.contains(event.relatedTarget) && document.hasFocus()) save(form);
  });
  function saveAll() { document.querySelectorAll("form[data-part-form][data-dirty]").forEach(save); }
  document.addEventListener("visibilitychange", saveAll);
  window.addEventListener("online", saveAll);

  // --- choosing between two texts
  document.addEventListener("click", function (event) {
    var mine = event.target.closest("[data-keep-mine]");
    var theirs = event.target.closest("[data-take-stored]");
    var close = event.target.closest("[data-close-part]");
    var form = event.target.closest("form[data-part-form]");
    if (!form || !(mine || theirs || close)) return;
    event.preventDefault();
    if (close) return closePart(form);
    delete form.dataset.conflict;
    delete form.dataset.failed;
    if (mine) {
      version(form).value = mine.dataset.keepMine;
      form.querySelector(".part-conflict").replaceChildren();
      save(form);
      return;
    }
    keep(form); // one's own text stays at hand
    sent.set(form, text(form));
    delete form.dataset.dirty;
    window.htmx.ajax("GET", form.getAttribute("action"), { source: "#plan-drafts", target: form, swap: "outerHTML show:none" });
  });
  function closePart(form) {
    if (isDirty(form) && !form.dataset.failed) {
      save(form).then(function () { if (!isDirty(form)) closePart(form); });
      return;
    }
    var box = form.parentElement;
    delete form.dataset.dirty;
    form.remove();
    if (box.closest("#plan-left")) window.htmx.ajax("GET", document.getElementById("plan-left").dataset.left, { source: box, target: "#plan-left", swap: "outerHTML show:none" });
    showDrafts();
  }

  // --- forms that open
  function prepare(form) {
    if (sent.has(form)) return;
    sent.set(form, text(form));
    if (form.querySelector(".error-summary")) form.dataset.failed = form.dataset.dirty = "1";
    var draft = stored(key(form));
    if (form.dataset.failed || !draft) return;
    if (JSON.stringify(draft.values) === text(form)) return forget(key(form));
    if (form.dataset.resume) return;
    var offer = notice(said.draft.replace("{time}", clock(new Date(draft.at))), [
      button(said.take, function () { offer.remove(); fill(form, draft); }, true),
      button(said.drop, function () { offer.remove(); forget(key(form)); }),
    ]);
    form.querySelector(".part-conflict").prepend(offer);
  }
  document.addEventListener("htmx:load", function (event) {
    var root = event.detail.elt;
    if (root.matches("form[data-part-form]")) prepare(root);
    root.querySelectorAll("form[data-part-form]").forEach(prepare);
    var first = root.matches("form[data-part-form]") && (root.querySelector("[data-source-search]") || root.querySelector("textarea, select, input:not([type=hidden])"));
    if (first && !root.contains(document.activeElement)) first.focus({ preventScroll: false });
  });
  document.addEventListener("htmx:confirm", function (event) { // a form that is open is not opened a second time
    var link = event.detail.elt;
    if (event.detail.verb !== "get" || link.tagName !== "A") return;
    var open = document.querySelector('form[data-part-form][action="' + CSS.escape(event.detail.path) + '"]');
    if (!open) return;
    event.preventDefault();
    open.querySelector("textarea, select, input:not([type=hidden])").focus();
  });

  // --- drafts of an earlier session, whose forms are not open
  function showDrafts() {
    var place = document.getElementById("plan-drafts");
    place.querySelectorAll(".notice").forEach(function (old) { old.remove(); });
    var mine = prefix + location.pathname;
    Object.keys(localStorage).filter(function (name) { return name.startsWith(mine); }).forEach(function (name) {
      var draft = stored(name);
      var url = name.slice(prefix.length);
      if (!draft || document.querySelector('form[data-part-form][action="' + CSS.escape(url) + '"]')) return;
      var longest = draft.values.map(function (pair) { return pair[1]; }).sort(function (a, b) { return b.length - a.length; })[0] || "";
      var line = notice(said.drafts.replace("{part}", draft.title).replace("{time}", clock(new Date(draft.at))), [
        button(said.open, function () { line.remove(); open(url); }, true),
        button(said.drop, function () { line.remove(); forget(name); }),
      ]);
      var text = document.createElement("p");
      text.className = "official draft-text";
      text.textContent = longest;
      line.append(text);
      place.append(line);
    });
  }
  function open(url) {
    var part = url.split("/phan/")[1].split("/")[0];
    var home = document.querySelector("#part-" + part + "-form") || document.querySelector("#part-" + part + " > .part-text");
    var link = document.querySelector('#plan-left a[hx-get="' + CSS.escape(url) + '"]');
    if (link) link.click();
    else window.htmx.ajax("GET", url, { source: "#plan-drafts", target: home || "#plan-drafts", swap: home ? "innerHTML" : "beforeend" });
  }
  try { showDrafts(); } catch (error) { /* storage switched off: nothing was kept */ }

  window.caoDiem.plan = { save: save, written: written, isDirty: isDirty, forget: function (form) { forget(key(form)); }, notice: notice, words: said };
})();
