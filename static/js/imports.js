// The import page: rows are kept as they are typed, moved and joined in place, units are picked from one list.
(function () {
  "use strict";
  var words = window.caoDiem.words;
  var panes = window.caoDiem.panes;
  var status = document.querySelector("[data-import-status]");
  var toolbar = document.getElementById("import-toolbar");
  var pending = new Set(); // forms with words that the server does not have yet
  var timers = new WeakMap();
  var sending = new Map(); // form → the request that is on its way
  var wait = 900;

  function area() { return document.getElementById("recognised"); }
  function rowOf(element) { return element && element.closest("form[data-key]"); }
  function row(key) { return document.querySelector('[data-key="' + CSS.escape(key) + '"]'); }
  function say(state, text) {
    status.dataset.state = state;
    status.textContent = text;
  }

  // --- stretches that are not drawn yet: filled when they come near, or when one of their rows is asked for
  var near = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      var isLit = entry.target.classList.contains("is-linked");
      if (entry.isIntersecting) open(entry.target).then(function () { if (isLit) panes.again(); });
    });
  }, { rootMargin: "300px 0px" });
  function watch() {
    document.querySelectorAll("[data-later]").forEach(function (place) {
      place.style.minHeight = Math.min(Number(place.dataset.rows) * 60, 4000) + "px";
      near.observe(place);
    });
  }
  var opening = new Map();
  function open(place) {
    if (!place.isConnected) return Promise.resolve();
    if (!opening.has(place)) {
      near.unobserve(place);
      opening.set(place, window.htmx.ajax("GET", place.dataset.later, { target: place, swap: "outerHTML show:none" }).finally(function () { opening.delete(place); }));
    }
    var isHeld = place.contains(document.activeElement); // its button has the focus and goes: the first row takes it
    return opening.get(place).then(function () {
      if (isHeld && !place.isConnected) focusIn(row(place.dataset.link.split(" ")[0]));
    });
  }
  function focusIn(form, name) { // the field that is asked for, else the words of the row
    var asked = name ? '[name="' + name + '"]:not([type=hidden]), [data-pick^="' + name + '"]' : "textarea";
    var field = form && (form.querySelector(asked) || form.querySelector("textarea") || form.querySelector(".unit-pick, button, input:not([type=hidden])"));
    if (field) field.focus({ preventScroll: true });
  }
  function reach(key) { // the row, drawn
    var place = document.querySelector('[data-later][data-link~="' + CSS.escape(key) + '"]');
    return place ? open(place) : Promise.resolve();
  }
  panes.open = open;
  document.addEventListener("click", function (event) {
    var place = event.target.closest("[data-later]");
    if (place) open(place);
  });
  document.addEventListener("htmx:afterSettle", watch);
  watch();

  // --- autosave: one request per row at a time, the next one knows the row's new version
  function save(form) {
    clearTimeout(timers.get(form));
    if (!pending.has(form) || !form.isConnected) return Promise.resolve();
    if (sending.has(form)) return sending.get(form).then(function () { return save(form); });
    if (form.querySelector(".import-conflict").childElementCount) return Promise.resolve();
    form.dataset.sent = String(Number(form.dataset.typed || 0));
    say("saving", words.saving);
    sending.set(form, window.htmx.ajax("POST", form.getAttribute("action"), { source: form, swap: "none", values: values(form) })
      .catch(function () { return null; }) // said and tried again by `failed`
      .finally(function () {
        sending.delete(form);
        if (pending.has(form) && form.dataset.typed !== form.dataset.sent) later(form);
      }));
    return sending.get(form);
  }
  function values(form) {
    var found = {};
    new FormData(form).forEach(function (value, name) {
      if (name === "csrfmiddlewaretoken") return;
      if (name in found) found[name] = [].concat(found[name], value);
      else found[name] = value;
    });
    return found;
  }
  function later(form) {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(save, wait, form));
  }
  function changed(form) {
    form.dataset.typed = String(Number(form.dataset.typed || 0) + 1);
    pending.add(form);
    later(form);
  }
  function flush() {
    var forms = Array.from(pending);
    return Promise.all(forms.map(save)).then(function () {
      var left = Array.from(pending).filter(function (form) { return form.isConnected; });
      if (!left.length) return;
      say("failed", words.notSaved);
      panes.reveal(left[0]);
      throw new Error("unsaved");
    });
  }
  document.addEventListener("input", function (event) {
    var form = rowOf(event.target);
    if (form) changed(form);
  });
  document.addEventListener("submit", function (event) {
    if (rowOf(event.target)) { // Enter in a field
      event.preventDefault();
      changed(event.target);
      save(event.target);
    }
  });
  document.addEventListener("importSaved", function (event) {
    var form = row(event.detail.key);
    if (!form) return;
    form.elements.v.value = event.detail.v;
    if (form.elements.due) form.elements.due.setAttribute("aria-invalid", String(event.detail.dueIsWrong));
    if (form.dataset.typed === form.dataset.sent) pending.delete(form);
    var now = new Date();
    say("saved", words.saved + " " + String(now.getHours()).padStart(2, "0") + ":" + String(now.getMinutes()).padStart(2, "0"));
  });
  document.addEventListener("importConflict", function (event) {
    var form = row(event.detail.key);
    if (!form) return;
    form.elements.v.value = event.detail.v;
    say("failed", words.notSaved);
    setTimeout(panes.reveal, 0, form);
  });
  document.addEventListener("click", function (event) {
    var mine = event.target.closest("[data-import-mine]");
    if (mine) {
      var form = rowOf(mine);
      form.querySelector(".import-conflict").replaceChildren();
      changed(form);
      save(form);
    } else if (event.target.closest("[data-import-theirs]")) {
      pending.delete(rowOf(event.target));
      location.reload();
    }
  });
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);
  function failed(event) {
    var form = rowOf(event.detail.elt);
    if (!form || "quiet" in event.detail.elt.dataset) return;
    say("failed", words.notSaved);
    timers.set(form, setTimeout(save, 8000, form));
  }
  // a help beside a row does not ask for the password: the row's own save does, and then goes on
  document.addEventListener("session:lost", function (event) {
    if (rowOf(event.target) && "quiet" in event.target.dataset) event.preventDefault();
  });
  // what was typed a moment ago still goes when the page does, and stands there again after a reload
  var drawer = "import:" + location.pathname;
  window.addEventListener("pagehide", function () {
    var left = Array.from(pending).filter(function (form) { return form.isConnected; });
    left.forEach(function (form) { navigator.sendBeacon(form.action, new FormData(form)); });
    keep(left.map(function (form) { return { key: form.dataset.key, values: values(form) }; }));
  });
  function keep(rows) {
    try {
      if (rows.length) sessionStorage.setItem(drawer, JSON.stringify(rows));
      else sessionStorage.removeItem(drawer);
    } catch (error) { return; } // storage switched off: the beacon has to do
  }
  function kept() {
    try { return JSON.parse(sessionStorage.getItem(drawer) || "[]"); } catch (error) { return []; }
  }
  kept().forEach(function (each) { reach(each.key).then(function () { putBack(each); }); });
  function putBack(each) {
    var form = row(each.key);
    if (!form || !form.elements) return;
    var differs = false;
    form.querySelectorAll("textarea, input:not([type=hidden]):not([type=checkbox]), select").forEach(function (field) {
      if (!(field.name in each.values) || field.value === each.values[field.name]) return;
      field.value = each.values[field.name];
      differs = true;
    });
    if (differs) changed(form);
  }
  keep([]);
  window.addEventListener("beforeunload", function (event) {
    if (status.dataset.state === "failed" && pending.size) event.preventDefault();
  });

  // --- acts: what was typed is kept first, then the right side comes anew
  function act(address, given) {
    return flush().then(function () {
      park();
      return window.htmx.ajax("POST", address, { target: "#recognised", swap: "outerHTML", values: given });
    }).catch(function (error) { if (error.message !== "unsaved") throw error; });
  }
  function move(name, key, more) {
    return act(area().dataset.arrange, Object.assign({ move: name, key: key }, more || {}));
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-move]");
    if (!button) return;
    var form = button.dataset.of ? null : rowOf(button);
    var field = form && form.querySelector("textarea");
    move(button.dataset.move, button.dataset.of || form.dataset.key, field ? { cursor: field.selectionStart } : {});
  });
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.hasAttribute("data-import-act")) {
      event.preventDefault();
      act(form.getAttribute("action"), values(form));
    } else if (form.hasAttribute("data-import-make") && pending.size) {
      event.preventDefault();
      flush().then(function () { form.submit(); }).catch(function (error) { if (error.message !== "unsaved") throw error; });
    }
  }, true);
  document.addEventListener("importShow", function (event) { jump(event.detail.key, true); });
  function jump(key, quiet, field) {
    var line = /^line:(\d+)$/.exec(key);
    if (line) {
      var place = document.querySelector('[data-line="' + line[1] + '"]');
      if (!place) return;
      panes.show("left");
      panes.reveal(place);
      var part = place.matches("[data-link]") ? place : place.querySelector("[data-link]");
      if (part) part.focus({ preventScroll: true });
      return;
    }
    if (key && document.querySelector('[data-later][data-link~="' + CSS.escape(key) + '"]')) {
      reach(key).then(function () { if (row(key)) jump(key, quiet, field); });
      return;
    }
    if (!key && document.activeElement === document.body) { // what was pressed is gone: on to the next question
      var next = document.querySelector("#import-asked [data-jump]");
      if (next) next.focus({ preventScroll: true });
    }
    var found = key && row(key);
    if (!found) return;
    var fold = found.closest("details");
    if (fold) fold.open = true;
    panes.show("right");
    if (!quiet || !inView(found)) panes.reveal(found);
    focusIn(found, field);
  }
  function inView(element) {
    var box = element.getBoundingClientRect();
    var frame = document.getElementById("pane-right").getBoundingClientRect();
    return box.top >= frame.top && box.bottom <= Math.min(frame.bottom, innerHeight);
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-jump]");
    if (!link) return;
    event.preventDefault();
    jump(link.dataset.jump, false, link.dataset.field);
  });

  // --- the toolbar stands with the row that has the cursor
  function park() {
    toolbar.hidden = true;
    document.body.append(toolbar);
  }
  document.addEventListener("focusin", function (event) {
    var form = rowOf(event.target);
    if (toolbar.contains(event.target)) return;
    if (!form || !event.target.matches("textarea") || !/^(items|bases|recipients)$/.test(form.dataset.part)) {
      if (!form || !form.contains(toolbar)) park();
      return;
    }
    toolbar.querySelectorAll("[data-only]").forEach(function (button) { button.hidden = form.dataset.part !== button.dataset.only; });
    var style = toolbar.querySelector("[data-style]");
    style.hidden = form.dataset.part !== "items";
    if (form.elements.style) style.value = form.elements.style.value;
    toolbar.hidden = false;
    form.append(toolbar);
  });
  toolbar.addEventListener("input", function (event) { event.stopPropagation(); });
  toolbar.querySelector("[data-style]").addEventListener("change", function (event) {
    var form = rowOf(toolbar);
    form.elements.style.value = event.target.value;
    changed(form);
    flush().then(function () { return move("restore", form.dataset.key); }, function () { return null; });
  });
  document.addEventListener("keydown", function (event) {
    var form = rowOf(event.target);
    if (event.key === "Escape" && form && !document.querySelector("dialog[open]")) park();
    if (!form || !event.target.matches("textarea") || toolbar.hidden || !form.contains(toolbar)) return;
    var keys = { ArrowLeft: "outdent", ArrowRight: "indent", ArrowUp: "up", ArrowDown: "down" };
    var name = event.altKey && !event.ctrlKey ? keys[event.key] : event.ctrlKey && event.key === "Enter" ? "split" : null;
    if (!name) return;
    event.preventDefault();
    move(name, form.dataset.key, { cursor: event.target.selectionStart });
  });

  // --- the list of units: one to lead, several to help, or what a name in the text means
  var picker = document.getElementById("unit-picker");
  var search = picker.querySelector("[data-picker-search]");
  var create = picker.querySelector("[data-picker-create]");
  var boxes = Array.from(picker.querySelectorAll("input[type=checkbox]"));
  var asking = null;

  function folded(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }
  function filter() {
    var wanted = folded(search.value).split(" ");
    var left = 0;
    boxes.forEach(function (box) {
      var item = box.closest("li");
      item.hidden = !wanted.every(function (word) { return item.dataset.folded.includes(word); });
      if (!item.hidden) left += 1;
    });
    picker.querySelector("[data-picker-none]").hidden = left > 0;
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-pick]");
    if (!button) return;
    asking = button;
    var form = rowOf(button);
    var chosen = form ? new FormData(form).getAll(button.dataset.pick) : button.dataset.chosen.split(" ");
    boxes.forEach(function (box) { box.checked = chosen.includes(box.value); });
    picker.querySelector("[data-picker-for]").textContent = button.dataset.name || "";
    if (create) create.hidden = !button.dataset.name;
    search.value = "";
    filter();
    picker.showModal();
    search.focus();
  });
  search.addEventListener("input", filter);
  search.addEventListener("keydown", function (event) { // Enter takes the first that is left
    if (event.key !== "Enter") return;
    event.preventDefault();
    var first = boxes.find(function (box) { return !box.closest("li").hidden; });
    if (!first) return;
    if (asking.dataset.pick === "lead_unit") only(first);
    first.checked = true;
    done();
  });
  function only(box) { boxes.forEach(function (other) { if (other !== box) other.checked = false; }); }
  picker.addEventListener("change", function (event) {
    if (asking.dataset.pick === "lead_unit" && event.target.checked) {
      only(event.target);
      done();
    }
  });
  picker.querySelector("[data-picker-done]").addEventListener("click", done);
  if (create) create.addEventListener("click", function () {
    picker.close();
    act(area().dataset.units, { name: asking.dataset.name, create: "1" });
  });
  function unknown(name) { // a name that means nothing yet: the choice is for all its places
    return Array.from(document.querySelectorAll("[data-pick=name]")).some(function (button) {
      return button.dataset.name === name && !button.dataset.chosen.trim();
    });
  }
  function done() {
    var form = rowOf(asking);
    var chosen = boxes.filter(function (box) { return box.checked; });
    var ids = chosen.map(function (box) { return box.value; });
    picker.close();
    if (!form || (asking.dataset.pick === "lead_unit" && ids.length && unknown(asking.dataset.name))) {
      act(area().dataset.units, { name: asking.dataset.name, units: ids });
      return;
    }
    var place = form.querySelector('[data-picked="' + asking.dataset.pick + '"]');
    place.replaceChildren.apply(place, ids.map(function (id) {
      var field = document.createElement("input");
      field.type = "hidden";
      field.name = asking.dataset.pick;
      field.value = id;
      return field;
    }));
    var names = chosen.map(function (box) { return box.parentElement.textContent.trim(); });
    asking.textContent = names.join("; ") || asking.dataset.empty || "—";
    changed(form);
    save(form);
    asking.focus();
  }
})();
