// The order of a plan: moved by keyboard, menu or mouse; the left side comes anew and the open forms stay in it.
(function () {
  "use strict";
  var said = document.getElementById("plan-words").dataset;
  var speaker = document.getElementById("plan-says");
  var moving = null; // the id of the part whose handle is in moving mode
  var last = null; // the part that the running request is about
  var queue = Promise.resolve();

  function say(words) {
    speaker.textContent = "";
    if (words) setTimeout(function () { speaker.textContent = words; }, 50);
  }
  function partOf(element) { return element && element.closest && element.closest("#plan-left [data-item], #plan-left [data-base]"); }

  // --- the left side anew
  function homeOf(form, fresh) {
    var part = form.dataset.part;
    if (!part.endsWith("-new")) {
      var home = fresh.querySelector("#part-" + part + "-form") || fresh.querySelector("#part-" + part + " > .part-text");
      if (home) home.replaceChildren(form);
      return Boolean(home);
    }
    var box = fresh.querySelector("#" + form.parentElement.id) || fresh.querySelector("#part-item-new");
    if (box && form.parentElement.firstElementChild === form) box.prepend(form);
    else if (box) box.append(form);
    return Boolean(box);
  }
  function lost(form) {
    var place = document.getElementById("plan-drafts");
    place.append(form);
    form.querySelector(".part-conflict").prepend(window.caoDiem.plan.notice(said.gone, []));
  }
  function merge(html, closed) {
    var left = document.getElementById("plan-left");
    var fresh = new DOMParser().parseFromString(html, "text/html").getElementById("plan-left");
    if (closed) closed.remove();
    var focused = document.activeElement;
    var from = focused && "selectionStart" in focused ? [focused.selectionStart, focused.selectionEnd] : null;
    var holder = partOf(focused) || last;
    var forms = Array.from(left.querySelectorAll("form[data-part-form]"));
    var homeless = forms.filter(function (form) { return !homeOf(form, fresh) && window.caoDiem.plan.isDirty(form); });
    left.replaceWith(fresh);
    homeless.forEach(lost);
    window.htmx.process(fresh);
    if (focused && focused.isConnected && focused !== document.body) {
      focused.focus({ preventScroll: true });
      if (from && from[0] !== null) focused.setSelectionRange(from[0], from[1]);
    } else if (holder) {
      refocus(holder.id);
    }
  }
  function refocus(id) {
    var handle = document.querySelector("#" + id + " > [data-handle]");
    if (!handle) return;
    handle.setAttribute("aria-pressed", String(moving === id));
    handle.focus({ preventScroll: true });
    handle.scrollIntoView({ block: "nearest" });
  }
  var closing = null;
  document.addEventListener("plan:changed", function (event) {
    closing = event.target.matches("form[data-part-form]") ? event.target : null;
    if (closing) window.caoDiem.plan.forget(closing);
    say(event.detail.words);
  });
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.target.id !== "plan-left" || !event.detail.shouldSwap) return;
    event.detail.shouldSwap = false;
    merge(event.detail.serverResponse, closing);
    closing = null;
  });
  document.addEventListener("plan:refused", function (event) { window.caoDiem.fail(event.detail.words); });
  document.addEventListener("htmx:beforeRequest", function (event) {
    last = partOf(event.detail.elt) || last;
    if (event.detail.elt.matches("[data-undo]")) last = null;
  });

  // --- by keyboard
  function move(handle, way) {
    var id = partOf(handle).id;
    queue = queue.then(function () {
      var now = document.querySelector("#" + id + " > [data-handle]");
      var url = now && now.dataset[way];
      return url ? window.htmx.ajax("POST", url, { source: now, target: "#plan-left", swap: "outerHTML show:none" }) : null;
    }).catch(function () { /* said in the page by requests.js */ });
  }
  function setMoving(handle, on) {
    moving = on ? partOf(handle).id : null;
    handle.setAttribute("aria-pressed", String(on));
    say(on ? said.moving : said.moved);
  }
  var arrows = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
  document.addEventListener("keydown", function (event) {
    var handle = event.target.closest && event.target.closest("[data-handle]");
    if (!handle) return;
    var isMoving = moving === partOf(handle).id;
    var way = arrows[event.key];
    if (isMoving && event.key === "Tab") way = event.shiftKey ? "out" : "in";
    if (way && (event.altKey || isMoving)) {
      event.preventDefault();
      move(handle, way);
    } else if (isMoving && event.key === "Escape") {
      event.preventDefault();
      setMoving(handle, false);
    }
  });
  document.addEventListener("click", function (event) {
    var handle = event.target.closest("[data-handle]");
    if (handle) setMoving(handle, moving !== partOf(handle).id);
  });
  document.addEventListener("focusout", function (event) {
    var handle = event.target.closest && event.target.closest("[data-handle]");
    if (handle && handle.isConnected && event.relatedTarget && moving) setMoving(handle, false);
  });

  // --- by mouse: above the middle of a paragraph before it, below the middle after it, far to the right inside it
  var dragged = null;
  var inside = 90;
  function clear() {
    document.querySelectorAll("[data-drop-at]").forEach(function (part) { part.removeAttribute("data-drop-at"); });
  }
  function spot(part, event) {
    var box = part.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) return "before";
    return event.clientX > box.left + inside + 40 * Number(part.className.match(/depth-(\d)/)[1]) && event.clientX > box.left + box.width / 2 ? "inside" : "after";
  }
  document.addEventListener("dragstart", function (event) {
    var handle = event.target.closest && event.target.closest("[data-handle][data-drop]");
    if (!handle) return;
    dragged = partOf(handle);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.innerText.slice(0, 200));
    event.dataTransfer.setDragImage(dragged, 10, 10);
  });
  document.addEventListener("dragover", function (event) {
    var part = dragged && event.target.closest && event.target.closest("#plan-left [data-item]");
    clear();
    if (!part || part === dragged) return;
    event.preventDefault();
    part.dataset.dropAt = spot(part, event);
  });
  document.addEventListener("drop", function (event) {
    var part = dragged && event.target.closest && event.target.closest("#plan-left [data-item]");
    if (!part || part === dragged) return;
    event.preventDefault();
    var at = spot(part, event);
    var values = { trong: at === "inside" ? part.dataset.item : part.dataset.parent, truoc: "" };
    if (at === "before") values.truoc = part.dataset.item;
    if (at === "after") values.truoc = nextOf(part);
    var handle = dragged.querySelector(":scope > [data-handle]");
    last = dragged;
    window.htmx.ajax("POST", handle.dataset.drop, { source: handle, target: "#plan-left", swap: "outerHTML show:none", values: values });
  });
  document.addEventListener("dragend", function () {
    dragged = null;
    clear();
  });
  function nextOf(part) { // the one of the same list that follows, but for what is dragged itself
    var all = Array.from(document.querySelectorAll("#plan-left [data-item]"));
    var found = all.slice(all.indexOf(part) + 1).find(function (other) { return other.dataset.parent === part.dataset.parent && other !== dragged; });
    return found ? found.dataset.item : "";
  }
})();
